"""Standards: where they are, reading them strictly, and everything that can be wrong with one."""

from selfassess.catalogue.loading import check_standard, load_standard
from selfassess.catalogue.locating import StandardName, find_standards

__all__ = ["StandardName", "check_standard", "find_standards", "load_standard"]
