"""Hashes of an extract as VICS 2.0 JSON, which forensic tools load beside seized media.

Source: Project VIC data models 2.0 (OData JSON), as public readers and writers name it. Category
codes mean something in one context alone; Crosstip has categorised nothing, so all of it is 0 in
a context of its own.
"""

from __future__ import annotations

import json
from collections import defaultdict

from graph.clock import iso
from graph.exchange.extract import Extract, FileOut
from graph.exchange.texts import plain

CONTEXT = "http://github.com/ICMEC/ProjectVic/DataModels/2.0.xml/CUSTOM/$metadata#Media"
_NAMED = {"md5": "MD5", "sha1": "SHA1"}
"""Hashes that VICS has a field for."""


def vics(extract: Extract) -> bytes:
    """Give one medium for each file that has an MD5 or SHA-1; others are in `AlternativeHashes`."""
    media = []
    for number, file in enumerate(extract.files, start=1):
        found = _hashes(file)
        if len(found) > 0:
            media.append(_medium(number, file, found, extract))
    document = {
        "@odata.context": CONTEXT,
        "CrosstipNotes": [plain(sentence) for sentence in extract.said],
        "CrosstipAsOf": iso(extract.as_of_us),
        "value": media,
    }
    return json.dumps(document, ensure_ascii=True, indent=1).encode("ascii")


def _medium(
    number: int, file: FileOut, found: dict[str, list[str]], extract: Extract
) -> dict[str, object]:
    said: dict[str, object] = {
        "MediaID": number,
        "Category": 0,
        "IsPrecategorized": False,
        "DateUpdated": iso(extract.as_of_us),
        "Series": None,
        "Tags": [f"CyberTip {plain(file.tip)}", f"viewed by provider: {file.viewed_by_esp}"],
    }
    said |= {field: found[name][0].upper() for name, field in _NAMED.items() if name in found}
    others = [
        {"HashName": name.upper(), "HashValue": value.upper()}
        for name, values in sorted(found.items())
        for value in (values[1:] if name in _NAMED else values)
    ]
    if len(others) > 0:
        said["AlternativeHashes"] = others
    if file.name is not None:
        said["MediaFiles"] = [{"FileName": plain(file.name), "FilePath": ""}]
    return said


def _hashes(file: FileOut) -> dict[str, list[str]]:
    """Give a file's hashes by algorithm; two of one algorithm are both kept (case 28)."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in file.hashes:
        found[name].append(value)
    return dict(found)
