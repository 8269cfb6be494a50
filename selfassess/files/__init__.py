"""Reading what people wrote and writing what they take away, one module for each format."""
