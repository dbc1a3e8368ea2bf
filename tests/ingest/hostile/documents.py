"""Malformed and malicious documents, each with a label. Made when a test runs, always the same.

`hostile_documents` gives more than 300 documents of a moderate size, `huge_documents` those that
weigh megabytes. What they have in common: whatever reads them gives records or a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from tests.ingest.hostile.changed import fields, mutated, strings, truncated
from tests.ingest.hostile.markup import bombs, encodings
from tests.ingest.hostile.media import media
from tests.ingest.hostile.model import Hostile
from tests.ingest.hostile.notation import json_oddities, tables

_SOURCES: tuple[Callable[[], Iterator[Hostile]], ...] = (
    truncated,
    mutated,
    fields,
    strings,
    bombs,
    encodings,
    json_oddities,
    tables,
    media,
)


def hostile_documents() -> Iterator[Hostile]:
    """Give every hostile document of moderate size; labels and documents are all distinct."""
    seen: set[bytes] = set()
    for source in _SOURCES:
        for one in source():
            if one.data not in seen:
                seen.add(one.data)
                yield one


def _noted(text: str) -> str:
    return f"<report><additionalInfo>{text}</additionalInfo></report>"


def _captured(count: int) -> str:
    captures = [
        {"captureType": "IP Address", "value": f"198.18.{n % 250}.{n // 250}"} for n in range(count)
    ]
    person = {"sourceInformation": {"sourceCaptures": captures}}
    return json.dumps({"reportedPeople": {"reportedPersons": [person]}})


def huge_documents() -> Iterator[Hostile]:
    """Give the documents of hundreds of kilobytes to some megabytes."""
    information = '{"reportId": "1", "reportedInformation": '
    capture = "<ipCaptureEvent><ipAddress>198.18.0.1</ipAddress></ipCaptureEvent>"
    texts: dict[str, str] = {
        "100,000 addresses in JSON": information + _captured(100_000) + "}",
        "20,000 addresses in JSON": information + _captured(20_000) + "}",
        "100,000 addresses in XML": "<report><personOrUserReported>"
        + capture * 100_000
        + "</personOrUserReported></report>",
        "100,000 keys": information + json.dumps({f"k{n}": n for n in range(100_000)}) + "}",
        "lists 200,000 deep": information + "[" * 200_000,
        "objects 100,000 deep": information + '{"a":' * 100_000,
        "elements 100,000 deep": "<report>" + "<a>" * 100_000,
        "attributes 100,000": "<report " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>",
        "text of 3,000,000 in JSON": information + json.dumps({"a": "x" * 3_000_000}) + "}",
        "text of 3,000,000 in XML": _noted("x " * 1_500_000),
        "comment of 2,000,000": f"<report><!--{'x' * 2_000_000}--><victim/></report>",
        "CDATA 100,000 times": _noted("<![CDATA[x]]>" * 100_000),
        "references 300,000 times": _noted("&#65;" * 300_000),
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
