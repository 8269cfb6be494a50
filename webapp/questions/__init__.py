"""Practices as forms, in two pure steps: a practice becomes a plain field, and a field becomes HTML or reads a post."""
