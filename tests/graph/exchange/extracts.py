"""Extracts made by hand: an ordinary one, and one whose every text is hostile."""

from __future__ import annotations

from graph.exchange.extract import (
    AssertionOut,
    ClaimOut,
    Extract,
    FileOut,
    IdentifierOut,
    LinkOut,
    TipOut,
)

MD5, OTHER_MD5 = "d" * 32, "e" * 32
SHA1, SHA256, PDQ = "1" * 40, "2" * 64, "3" * 64
AT_US = 1_760_000_000_123_456
VALUES = (
    ("Account", "chatterbox|4711"),
    ("Device", "imei:490154203237518"),
    ("Email", "someone@example.org"),
    ("FileHash", f"md5:{MD5}"),
    ("IpAddress", "198.18.4.5"),
    ("IpAddress", "2001:db8::7"),
    ("Phone", "+15515550194"),
    ("ScreenName", "chatterbox|somebody"),
    ("Url", "https://example.org/a?b=c"),
)
HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    " \t=1+1",
    "＝HYPERLINK()",
    "]]> & <!-- &amp;",
    "nul \x00 bell \x07 esc \x1b",
    "\u202egnp.exe \u2066x",
    "lone \ud800 half",
    "line\nline\r\n; , \" '",
    "{{7*7}} ${7*7} %s",
    "x" * 40_000,
)


def ordinary() -> Extract:
    """Give two tips that are linked, one of them with files."""
    return _extract(text="Example Service", names=("photo 1.jpg",), values=VALUES)


def hostile() -> Extract:
    """Give tips in which every text that a document can bring is hostile."""
    kinds = ("Account", "ScreenName", "Device", "Phone", "Email", "Url")
    values = tuple((kinds[n % len(kinds)], text) for n, text in enumerate(HOSTILE))
    return _extract(text=" ".join(HOSTILE[:-1]), names=HOSTILE, values=values)


def empty() -> Extract:
    """Give a tip that says nothing at all."""
    tip = _tip("ncmec:1", None)
    return Extract(
        as_of_us=AT_US,
        made_by="somebody",
        agency="",
        synthetic=False,
        weights="4",
        caveat="investigative lead, not identification",
        tips=(tip,),
        files=(),
        identifiers=(),
        assertions=(),
        links=(),
        left_out=(),
    )


def _extract(*, text: str, names: tuple[str, ...], values: tuple[tuple[str, str], ...]) -> Extract:
    tips = (_tip("ncmec:1", text), _tip("ncmec:2", text))
    return Extract(
        as_of_us=AT_US,
        made_by="analyst.harrow",
        agency="harrow",
        synthetic=True,
        weights="4",
        caveat="investigative lead, not identification",
        tips=tips,
        files=tuple(_file(number, name) for number, name in enumerate(names)),
        identifiers=tuple(IdentifierOut(kind=k, key=v, state="normal") for k, v in values),
        assertions=tuple(
            _said(tip.key, kind, value, text) for tip in tips for kind, value in values
        ),
        links=(
            LinkOut(
                tip="ncmec:1",
                other="ncmec:2",
                score=12_345,
                grade="strong",
                chance=text,
                judged=None,
                reasons=(text, "Both name one address."),
                against=("The birth dates differ.",),
            ),
        ),
        left_out=("3 links lead to tips that are not in it.",),
        claims=tuple(
            _claim(number, kind, value, text) for number, (kind, value) in enumerate(values)
        ),
    )


def _claim(number: int, kind: str, value: str, text: str) -> ClaimOut:
    return ClaimOut(
        ref=f"c{number}",
        agency="harrow",
        reference=text,
        kind=kind,
        identifier=value,
        role="suspect",
        handling="permitted",
        reliability="reliable",
        content=None,
        entered_us=AT_US,
    )


def _tip(key: str, text: str | None) -> TipOut:
    said = () if text is None else (text,)
    return TipOut(
        key=key,
        source="ncmec",
        number=key.partition(":")[2],
        provider=text,
        incident_types=said,
        incident_us=None if text is None else AT_US,
        received_us=None if text is None else AT_US,
        priority=text,
        status=text,
        urgency_reasons=said,
        annotations=said,
        withdrawn_us=None,
        documents=((SHA256, text),),
    )


def _file(number: int, name: str) -> FileOut:
    return FileOut(
        tip="ncmec:1",
        file_id=f"f{number}",
        name=name,
        viewed_by_esp="not stated",
        relevance="Reported",
        classification="A1",
        annotations=("viral",),
        hashes=(("md5", MD5), ("md5", OTHER_MD5), ("sha1", SHA1), ("pdq", PDQ)),
    )


def _said(tip: str, kind: str, value: str, text: str) -> AssertionOut:
    return AssertionOut(
        tip=tip,
        kind=kind,
        identifier=value,
        role="reported",
        event=text,
        at_us=AT_US,
        zone_stated=True,
        port=50_443,
        verified="yes",
        mined=False,
        file_id=None,
        path=text,
        ended_us=None,
    )
