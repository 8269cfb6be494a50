"""What a report says, as plain data: every word chosen, every number rounded, nothing laid out.

The templates of the PDF and of the web page only place it.
"""
