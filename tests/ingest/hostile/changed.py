"""Good documents, cut, changed, and filled with what does not belong there."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from tests.ingest.hostile.good import (
    DATA,
    base_json,
    base_xml,
    paths,
    replaced,
    with_every_text,
    xml_escaped,
)
from tests.ingest.hostile.model import Hostile
from tests.ingest.hostile.texts import STRINGS, VALUES


def truncated() -> Iterator[Hostile]:
    """Give good documents that end too early or begin too late."""
    sources = ("ids/full.json", "ncmec/report_full.xml", "ncmec/file_full.xml", "csv/claims.csv")
    for source in sources:
        data = (DATA / source).read_bytes()
        for step in range(40):
            cut = len(data) * step // 40
            yield Hostile(label=f"{source} cut at {cut}", name=source, data=data[:cut])
        for step in range(1, 10):
            yield Hostile(
                label=f"{source} without its first {step} tenths",
                name=source,
                data=data[len(data) * step // 10 :],
            )


def mutated() -> Iterator[Hostile]:
    """Give good documents with some bytes changed."""
    dice = random.Random(20261122)
    for source in ("ids/full.json", "ncmec/report_full.xml", "ncmec/file_full.xml"):
        data = (DATA / source).read_bytes()
        for number in range(30):
            changed = bytearray(data)
            for _ in range(dice.randint(1, 8)):
                place = dice.randrange(len(changed))
                changed[place] = dice.randrange(256)
            yield Hostile(label=f"{source} changed {number}", name=source, data=bytes(changed))


def fields() -> Iterator[Hostile]:
    """Give a good tip with another type of value in each place."""
    base = base_json()
    places = list(paths(base))
    kinds = list(VALUES.items())
    for number, path in enumerate(places):
        for offset in range(2):
            label, value = kinds[(number * 2 + offset) % len(kinds)]
            document = replaced(base, path, value)
            where = "/".join(str(part) for part in path)
            yield Hostile(
                label=f"JSON {where} is {label}", name="f.json", data=json.dumps(document).encode()
            )


def strings() -> Iterator[Hostile]:
    """Give good documents with a hostile text in every field."""
    base, report = base_json(), base_xml()
    for label, text in STRINGS.items():
        document = json.dumps(with_every_text(base, text))
        yield Hostile(label=f"{label} in every JSON field", name=text[:200], data=document.encode())
        keyed = json.dumps({"reportId": "1", "reportedInformation": {text: {text: [text]}}})
        yield Hostile(label=f"{label} as a JSON key", name="k.json", data=keyed.encode())
        escaped = xml_escaped(text).encode("utf-8", "replace").decode()
        filled = report.replace("u-1001", escaped).replace("sam_s<", f"{escaped}<")
        filled = filled.replace("Two pages", escaped).replace('type="Mobile"', 'type="&quot;"')
        yield Hostile(label=f"{label} in XML fields", name="x.xml", data=filled.encode())
