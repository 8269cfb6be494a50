"""The action plan in the formats of office programs, and back from them.

Each module needs one library of the extra ``office`` and loads it when something is written.
"""
