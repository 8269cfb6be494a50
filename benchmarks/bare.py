"""The least that can be served with Flask: what the site's rates are told beside."""

from flask import Flask

__all__ = ["app"]

app = Flask("bare")


@app.get("/")
def answer() -> str:
    """The least that can be answered."""
    return "answer\n"
