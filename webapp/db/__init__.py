"""The database: how it is reached, what a transaction is, and the tables."""
