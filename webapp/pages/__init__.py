"""What pages say, as plain data: no database, no addresses."""
