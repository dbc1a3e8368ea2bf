"""ICAC Data System JSON: uploaded files. Names, hashes and statements; never a file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from graph.identifiers.core import IdentifierKind, RawIdentifier
from graph.roles import Role
from ingest.readers.collect import Collector
from ingest.readers.drafts import Bearer
from ingest.readers.ids_contacts import read_captures, read_notes, rest, yes_no
from ingest.readers.json_shape import dumped, items_of, one_text, text_of
from ingest.readers.json_source import Json
from ingest.readers.vocabulary import CLASSIFICATIONS, RELEVANCES
from ingest.records import FileRecord

LONGEST_ID = 200
"""Characters of a file id that go into a key; of longer ones the SHA-256 does."""
_KEYS = frozenset(
    {
        "filename",
        "originalFilename",
        "submittalId",
        "verificationHash",
        "viewedByEsp",
        "exifViewedByEsp",
        "publiclyAvailable",
        "fileRelevance",
        "industryClassification",
        "ncmecTags",
        "additionalInformations",
        "espMetadata",
        "sourceInformation",
        "originalFileHash",
        "originalFileHashes",
    }
)
"""As public readers list them; `exifViewedByEsp`, `publiclyAvailable`, `fileRelevance` and
`originalFileHash` carry their names in NCMEC's XML."""
_NOT_LETTERS = re.compile(r"[^a-z0-9]")
_TAG_ANNOTATIONS: tuple[tuple[str, str], ...] = (
    ("meme", "potentialMeme"),
    ("viral", "viral"),
    ("anime", "animeDrawingVirtualHentai"),
    ("hentai", "animeDrawingVirtualHentai"),
    ("generativeai", "generativeAi"),
    ("aigenerated", "generativeAi"),
    ("selfproduc", "possibleSelfProduction"),
    ("selfgenerated", "possibleSelfProduction"),
    ("bestiality", "bestiality"),
    ("livestream", "liveStreaming"),
    ("violence", "violenceGore"),
    ("gore", "violenceGore"),
    ("physicalharm", "physicalHarm"),
    ("infant", "infant"),
)
"""Words in NCMEC's tags that mean the same as an annotation of the reporting API."""


def read_files(c: Collector, value: Json, path: str) -> None:
    """Read `uploadedFiles`."""
    if isinstance(value, dict) and "uploadedFiles" in value:
        rest(c, value, path, frozenset({"uploadedFiles"}))
    taken: set[str] = set()
    for number, (item, place) in enumerate(items_of(value, path, "uploadedFiles")):
        if isinstance(item, dict):
            _file(c, item, place, _unique(_file_id(item, number), taken))
        else:
            c.unknown(place, dumped(item), "type")


def _file_id(item: dict[str, Json], number: int) -> str:
    for key in ("submittalId", "verificationHash"):
        text = text_of(item.get(key))
        if text is not None:
            return bounded_id(text.strip())
    return f"index:{number}"


def bounded_id(text: str) -> str:
    """Give a file id short enough for a key."""
    if len(text) <= LONGEST_ID:
        return text
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _unique(file_id: str, taken: set[str]) -> str:
    """Tell files with the same id or hash apart by their order."""
    candidate = file_id
    count = 1
    while candidate in taken:
        count += 1
        candidate = f"{file_id}#{count}"
    taken.add(candidate)
    return candidate


def _file(c: Collector, item: dict[str, Json], path: str, file_id: str) -> None:
    bearer = Bearer(role=Role.FILE, file_id=file_id)
    other: list[tuple[str, str]] = []
    annotations: list[str] = []
    for tag in _tags(c, item.get("ncmecTags"), f"{path}/ncmecTags"):
        other.append(("ncmecTags", tag))
        folded = _NOT_LETTERS.sub("", tag.lower())
        for word, annotation in _TAG_ANNOTATIONS:
            if word in folded and annotation not in annotations:
                annotations.append(annotation)
    _hashes(c, item, path, bearer)
    _metadata(c, item.get("espMetadata"), f"{path}/espMetadata", bearer, other)
    read_captures(c, item.get("sourceInformation"), f"{path}/sourceInformation", bearer)
    notes = f"{path}/additionalInformations"
    about = Bearer(role=Role.MENTIONED, file_id=file_id)
    read_notes(c, item.get("additionalInformations"), notes, about)
    classification = text_of(item.get("industryClassification"))
    relevance = text_of(item.get("fileRelevance"))
    c.files.append(
        FileRecord(
            file_id=file_id,
            name=one_text(c, item.get("filename"), f"{path}/filename"),
            original_name=one_text(c, item.get("originalFilename"), f"{path}/originalFilename"),
            viewed_by_esp=yes_no(c, item, "viewedByEsp", path),
            exif_viewed_by_esp=yes_no(c, item, "exifViewedByEsp", path),
            publicly_available=yes_no(c, item, "publiclyAvailable", path),
            relevance=c.known(f"{path}/fileRelevance", relevance, RELEVANCES),
            classification=c.known(
                f"{path}/industryClassification", classification, CLASSIFICATIONS
            ),
            annotations=tuple(annotations),
            other=tuple(other),
        )
    )
    rest(c, item, path, _KEYS)


def _hashes(c: Collector, item: dict[str, Json], path: str, bearer: Bearer) -> None:
    place = f"{path}/verificationHash"
    text = one_text(c, item.get("verificationHash"), place)
    if text is not None:
        raw = RawIdentifier(kind=IdentifierKind.FILE_HASH, value=text, subtype="MD5")
        c.identify(raw, bearer, place)
    for key in ("originalFileHash", "originalFileHashes"):
        if key not in item:
            continue
        for one, where in items_of(item.get(key), f"{path}/{key}"):
            kind = text_of(one.get("hashType")) if isinstance(one, dict) else None
            inner = one.get("value") if isinstance(one, dict) else one
            text = one_text(c, inner, where)
            if text is not None:
                raw = RawIdentifier(kind=IdentifierKind.FILE_HASH, value=text, subtype=kind)
                c.identify(raw, bearer, where)


def _tags(c: Collector, value: Json, path: str) -> Iterator[str]:
    """Give the tags of every group: `{"groups": [{"tags": [{"value"}]}]}`."""
    for group, place in items_of(value, path, "groups"):
        for tag, where in items_of(group, place, "tags"):
            text = one_text(c, tag.get("value") if isinstance(tag, dict) else tag, where)
            if text is not None:
                yield text


def _metadata(
    c: Collector, value: Json, path: str, bearer: Bearer, other: list[tuple[str, str]]
) -> None:
    """Keep `{"metadatas": [{"name", "value"}]}` as it is; identifiers in values are mined only."""
    for item, place in items_of(value, path, "metadatas"):
        if not isinstance(item, dict):
            c.unknown(place, dumped(item), "type")
            continue
        name = text_of(item.get("name")) or "?"
        text = one_text(c, item.get("value"), f"{place}/value")
        if text is not None:
            other.append((name, text))
            about = Bearer(role=Role.MENTIONED, file_id=bearer.file_id)
            c.mined(f"{place}/value", text, about)
        rest(c, item, place, frozenset({"name", "value"}))
