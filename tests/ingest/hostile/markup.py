"""XML that attacks its parser, and encodings that are not what they say."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from tests.ingest.hostile.good import XML_HEAD, base_json, base_xml
from tests.ingest.hostile.model import Hostile

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
_ATTACKS: dict[str, str] = {
    "billion laughs": f'<!DOCTYPE report [<!ENTITY l0 "lol">{_LAUGHS}]><report>&l8;</report>',
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
    "every element twice": base_xml().replace("<reporter>", "<reporter/><reporter>"),
    "children in wrong places": "<report><victim><personOrUserReported><espIdentifier>x"
    "</espIdentifier></personOrUserReported></victim></report>",
    "reports in a report": "<report>" * 20 + "</report>" * 20,
}


def bombs() -> Iterator[Hostile]:
    """Give XML that attacks its parser, and XML that is something else."""
    for label, text in _ATTACKS.items():
        yield Hostile(label=label, name="b.xml", data=text.encode())


def encodings() -> Iterator[Hostile]:
    """Give documents whose encoding is wrong, odd or none."""
    report, tip = base_xml(), json.dumps(base_json(), ensure_ascii=False)
    body = report.removeprefix(XML_HEAD)
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
    accented = XML_HEAD + "<report><additionalInfo>é</additionalInfo></report>"
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
