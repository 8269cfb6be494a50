"""The query layer: everything that is asked of the database, and the only package that knows its tables.

Functions are verbs: ``get_`` raises `NotFoundError`, ``find_`` may give None, ``list_`` gives a tuple. What they give
are frozen records. Functions about an organisation's data take a `Scope` first.
"""
