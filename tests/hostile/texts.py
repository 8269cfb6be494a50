"""Texts that nobody types by mistake, by what is odd about them."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["MEGABYTE", "ODDITIES", "SYNTAX", "TEXTS"]

_STORM = "".join(map(chr, range(0x300, 0x36F)))

ODDITIES: Mapping[str, str] = {
    "override": "invoice \u202efdp.exe and more",
    "override with an end": "a \u202eb\u202c c \u202dd\u202c e",
    "isolates without an end": "\u2066a \u2067b \u2068c",
    "ends without a start": "a \u202c\u2069 b \u200f\u061c c",
    "right to left": "מתנדבים 123 متطوعون (abc) ١٢٣",
    "combining storm": f"Z{_STORM}a{_STORM}lgo",
    "only combining": "\u0301\u0489\u20dd",
    "NUL": "before\x00after",
    "controls": "".join(map(chr, [*range(1, 9), *range(14, 32), *range(127, 160)])) + "seen",
    "terminal escape": "\x1b[2J\x1b]0;title\x07seen",
    "half of a pair": "left \ud83d right \udc00 end",
    "noncharacters": "a\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffffz",
    "private use": "a\ue000\uf8ff\U000f0000\U00100000z",
    "emoji": "👩‍👩‍👧‍👦 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f 👍🏽 1\ufe0f\u20e3 🇬🇧",
    "line separators": "one\u2028two\u2029three\x85four\x0bfive\x0csix\rseven\r\neight\nnine",
    "byte order mark": "\ufeffbegins \ufeff and goes on",
    "without width": "a\u200bb\u200cc\u200dd\u2060e\u00adf\u034fg\u180eh",
    "blanks of all kinds": "a\u00a0b\u1680c\u2003d\u202fe\u3000f\u2800g\u3164h",
    "tags and selectors": "a\U000e0001\U000e0041b\ufe00c\U000e0100d",
    "cases that grow": "ßŉǰΐﬃİſ ﷺ",
    "long word": "Llanfairpwllgwyngyll" * 200,
    "many lines": "x\n" * 1500,
    "format signs": "%s %n %x {0} {name} $HOME `id` \\x41 \\u0041 %00 ..%2f",
}
"""Unicode at its edges."""

SYNTAX: Mapping[str, str] = {
    "script": "<script>window.hostile=1</script>",
    "handler": '"><img src=x onerror="window.hostile=1" class="hostile">',
    "svg": '<svg class="hostile" onload="window.hostile=1"><image href="file:///etc/passwd"/></svg>',
    "style": "</style><style class='hostile'>* { background: url(https://tracker.example/x) }</style>",
    "closers": "</textarea></title></script></noscript></template>--></td></p><b class=hostile>",
    "attribute": "' onmouseover='window.hostile=1' style='x:expression(1)' hostile='",
    "comment": "<!-- hostile --><![CDATA[ <b class=hostile> ]]>",
    "frame": '<iframe srcdoc="<script>1</script>" class="hostile"></iframe><base href="//evil.example/">',
    "meta": '<meta http-equiv="refresh" content="0;url=//evil.example"><link rel="stylesheet" href="//evil.example">',
    "css": "} body { display: none } @import url(https://tracker.example/c.css); /* \\A */",
    "template": "{{ 7 * 7 * 191 }} {% for x in [] %} ${7*1337} #{7*1337} <%= 7*1337 %> {{ config }}",
    "entities": "&lt;b&gt; &amp;amp; &#x202e; &#0; &nbsp &copy",
    "formula": '=HYPERLINK("https://evil.example","x")\n+1\n@SUM(1)',
    "address": "javascript:window.hostile=1",
    "field codes": '{ DDEAUTO c:\\\\windows\\\\cmd.exe } { INCLUDEPICTURE "https://evil.example" }',
    "calendar": "a\nEND:VEVENT\nATTACH:https://evil.example\nBEGIN:VALARM\\n;VALUE=x:",
    "SQL": "'; DROP TABLE users; -- \" OR 1=1",
    "markdown": "[x](javascript:1) ![x](https://tracker.example/x) ` ``` # *",
}
"""What some language would run, if anybody let it; 9359 stands nowhere unless a template was."""

TEXTS: Mapping[str, str] = {**ODDITIES, **SYNTAX}

MEGABYTE = "volunteers " * 95_000
"""A text of a megabyte."""
