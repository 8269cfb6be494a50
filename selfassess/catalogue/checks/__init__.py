"""What no single file can show: ids that repeat, references that dangle, claims that cannot be counted."""
