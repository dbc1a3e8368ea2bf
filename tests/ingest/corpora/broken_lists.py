"""A hundred broken hash lists: each one defect, what is taken all the same, and what is told."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.ingest.corpora.lists import ICSE_HEAD, US, A, B, C, P, Q, S, T, icse, medium, vics

WRONG, NO_HASH, COLUMN = "hexadecimal digits", "no hash in its columns", "--column"
JSON, CONTEXT, NO_TEXT, TWICE = "no valid JSON", "names no context", "no text", "stated twice"
NO_CATEGORY, GONE, QUOTES, POOR = "no category", "withdrawn", "quotes", "below 50"
UNKNOWN, GUESS = "not taken off a list", "type is not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """One defect."""

    name: str
    data: bytes
    reason: str
    """Words of the one reason that is told."""
    keys: tuple[str, ...] | None = None
    """What is taken; None when the whole list is refused."""
    columns: tuple[str, ...] = ()
    categories: tuple[str, ...] = ("1",)


def _md5(*hashes: str) -> tuple[str, ...]:
    return tuple(f"md5:{one}" for one in hashes)


def _lines(head: str, *rows: str) -> bytes:
    return "\n".join([head, *rows, ""]).encode()


_BAD_MD5 = {
    "one digit short": A[:-1],
    "one digit long": f"{A}0",
    "a letter O for a zero": A.replace("0", "O", 1),
    "a SHA-1": S,
    "a SHA-256": P,
    "a hash cut by dots": f"{A[:20]}...",
    "words": "not available",
    "a number of a spreadsheet": "1.23457E+31",
    "an error of a spreadsheet": "#REF!",
    "a file's name": "picture.jpg",
    "two hashes in a cell": f"{A} {B}",
    "a link": f"https://lists.example/{A}",
    "half a base64": "q6sBI0VniavN7wEjRWeJ",
    "a question mark": "?",
}
"""What stands for an MD5 and is none."""
_NO_TEXT: dict[str, object] = {
    "a number": 12345678901234567890123456789012,
    "a fraction": 1.5,
    "true": True,
    "a list": [A],
    "an object": {"value": A},
}


def _cells() -> list[Broken]:
    """Give each form with each wrong value, beside a good entry."""
    found = []
    for name, bad in _BAD_MD5.items():
        good = _md5(B)
        found += [
            Broken(
                name=f"ncmec: {name}",
                data=_lines("md5,id", f'"{bad}",1', f"{B},2"),
                reason=WRONG,
                keys=good,
            ),
            Broken(name=f"icse: {name}", data=icse(f'"{bad}";', f"{B};"), reason=WRONG, keys=good),
            Broken(
                name=f"vics: {name}", data=vics(medium(bad), medium(B)), reason=WRONG, keys=good
            ),
        ]
    found += [
        Broken(
            name=f"vics: {name} for a hash",
            data=vics(medium(bad), medium(B)),
            reason=NO_TEXT,
            keys=_md5(B),
        )
        for name, bad in _NO_TEXT.items()
    ]
    return found


_WHOLE = vics(medium(), medium(B))
_AT = _WHOLE.index(b'{"MediaID": 1', 60)
_TWICE_MD5 = (
    f'{{"@odata.context": "{US}", "value": [{{"Category": 1, "MD5": "{A}", "MD5": "{B}"}}]}}'
)
_ENTRIES = f'{{"Category": 1, "Category": 2, "MD5": "{A}"}}, {{"Category": 1, "MD5": "{B}"}}'
_TORN = f'{{"@odata.context": "{US}", "value": [{_ENTRIES}]}}'
_OTHER = US.replace("/US/", "/Default/")
_REFUSED: dict[str, tuple[bytes, str]] = {
    "ends within a hash": (_WHOLE[:-12], JSON),
    "ends behind an entry": (_WHOLE[: _AT - 2], JSON),
    "ends before its last brace": (_WHOLE[:-1], JSON),
    "two documents": (_WHOLE + _WHOLE, JSON),
    "a comma too many": (_WHOLE.replace(b"}]", b"},]"), JSON),
    "single quotes": (_WHOLE.replace(b'"', b"'"), JSON),
    "a remark": (b"{/* list */" + _WHOLE[1:], JSON),
    "noise in a name": (_WHOLE.replace(b"MD5", b"MD\xff"), JSON),
    "UTF-16 that ends within a character": (_WHOLE.decode().encode("utf-16")[:-1], JSON),
    "no context": (json.dumps({"value": [medium()]}).encode(), CONTEXT),
    "context is a number": (vics(medium(), context=2), CONTEXT),
    "context is an object": (vics(medium(), context={"name": US}), CONTEXT),
    "context without metadata": (vics(medium(), context="http://vics.example/US"), CONTEXT),
    "empty context": (vics(medium(), context=""), CONTEXT),
    "a bare list": (json.dumps([medium()]).encode(), CONTEXT),
    "another service's JSON": (b'{"data": [{"hash": "x"}]}', CONTEXT),
    "two contexts": (vics(medium(), **{"odata.metadata": _OTHER}), "two contexts"),
    "a case of another context": (
        vics({"CaseID": "c", "@odata.context": _OTHER, "Media": [medium()]}),
        "two contexts",
    ),
    "another category": (vics(medium(A, 2)), NO_CATEGORY),
    "no categories": (vics({"MD5": A}), NO_CATEGORY),
    "categories in words": (vics(medium(A, "CSAM")), NO_CATEGORY),
    "a category of none, and one": (vics(medium(A, 1.5)), NO_CATEGORY),
    "no media": (vics(), NO_CATEGORY),
    "media are an object": (vics().replace(b"[]", b'{"a": {"MD5": "x"}}'), NO_CATEGORY),
    "media elsewhere": (vics(media=[medium()]), NO_CATEGORY),
}


def _vics() -> list[Broken]:
    found = [Broken(name=f"vics: {n}", data=d, reason=why) for n, (d, why) in _REFUSED.items()]
    return [
        *found,
        Broken(name="vics: nobody chose", data=_WHOLE, reason="Say with --category", categories=()),
        Broken(
            name="vics: an entry without hashes",
            data=vics({"Category": 1}, {"MD5": A}, medium(B)),
            reason="no MD5, SHA-1",
            keys=_md5(B),
        ),
        Broken(
            name="vics: null for a hash",
            data=vics(medium(None), medium(B)),
            reason="no MD5, SHA-1",
            keys=_md5(B),
        ),
        Broken(
            name="vics: two MD5 of one entry",
            data=_TWICE_MD5.encode(),
            reason=TWICE,
            keys=_md5(A, B),
        ),
        Broken(
            name="vics: two categories of one entry",
            data=_TORN.encode(),
            reason=TWICE,
            keys=_md5(B),
        ),
        Broken(
            name="vics: SHA-1 too short beside an MD5",
            data=vics(medium(SHA1=S[1:])),
            reason=WRONG,
            keys=_md5(A),
        ),
        Broken(
            name="vics: hashes under other names",
            data=vics({"Category": 1, "md5": A}, medium(B)),
            reason="no MD5, SHA-1",
            keys=_md5(B),
        ),
    ]


def _icse() -> list[Broken]:
    rows = icse(f"{A};{S}", f"{B};{T}")
    refused = {
        "no header": rows.split(b"\r\n", 1)[1],
        "another delimiter": rows.replace(b";", b"|"),
        "two columns of MD5": icse(f"{A};{B}", head=ICSE_HEAD.replace("SHA1", "MD5")),
        "columns of another language": icse(
            f"{A};{S}", head=ICSE_HEAD.replace("MD5", "Empreinte").replace("SHA1", "Autre")
        ),
        "a title before the header": b"Baseline of 2026-01-02\r\n" + rows,
    }
    whole = (f"md5:{A}", f"sha1:{S}")
    return [
        *(Broken(name=f"icse: {n}", data=d, reason=COLUMN) for n, d in refused.items()),
        Broken(
            name="icse: a row cut short",
            data=icse(f"{A};{S}") + B[:10].encode(),
            reason=WRONG,
            keys=whole,
        ),
        Broken(
            name="icse: a row without hashes",
            data=icse(f"{A};{S}", ";"),
            reason=NO_HASH,
            keys=whole,
        ),
        Broken(
            name="icse: an open quote", data=icse(f"{A};{S}", f'"{B};'), reason=QUOTES, keys=whole
        ),
        Broken(
            name="icse: hashes one column further",
            data=icse(f"{A};{S}", f"x;{B}"),
            reason=WRONG,
            keys=whole,
        ),
        Broken(
            name="icse: the header again",
            data=rows + rows,
            reason=WRONG,
            keys=(f"md5:{A}", f"sha1:{S}", f"md5:{B}", f"sha1:{T}") * 2,
        ),
    ]


_STATED: dict[str, tuple[tuple[str, ...], str]] = {
    "a column twice": (("md5=1", "MD5=2"), "stated twice"),
    "one column for two kinds": (("md5=1", "sha1=1"), "state one of them"),
    "a column that is not there": (("md5=nowhere",), COLUMN),
    "a name that two columns have": (("md5=note",), COLUMN),
    "a kind nobody knows": (("crc=1",), "KIND"),
}


def _plain() -> list[Broken]:
    good = _md5(A)
    refused = {
        "empty": b"",
        "blank lines": b"\n\n \n",
        "remarks alone": b"# a list\n# of nothing\n",
        "a page of the web": b"<html><body>Log in</body></html>",
        "a picture's beginning": b"\x00\x01\x02\x03" * 20,
        "two columns of hashes of any kind": _lines("hash,value", f"{A},{B}"),
        "a type and no hash": _lines("type,note", "md5,x"),
        "columns nobody knows": _lines("id,checksum", f"1,{A}"),
    }
    one: dict[str, tuple[bytes, str]] = {
        "64 digits of no kind": (_lines("hash", A, P), GUESS),
        "a kind that is not taken": (_lines("hash,type", f"{A},md5", f"{P * 2},sha512"), UNKNOWN),
        "a kind nobody knows": (_lines("hash,type", f"{A},md5", f"{A},crc9"), UNKNOWN),
        "kind and length differ": (_lines("hash,type", f"{A},md5", f"{A},sha1"), WRONG),
        "PDQ of quality 49": (_lines("type,value,quality", f"MD5,{A},", f"PDQ,{P},49"), POOR),
        "PDQ of quality 0": (_lines("md5,pdq,quality", f"{A},{Q},0"), POOR),
        "PDQ of no quality": (_lines("md5,pdq,quality", f"{A},{Q},high"), "no number"),
        "an entry withdrawn": (_lines("md5,status", f"{A},active", f"{B},withdrawn"), GONE),
        "an entry withdrawn on a day": (_lines("md5,withdrawn", f"{A},", f"{B},2026-01-02"), GONE),
        "the same withdrawn and not": (_lines("md5,removed", f"{A},no", f"{A},yes"), GONE),
        "withdrawn that was never in": (_lines("md5,action", f"{A},add", f"{C},delete"), GONE),
        "a hash in a remark": (_lines("md5", A, f"# {B}"), "remark"),
        "a first hash that is malformed": (_lines(f"{A},md5", f"{B[1:]},md5"), WRONG),
        "bytes that are no text": (f"md5\n{A}\n{B[:-1]}".encode() + b"\xff\n", WRONG),
        "NUL in a hash": (_lines("md5", A, f"\x00{B[1:]}"), WRONG),
        "an open quote": (_lines("md5,note", f'{A},"x"', f'{B},"open'), QUOTES),
        "a line without end": (f"md5\n{A}\n{'0' * 70_000}\n".encode(), "max_line"),
        "fewer cells than columns": (_lines("note,md5", f"x,{A}", "y"), NO_HASH),
        "a hash with a note behind it": (_lines("md5", A, f"{B} (new)"), WRONG),
    }
    found = [Broken(name=f"plain: {n}", data=d, reason=COLUMN) for n, d in refused.items()]
    for name, (data, why) in one.items():
        columns = ("md5=1",) if name.startswith("a first hash") else ()
        found.append(
            Broken(name=f"plain: {name}", data=data, reason=why, keys=good, columns=columns)
        )
    data = _lines("md5,note,note", f"{A},x,y")
    return found + [
        Broken(name=f"stated: {name}", data=data, reason=why, columns=columns)
        for name, (columns, why) in _STATED.items()
    ]


BROKEN = [*_cells(), *_vics(), *_icse(), *_plain()]
