"""Good documents with media in a field."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.ingest.hostile.good import base_json, base_xml, paths, replaced
from tests.ingest.hostile.model import Hostile
from tests.ingest.media_samples import ENCODINGS, sample


def _pieces(content: bytes) -> tuple[bytes, ...]:
    """Give the middle of media in the forms in which it could be left over."""
    middle = content[300:420]
    texts = [encode(content)[500:530].encode() for encode in ENCODINGS.values()]
    return (middle, *texts)


def media() -> Iterator[Hostile]:
    """Give good documents with media in each of their fields, and raw between them."""
    base, report = base_json(), base_xml()
    types = ("image/jpeg", "image/png", "video/mp4", "image/webp", "image/gif", "application/zip")
    labels = sorted(ENCODINGS)
    places = [path for path in paths(base) if len(path) > 1]
    for number, path in enumerate(places):
        kind, label = types[number % len(types)], labels[number % len(labels)]
        content = sample(kind, size=900, seed=number)
        document = json.dumps(replaced(base, path, ENCODINGS[label](content)))
        where = "/".join(str(part) for part in path)
        yield Hostile(
            label=f"{kind} as {label} in JSON {where}",
            name="m.json",
            data=document.encode(),
            forbidden=_pieces(content),
        )
    spots = ("u-1001", "sam_s<", "Two pages", "Sammy S", "kik: sam.kik", "490154203237518", "g-7")
    for number, spot in enumerate(spots * 2):
        kind, label = types[number % len(types)], labels[number % len(labels)]
        content = sample(kind, size=900, seed=1000 + number)
        text = ENCODINGS[label](content) + ("<" if spot.endswith("<") else "")
        yield Hostile(
            label=f"{kind} as {label} in XML at {spot} ({number})",
            name="m.xml",
            data=report.replace(spot, text, 1).encode(),
            forbidden=_pieces(content),
        )
    for number, kind in enumerate(types):
        content = sample(kind, size=900, seed=2000 + number)
        raw = json.dumps(base).encode().replace(b'"Sammy"', b'"' + content + b'"')
        yield Hostile(
            label=f"{kind} raw in JSON", name="r.json", data=raw, forbidden=_pieces(content)
        )
        yield Hostile(
            label=f"{kind} whole", name="w.json", data=content, forbidden=_pieces(content)
        )
        in_unknown = json.dumps(
            {"reportId": "1", "unknown": {"deep": [ENCODINGS["base64"](content)]}}
        )
        yield Hostile(
            label=f"{kind} in an unknown key of a document that is no tip",
            name="u.json",
            data=in_unknown.encode(),
            forbidden=_pieces(content),
        )
