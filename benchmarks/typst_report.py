"""Our reports as Typst would be given them: the same texts, headings, tables and links, at the same size of type.

What is written here is a translation of our HTML, so that nothing can be forgotten; it is not what is measured. As a
program it is what a cold start is compared with:  typst_report.py SOURCE FILE FONTS
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

__all__ = ["compile_typst", "translate"]

_WIDTH = re.compile(r"width:([\d.]+)pt")
_FRAME = """#set document(title: {title})
#set page(paper: "a4", flipped: {flipped}, margin: (x: 17mm, top: 15mm, bottom: 17mm), footer: context text(8pt,
  "Page " + str(counter(page).get().first()) + " of " + str(counter(page).final().first()) + " · " + {title}))
#set text(font: "Source Sans Pro", size: 9.5pt, lang: "en", region: "GB")
#set par(leading: 0.45em, spacing: 0.65em)
#set table(stroke: (bottom: 0.5pt + luma(200)), inset: (x: 2pt, y: 2pt))
#show table: set text(9pt)
#show heading.where(level: 1): set text(32pt)
#show heading.where(level: 2): set text(17pt)
"""


def translate(html: str) -> str:
    """A page of ours in Typst's language."""
    from lxml.html import document_fromstring  # which what is measured does without

    page = document_fromstring(html)
    title = json.dumps(page.findtext("head/title"), ensure_ascii=False)
    flipped = json.dumps("plan" in page.body.get("class", ""))
    return _FRAME.format(title=title, flipped=flipped) + "".join(_blocks(page.body))


def compile_typst(source: str, fonts: str) -> bytes:
    """A page in Typst's language as PDF/UA-1."""
    typst = import_module("typst")  # script/bench installs it; nothing else needs it
    return bytes(typst.compile(source.encode(), font_paths=[fonts], ignore_system_fonts=True, pdf_standards=["ua-1"]))


def _blocks(parent: Any) -> Iterator[str]:
    for item in parent:
        tag, kind = item.tag, item.get("class", "")
        if tag in ("section", "div") and "bar" not in kind:
            new_page = "#pagebreak(weak: true)\n" if "page" in kind else ""
            padded = 26 if "themes" in kind else 0
            yield f"{new_page}#pad(left: {padded}mm)[\n{''.join(_blocks(item))}]\n"
        elif tag == "div":
            yield _bar(item)
        elif tag[0] == "h":
            yield f"#heading(level: {tag[1]})[{_text(item)}]{_label(item)}\n"
        elif tag == "table":
            yield _table(item)
        elif tag == "ul":
            yield f"#list({', '.join(f'[{_text(entry)}]' for entry in item)})\n"
        else:
            yield f"#par[{_text(item)}]\n"


def _bar(item: Any) -> str:
    width = _WIDTH.findall(item.get("style"))[0]
    return f"#pdf.artifact(rect(width: {width}pt, height: 9pt, fill: luma(200)))\n"


def _label(item: Any) -> str:
    return f" <{item.get('id')}>" if item.get("id") else ""


def _table(item: Any) -> str:
    widths = [width for column in item.iter("col") for width in _widths(column)]
    columns = ", ".join(widths or ["1fr"] * len(item.find(".//tr")))
    heads = ", ".join(map(_cell, item.findall("thead/tr/th")))
    cells = [_cell(cell) for row in item.iter("tr") if row.getparent().tag != "thead" for cell in row]
    body = ", ".join(([f"table.header({heads})"] if heads else []) + cells)
    return f"#table(columns: ({columns},), {body})\n"


def _widths(column: Any) -> list[str]:
    named = column.get("class", "")
    return [f"{named[1:]}mm" if named else "1fr"] * int(column.get("span", "1"))


def _cell(item: Any) -> str:
    within = [child for child in item if child.tag in ("p", "div", "ul")]
    return f"[{''.join(_blocks(item))}]" if within else f"[{_text(item)}]"


def _text(item: Any) -> str:
    keeps = any(name in item.get("class", "") for name in ("typed", "lines"))
    texts = [item.text, *(child.tail for child in item)]
    shown = [_string(text or "" if keeps else re.sub(r"\s+", " ", text or "")) for text in texts]
    return shown[0] + "".join(_inline(child) + after for child, after in zip(item, shown[1:], strict=True))


def _inline(item: Any) -> str:
    inner = _text(item)
    if item.tag == "b":
        return f"#strong[{inner}]"
    if item.tag != "a":
        return inner
    address = item.get("href")
    if not address.startswith("#"):
        return f"#link({json.dumps(address, ensure_ascii=False)})[{inner}]"
    at = f'label("{address[1:]}")'
    return f"#link({at})[{inner}] #context counter(page).at({at}).first()"


def _string(text: str) -> str:
    lines = text.split("\n")
    return "#linebreak()".join(f"#{json.dumps(line, ensure_ascii=False)}" if line else "" for line in lines)


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(compile_typst(Path(sys.argv[1]).read_text("utf-8"), sys.argv[3]))
