"""Malformed and malicious documents, each with a label. Made when a test runs, always the same.

`hostile_documents` gives more than 300 documents of a moderate size, `huge_documents` those that
weigh megabytes. What they have in common: whatever reads them gives records or a sentence.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.ingest.media_samples import ENCODINGS, sample

_DATA = Path(__file__).parents[1] / "data"
_XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """One document."""

    label: str
    name: str
    """The file name that comes with it."""
    data: bytes = field(repr=False)
    forbidden: tuple[bytes, ...] = field(default=(), repr=False)
    """Pieces of media that must not be left in the document after screening."""


STRINGS: dict[str, str] = {
    "path": "../../../../etc/passwd",
    "Windows path": "..\\..\\windows\\system32\\config\\sam",
    "absolute path": "/etc/shadow\x7f",
    "formula": "=cmd|' /C calc'!A0",
    "formula with plus": "+1+1+cmd|' /C calc'!A0",
    "formula with at": "@SUM(1+9)*cmd|' /C calc'!A0",
    "formula after tab": '\t=HYPERLINK("https://www.example.com")',
    "Cypher": "x'}) MATCH (n) DETACH DELETE n //",
    "Cypher backtick": "a`:Tip {key: 'x'}) SET n.b=1 //",
    "Cypher parameter": "$key",
    "HTML": "<script>alert(1)</script>",
    "HTML image": "<img src=x onerror=alert(1)>",
    "template": "{{7*7}}${7*7}<%= 7*7 %>",
    "SQL": "'; DROP TABLE tips; --",
    "shell": "$(touch /tmp/x)`id`",
    "terminal": "\x1b[2J\x1b]0;x\x07",
    "right to left": "moc.elpmaxe\u202e@resu",
    "zero width": "ad\u200bmin\ufeff",
    "combining": "Z" + "\u0301" * 300,
    "look-alike": "аdmin@exаmple.com",
    "astral": "\U0001f600" * 50,
    "not a character": "\uffff\ufffe",
    "line separators": "a\u2028b\u2029c\x85d",
    "NUL": "a\x00b",
    "lone surrogate": "a\ud800b",
    "swapped surrogates": "\udc00\ud800",
    "control characters": "".join(chr(code) for code in range(1, 32)),
    "long word": "x" * 30_000,
    "many addresses": " ".join(f"u{n}@example.com" for n in range(3000)),
    "many colons": ":" * 20_000,
    "number like": "1e999",
    "blank": " \t\r\n ",
    "quotes": "\"'`´“”",
    "backslashes": "\\" * 99,
    "percent": "%s%n%x%00%ff",
    "IPv6 zone": "fe80::1%eth0",
    "IP with port": "198.18.0.1:99999",
    "mail without domain": "someone@",
    "URL with password": "https://user:pass@www.example.com:99999/%zz",
    "script URL": "javascript:alert(1)",
    "date": "0000-00-00T24:60:61Z",
}
"""What may stand in any field."""

_VALUES: dict[str, object] = {
    "null": None,
    "true": True,
    "zero": 0,
    "negative": -1,
    "huge": 10**40,
    "fraction": 1.5e300,
    "empty text": "",
    "empty list": [],
    "empty object": {},
    "list of lists": [[[1]]],
    "list of nulls": [None, None],
    "object of objects": {"a": {"b": {"c": 1}}},
    "object with value": {"value": {"value": 1}},
    "mixed list": [1, "two", None, {"three": 3}, [4]],
}


def _base_json() -> dict[str, object]:
    loaded: dict[str, object] = json.loads((_DATA / "ids/full.json").read_bytes())
    return loaded


def _base_xml() -> str:
    return (_DATA / "ncmec/report_full.xml").read_text("utf-8")


def _paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _paths(item, (*path, key))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _paths(item, (*path, place))


def _replaced(value: object, path: tuple[str | int, ...], new: object) -> object:
    if not path:
        return new
    if isinstance(value, dict):
        return {
            key: _replaced(item, path[1:], new) if key == path[0] else item
            for key, item in value.items()
        }
    assert isinstance(value, list)
    return [
        _replaced(item, path[1:], new) if place == path[0] else item
        for place, item in enumerate(value)
    ]


def _with_every_text(value: object, new: str) -> object:
    if isinstance(value, dict):
        return {key: _with_every_text(item, new) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_every_text(item, new) for item in value]
    return new if isinstance(value, str) else value


def _xml_escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _truncated() -> Iterator[Hostile]:
    sources = ("ids/full.json", "ncmec/report_full.xml", "ncmec/file_full.xml", "csv/claims.csv")
    for source in sources:
        data = (_DATA / source).read_bytes()
        for step in range(40):
            cut = len(data) * step // 40
            yield Hostile(label=f"{source} cut at {cut}", name=source, data=data[:cut])
        for step in range(1, 10):
            yield Hostile(
                label=f"{source} without its first {step} tenths",
                name=source,
                data=data[len(data) * step // 10 :],
            )


def _mutated() -> Iterator[Hostile]:
    dice = random.Random(20261122)
    for source in ("ids/full.json", "ncmec/report_full.xml", "ncmec/file_full.xml"):
        data = (_DATA / source).read_bytes()
        for number in range(30):
            changed = bytearray(data)
            for _ in range(dice.randint(1, 8)):
                place = dice.randrange(len(changed))
                changed[place] = dice.randrange(256)
            yield Hostile(label=f"{source} changed {number}", name=source, data=bytes(changed))


def _fields() -> Iterator[Hostile]:
    base = _base_json()
    paths = list(_paths(base))
    kinds = list(_VALUES.items())
    for number, path in enumerate(paths):
        for offset in range(2):
            label, value = kinds[(number * 2 + offset) % len(kinds)]
            document = _replaced(base, path, value)
            where = "/".join(str(part) for part in path)
            yield Hostile(
                label=f"JSON {where} is {label}", name="f.json", data=json.dumps(document).encode()
            )


def _strings() -> Iterator[Hostile]:
    base, report = _base_json(), _base_xml()
    for label, text in STRINGS.items():
        document = json.dumps(_with_every_text(base, text))
        yield Hostile(label=f"{label} in every JSON field", name=text[:200], data=document.encode())
        keyed = json.dumps({"reportId": "1", "reportedInformation": {text: {text: [text]}}})
        yield Hostile(label=f"{label} as a JSON key", name="k.json", data=keyed.encode())
        escaped = _xml_escaped(text).encode("utf-8", "replace").decode()
        filled = report.replace("u-1001", escaped).replace("sam_s<", f"{escaped}<")
        filled = filled.replace("Two pages", escaped).replace('type="Mobile"', 'type="&quot;"')
        yield Hostile(label=f"{label} in XML fields", name="x.xml", data=filled.encode())


def _bombs() -> Iterator[Hostile]:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    xml: dict[str, str] = {
        "billion laughs": f'<!DOCTYPE report [<!ENTITY l0 "lol">{lol}]><report>&l8;</report>',
        "quadratic blow-up": f'<!DOCTYPE report [<!ENTITY a "{"x" * 4000}">]>'
        f"<report>{'&a;' * 2000}</report>",
        "file entity": '<!DOCTYPE report [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<report>&x;</report>",
        "web entity": '<!DOCTYPE report [<!ENTITY x SYSTEM "http://198.18.0.1/x">]>'
        "<report>&x;</report>",
        "parameter entity": '<!DOCTYPE report [<!ENTITY % x SYSTEM "http://198.18.0.1/x"> %x;]>'
        "<report/>",
        "external DTD": '<!DOCTYPE report SYSTEM "http://198.18.0.1/x.dtd"><report><a/></report>',
        "public DTD": '<!DOCTYPE report PUBLIC "-//X//X" "x.dtd"><report><a/></report>',
        "empty DTD": "<!DOCTYPE report><report><a/></report>",
        "attribute defaults": '<!DOCTYPE report [<!ATTLIST report a CDATA "b">]><report><a/></report>',
        "notation": '<!DOCTYPE report [<!NOTATION n SYSTEM "x">]><report><a/></report>',
        "undefined entity": "<report><additionalInfo>&nobody;</additionalInfo></report>",
        "XInclude": '<report xmlns:xi="http://www.w3.org/2001/XInclude">'
        '<xi:include href="file:///etc/passwd" parse="text"/></report>',
        "style sheet": '<?xml-stylesheet href="http://198.18.0.1/x.xsl"?><report><a/></report>',
        "schema location": '<report xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:noNamespaceSchemaLocation="http://198.18.0.1/x.xsd"><a/></report>',
        "numbered NUL": "<report><additionalInfo>&#0;</additionalInfo></report>",
        "numbered surrogate": "<report><additionalInfo>&#xD800;</additionalInfo></report>",
        "numbered beyond Unicode": "<report><additionalInfo>&#x110000;</additionalInfo></report>",
        "comment with dashes": "<report><!-- a -- b --></report>",
        "unclosed CDATA": "<report><![CDATA[ x </report>",
        "unclosed comment": "<report><!-- x </report>",
        "two roots": "<report><a/></report><report><a/></report>",
        "text after the root": "<report><a/></report> and more",
        "wrong order": "<report><a><b></a></b></report>",
        "same attribute twice": '<report a="1" a="2"><b/></report>',
        "undeclared prefix": "<x:report><a/></x:report>",
        "declaration late": "<report><a/></report><?xml version='1.0'?>",
        "version 9": "<?xml version='9.9'?><report><a/></report>",
        "only a declaration": "<?xml version='1.0'?>",
        "only a comment": "<!-- nothing -->",
        "empty report": "<report/>",
        "text in the report": "<report>words</report>",
        "capital root": "<Report><a/></Report>",
        "HTML page": "<!doctype html><html><body>Not found</body></html>",
        "SOAP": '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body/></s:Envelope>',
        "drawing": '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "every element twice": _base_xml().replace("<reporter>", "<reporter/><reporter>"),
        "children in wrong places": "<report><victim><personOrUserReported><espIdentifier>x"
        "</espIdentifier></personOrUserReported></victim></report>",
        "reports in a report": "<report>" * 20 + "</report>" * 20,
    }
    for label, text in xml.items():
        yield Hostile(label=label, name="b.xml", data=text.encode())


def _encodings() -> Iterator[Hostile]:
    report, tip = _base_xml(), json.dumps(_base_json(), ensure_ascii=False)
    body = report.removeprefix(_XML_HEAD)
    for codec in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "shift_jis"):
        yield Hostile(label=f"XML in {codec}", name="e.xml", data=report.encode(codec))
        yield Hostile(label=f"JSON in {codec}", name="e.json", data=tip.encode(codec))
        half = tip.encode(codec)[:-1]
        yield Hostile(label=f"JSON in {codec} without its last byte", name="e.json", data=half)
    for declared in (
        "UTF-16",
        "UTF-7",
        "shift_jis",
        "cp1252",
        "cp037",
        "rot13",
        "x-none",
        "",
        "a b",
    ):
        text = f'<?xml version="1.0" encoding="{declared}"?>{body}'
        yield Hostile(label=f"XML declared {declared}", name="d.xml", data=text.encode())
    accented = _XML_HEAD + "<report><additionalInfo>é</additionalInfo></report>"
    plain: dict[str, bytes] = {
        "Latin-1 declared UTF-8": accented.encode("latin-1"),
        "JSON in Latin-1": '{"reportId": "1", "reportedInformation": {"é": 1}}'.encode("latin-1"),
        "two marks": b"\xef\xbb\xbf\xef\xbb\xbf" + tip.encode(),
        "mark of another encoding": b"\xff\xfe" + tip.encode(),
        "overlong UTF-8": b'{"reportId": "\xc0\xaf", "reportedInformation": {"a": "\xe0\x80\xaf"}}',
        "surrogates in UTF-8": b'{"reportId": "1", "reportedInformation": {"a": "\xed\xa0\x80"}}',
        "cut character": '{"reportId": "1", "reportedInformation": {"a": "é'.encode()[:-1],
        "NUL between": tip.encode().replace(b",", b",\x00", 3),
        "NUL at the end": tip.encode() + b"\x00\x00",
        "NULs only": b"\x00" * 500,
        "mark only": b"\xef\xbb\xbf",
        "wide mark only": b"\xff\xfe",
        "blanks only": b" \r\n\t " * 50,
        "nothing": b"",
        "noise": random.Random(5).randbytes(3000),
        "noise in letters": bytes(random.Random(6).choices(range(32, 127), k=3000)),
    }
    for label, data in plain.items():
        yield Hostile(label=label, name="p.bin", data=data)


def _json_oddities() -> Iterator[Hostile]:
    information = '"reportedInformation": {"incidentSummary": {"incidentType": "x"}}'
    texts: dict[str, str] = {
        "NaN": '{"reportId": NaN, ' + information + "}",
        "infinity": '{"reportId": -Infinity, ' + information + "}",
        "endless number": '{"reportId": ' + "9" * 6000 + ", " + information + "}",
        "endless exponent": '{"reportId": 1e' + "9" * 400 + ", " + information + "}",
        "leading zeros": '{"reportId": 007, ' + information + "}",
        "hexadecimal": '{"reportId": 0x1F, ' + information + "}",
        "single quotes": "{'reportId': '1'}",
        "comment": '{"reportId": "1", /* no */ ' + information + "}",
        "trailing comma": '{"reportId": "1", ' + information + ",}",
        "two numbers": '{"reportId": "1", "reportId": "2", ' + information + "}",
        "two informations": '{"reportId": "1", ' + information + ", " + information[:-2] + "y}}}",
        "raw line break": '{"reportId": "1", "reportedInformation": {"a": "b\nc\td"}}',
        "bad escape": '{"reportId": "1", "reportedInformation": {"a": "\\x"}}',
        "short escape": '{"reportId": "1", "reportedInformation": {"a": "\\u12"}}',
        "lone surrogates": '{"reportId": "\\ud800", "reportedInformation": {"\\udfff": "\\udc00"}}',
        "escaped NUL": '{"reportId": "\\u0000", "reportedInformation": {"a\\u0000": "\\u0000"}}',
        "number in a list": "[1, 2, 3]",
        "text": '"reportId"',
        "number": "12345",
        "null": "null",
        "empty object": "{}",
        "empty list": "[]",
        "lists in lists": "[[[[]]]]",
        "number only": '{"reportId": "1"}',
        "information only": "{" + information + "}",
        "empty information": '{"reportId": "1", "reportedInformation": {}}',
        "information as a list": '{"reportId": "1", "reportedInformation": [1]}',
        "information as a text": '{"reportId": "1", "reportedInformation": "x"}',
        "number as an object": '{"reportId": {"a": 1}, ' + information + "}",
        "number as a path": '{"reportId": "../../x", ' + information + "}",
        "marker as a text": '{"crosstipSynthetic": "yes", "reportId": "1", ' + information + "}",
        "closing only": "}]}]",
        "opening only": "{[{[",
        "colon only": '{"reportId"::1}',
        "values without keys": '{"reportId", "x"}',
        "a list that never ends": '[{"reportId": "1", ' + information + "},",
        "lines, some broken": "\n".join(
            [
                '{"reportId": "1", ' + information + "}",
                "{",
                '{"reportId":',
                "",
                "nothing",
                "[]",
                "}",
            ]
        ),
        "list, some broken": "["
        + ",".join(['{"reportId": "1", ' + information + "}", "{", "7", "}"]),
        "prototype": '{"__proto__": {"x": 1}, "constructor": 1, "reportId": "1", '
        + information
        + "}",
        "class": '{"py/object": "os.system", "reportId": "1", ' + information + "}",
        "depth 63": '{"reportId": "1", "reportedInformation": {"a": ' + "[" * 61 + "]" * 61 + "}}",
        "depth 65": '{"reportId": "1", "reportedInformation": {"a": ' + "[" * 63 + "]" * 63 + "}}",
        "depth 900": '{"reportId": "1", "reportedInformation": {"a": '
        + "[" * 900
        + "]" * 900
        + "}}",
    }
    for label, text in texts.items():
        yield Hostile(label=f"JSON {label}", name="j.json", data=text.encode())


def _tables() -> Iterator[Hostile]:
    header = "agency,investigation,kind,value,role\n"
    texts: dict[str, str] = {
        "header only": header,
        "header twice": header * 2,
        "columns twice": "agency,agency,name,kind,kind\nA,B,C,federal,federal\n",
        "open quote": header + '"A,1,email,x@example.com,suspect\n' * 5,
        "quotes inside": header + 'A,1,email,x"y"@example.com,suspect\n',
        "too many fields": header + "A," * 3000 + "\n",
        "NUL": header + "A,1,email,x\x00@example.com,suspect\n",
        "formulas": header + "=1+1,+1,email,@SUM(1),suspect\n",
        "only separators": header + ",,,,\n" * 20,
        "long field": header + "A,1,email," + "x" * 200_000 + ",suspect\n",
        "bare returns": header.replace("\n", "\r") + "A,1,email,x@example.com,suspect\r",
        "tabs": header.replace(",", "\t") + "A\t1\temail\tx@example.com\tsuspect\n",
        "other table": "id,name\n1,x\n",
        "no line end": header + "A,1,email,x@example.com,suspect",
        "unicode separators": header + "A\u2028,1\x0b,email\x1c,x@example.com,suspect\n",
    }
    for label, text in texts.items():
        yield Hostile(label=f"CSV {label}", name="t.csv", data=text.encode())


def _pieces(media: bytes) -> tuple[bytes, ...]:
    """Give the middle of media in the forms in which it could be left over."""
    middle = media[300:420]
    texts = [
        encode(media)[500:560].encode()
        for label, encode in ENCODINGS.items()
        if "list" not in label
    ]
    return (middle, *texts)


def _media() -> Iterator[Hostile]:
    base, report = _base_json(), _base_xml()
    types = ("image/jpeg", "image/png", "video/mp4", "image/webp", "image/gif", "application/zip")
    labels = sorted(ENCODINGS)
    paths = [path for path in _paths(base) if len(path) > 1]
    for number, path in enumerate(paths):
        kind, label = types[number % len(types)], labels[number % len(labels)]
        media = sample(kind, size=900, seed=number)
        document = json.dumps(_replaced(base, path, ENCODINGS[label](media)))
        where = "/".join(str(part) for part in path)
        yield Hostile(
            label=f"{kind} as {label} in JSON {where}",
            name="m.json",
            data=document.encode(),
            forbidden=_pieces(media),
        )
    spots = ("u-1001", "sam_s<", "Two pages", "Sammy S", "kik: sam.kik", "490154203237518", "g-7")
    for number, spot in enumerate(spots * 2):
        kind, label = types[number % len(types)], labels[number % len(labels)]
        media = sample(kind, size=900, seed=1000 + number)
        text = ENCODINGS[label](media) + ("<" if spot.endswith("<") else "")
        yield Hostile(
            label=f"{kind} as {label} in XML at {spot} ({number})",
            name="m.xml",
            data=report.replace(spot, text, 1).encode(),
            forbidden=_pieces(media),
        )
    for number, kind in enumerate(types):
        media = sample(kind, size=900, seed=2000 + number)
        raw = json.dumps(base).encode().replace(b'"Sammy"', b'"' + media + b'"')
        yield Hostile(
            label=f"{kind} raw in JSON", name="r.json", data=raw, forbidden=_pieces(media)
        )
        yield Hostile(label=f"{kind} whole", name="w.json", data=media, forbidden=_pieces(media))
        in_unknown = json.dumps(
            {"reportId": "1", "unknown": {"deep": [ENCODINGS["base64"](media)]}}
        )
        yield Hostile(
            label=f"{kind} in an unknown key of a document that is no tip",
            name="u.json",
            data=in_unknown.encode(),
            forbidden=_pieces(media),
        )


_SOURCES: tuple[Callable[[], Iterator[Hostile]], ...] = (
    _truncated,
    _mutated,
    _fields,
    _strings,
    _bombs,
    _encodings,
    _json_oddities,
    _tables,
    _media,
)


def hostile_documents() -> Iterator[Hostile]:
    """Give every hostile document of moderate size; labels and documents are all distinct."""
    seen: set[bytes] = set()
    for source in _SOURCES:
        for one in source():
            if one.data not in seen:
                seen.add(one.data)
                yield one


def huge_documents() -> Iterator[Hostile]:
    """Give the documents of hundreds of kilobytes to some megabytes."""
    information = '{"reportId": "1", "reportedInformation": '
    captures = [
        {"captureType": "IP Address", "value": f"198.18.{n % 250}.1"} for n in range(100_000)
    ]
    person = {"sourceInformation": {"sourceCaptures": captures}}
    wide = {
        "reportId": "1",
        "reportedInformation": {"reportedPeople": {"reportedPersons": [person]}},
    }
    capture = "<ipCaptureEvent><ipAddress>198.18.0.1</ipAddress></ipCaptureEvent>"
    texts: dict[str, str] = {
        "100,000 addresses in JSON": json.dumps(wide),
        "100,000 addresses in XML": "<report><personOrUserReported>"
        + capture * 100_000
        + "</personOrUserReported></report>",
        "20,000 addresses in JSON": json.dumps(wide).replace("}, {", "}]}, {", 1)[:1_000_000],
        "100,000 keys": information + json.dumps({f"k{n}": n for n in range(100_000)}) + "}",
        "lists 200,000 deep": information + "[" * 200_000,
        "objects 100,000 deep": information + '{"a":' * 100_000,
        "elements 100,000 deep": "<report>" + "<a>" * 100_000,
        "attributes 100,000": "<report " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>",
        "text of 3,000,000 in JSON": information + json.dumps({"a": "x" * 3_000_000}) + "}",
        "text of 3,000,000 in XML": f"<report><additionalInfo>{'x ' * 1_500_000}</additionalInfo></report>",
        "comment of 2,000,000": f"<report><!--{'x' * 2_000_000}--><victim/></report>",
        "CDATA 100,000 times": "<report><additionalInfo>"
        + "<![CDATA[x]]>" * 100_000
        + "</additionalInfo></report>",
        "references 300,000 times": f"<report><additionalInfo>{'&#65;' * 300_000}</additionalInfo></report>",
        "note of 900,000 with colons": json.dumps(
            {
                "reportId": "1",
                "reportedInformation": {
                    "additionalInformations": [{"value": "email: a@b.c " * 69_000}]
                },
            }
        ),
        "50,000 broken members": "[" + '{"reportId": "1", ' * 50_000,
        "50,000 empty members": "[" + "{}," * 50_000 + "{}]",
        "200,000 braces": "{" * 100_000 + "}" * 100_000,
        "one line of 2,000,000": "agency,name,kind\n" + "x" * 2_000_000,
        "100,000 bad lines": "agency,name,kind\n" + "a\n" * 100_000,
    }
    for label, text in texts.items():
        yield Hostile(label=label, name="h.bin", data=text.encode())
    yield Hostile(
        label="10,485,761 bytes", name="h.json", data=b'{"a": "' + b" " * 10_485_752 + b'"}'
    )
