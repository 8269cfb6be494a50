"""``python -m selfassess``: the command line."""

import sys

from selfassess.cli import main

if __name__ == "__main__":
    sys.exit(main())
