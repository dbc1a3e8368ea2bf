"""The fields of a PDF as the JSON of the same tip, with the place in the PDF beside each.

So both formats are read by the same code: what they say of a tip comes out alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.pdf.text import PdfLine
from ingest.readers import pdf_values as values
from ingest.readers.json_source import Json
from ingest.readers.pdf_labels import Label
from ingest.readers.pdf_layout import BlockOfFields, Field
from ingest.readers.pdf_values import DateOrder

_TYPE = re.compile(
    r"(mobile|home|business|work|fax|internet|recovery|billing|shipping|technical)\b", re.I
)
_COUNTRY = re.compile(r"^(.*?)[,\s]+([A-Z]{2})$")
_CAMEL = re.compile(r"[^A-Za-z0-9]+")


@dataclass(slots=True)
class Tree:
    """A document in the shape of the ICAC Data System's JSON, and where its values stand."""

    order: DateOrder
    places: dict[str, str] = field(default_factory=dict)

    def set(self, block: dict[str, Json], path: str, key: str, value: Json, found: Field) -> None:
        """Set a single value; one that is stated again is kept beside it."""
        if value is None or value == "":
            return
        name = key
        count = 1
        while block.get(name) is not None and block[name] != value:
            count += 1
            name = f"{key} ({count})"
        block[name] = value
        self.places[f"{path}/{name}"] = found.place

    def add(self, block: dict[str, Json], path: str, keys: str, value: Json, place: str) -> str:
        """Add to the list at `keys` (`emails/emails`) and give the new member's path."""
        holder = block
        *outer, last = keys.split("/")
        for key in outer:
            inner = holder.setdefault(key, {})
            if not isinstance(inner, dict):
                raise TypeError(key)
            holder = inner
        members = holder.setdefault(last, [])
        if not isinstance(members, list):
            raise TypeError(last)
        members.append(value)
        where = f"{path}/{keys}[{len(members) - 1}]"
        self.places[where] = place
        return where


_Reader = Callable[[Tree, dict[str, Json], str, Field], None]


def is_said(found: Field) -> bool:
    """Tell whether a field holds more than the words for `nothing was provided`."""
    whole = values.text(found.lines).strip()
    return whole != "" and values.NOT_PROVIDED.match(whole) is None


def person(tree: Tree, block: BlockOfFields, path: str) -> dict[str, Json]:
    """Give a person block; the empty name tells it from a list that is wrapped."""
    given: dict[str, Json] = {"firstName": None}
    for found in block.fields:
        if is_said(found):
            reader = PERSON.get(found.label) if found.label is not None else None
            (reader or _unknown)(tree, given, path, found)
    if block.loose:
        place = _line_place(block.loose[0])
        told = "\n".join(line.text for line in block.loose)
        tree.add(given, path, "unlabelledLines", told, place)
    return given


def _line_place(line: PdfLine) -> str:
    return f"page {line.page}, line {line.number}"


def _one(key: str) -> _Reader:
    def read(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
        tree.set(given, path, key, values.text(found.lines), found)

    return read


def _day(key: str) -> _Reader:
    def read(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
        tree.set(given, path, key, tree.order.iso(values.text(found.lines)), found)

    return read


def _contact(keys: str) -> _Reader:
    def read(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
        kind = _TYPE.match(found.words)
        whole = values.text(found.lines)
        if "@" in whole:
            plain, said, after = values.remark(whole)
            whole = plain.replace(" ", "") + ("" if said is None else f" ({said}) {after}".rstrip())
        value = values.contact(whole, tree.order, None if kind is None else kind[1].capitalize())
        tree.add(given, path, keys, value, found.place)

    return read


def _member(keys: str, *, is_object: bool = False) -> _Reader:
    def read(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
        value: Json = values.token(found.lines)
        tree.add(given, path, keys, {"value": value} if is_object else value, found.place)

    return read


def _note(keys: str) -> _Reader:
    def read(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
        told = values.paragraph([text for text, _ in found.lines])
        tree.add(given, path, keys, {"value": told}, found.place)

    return read


def _ip(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
    row = values.captured_address(found.lines, tree.order)
    if any(row.get(key) is not None for key in ("eventName", "dateTime", "port")):
        tree.add(given, path, "sourceInformation/sourceCaptures", row, found.place)
    else:
        tree.add(given, path, "ipAddress", row["value"], found.place)


def _profile(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
    row: Json = {"captureType": "Profile URL", "value": values.token(found.lines)}
    tree.add(given, path, "sourceInformation/sourceCaptures", row, found.place)


def _device(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
    row: Json = {"captureType": f"Device {found.words}", "value": values.token(found.lines)}
    tree.add(given, path, "sourceInformation/sourceCaptures", row, found.place)


def captures(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
    """Read a table of captures."""
    for row, line in values.captures(found.lines, tree.order):
        place = f"page {line.page}, line {line.number} ({found.words})"
        tree.add(given, path, "sourceInformation/sourceCaptures", row, place)
    unread = values.unread_captures(found.lines)
    if len(unread) > 0:
        tree.set(given, path, f"pdf {found.words}", "\n".join(unread), found)


def _address(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
    whole = ", ".join(text for text, _ in found.lines if text != "")
    country = _COUNTRY.match(whole)
    value: dict[str, Json] = {"street1": whole}
    if country is not None:
        value = {"street1": country[1], "country": country[2]}
    elif len(whole) == 2 and whole.isupper():
        value = {"country": whole}
    tree.add(given, path, "addresses/addresses", value, found.place)


def _unknown(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
    words = [word for word in _CAMEL.split(found.words) if word != ""]
    key = "".join([words[0].lower(), *(word.capitalize() for word in words[1:])]) if words else "?"
    tree.set(given, path, f"pdf {key}", values.text(found.lines), found)


def _fact(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
    words = found.words.split()
    key = words[0].lower() + "".join(word.capitalize() for word in words[1:])
    tree.set(given, path, key, values.text(found.lines), found)


def _flag(key: str) -> _Reader:
    def read(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
        tree.set(given, path, key, values.text(found.lines).partition(" (")[0], found)

    return read


def _file_name(key: str) -> _Reader:
    def read(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
        tree.set(given, path, key, values.name(found.lines), found)

    return read


def _token(key: str) -> _Reader:
    def read(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
        tree.set(given, path, key, values.token(found.lines), found)

    return read


def _hash(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
    _, kind, _ = values.remark(found.words)
    row: Json = {"hashType": kind or found.words, "value": values.token(found.lines)}
    tree.add(given, path, "originalFileHashes", row, found.place)


def _tags(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
    tags: list[Json] = [{"value": t.strip()} for t in values.text(found.lines).split(",")]
    tree.add(given, path, "ncmecTags/groups", {"tags": tags}, found.place)


def _metadata(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
    row: dict[str, Json] | None = None
    for told, line in found.lines:
        name, colon, value = told.partition(":")
        if colon == "" and row is not None:
            row["value"] = f"{row['value']} {told}".strip()
        elif told != "":
            place = f"page {line.page}, line {line.number} ({found.words})"
            row = {"name": name.strip(), "value": value.strip()}
            if colon == "":
                row = {"name": found.words, "value": told}
            tree.add(given, path, "espMetadata/metadatas", row, place)


PERSON: dict[Label, _Reader] = {
    Label.NAME: _one("firstName"),
    Label.FIRST_NAME: _one("firstName"),
    Label.MIDDLE_NAME: _one("middleName"),
    Label.LAST_NAME: _one("lastName"),
    Label.DISPLAY_NAME: _member("preferredName"),
    Label.BIRTH: _day("dateOfBirth"),
    Label.AGE: _one("approximateAge"),
    Label.EMAIL: _contact("emails/emails"),
    Label.PHONE: _contact("phones/phones"),
    Label.SCREEN_NAME: _member("screenName", is_object=True),
    Label.ACCOUNT: _member("espUserId"),
    Label.SERVICE: _one("espService"),
    Label.PROFILE: _profile,
    Label.URL: _profile,
    Label.IP: _ip,
    Label.DEVICE: _device,
    Label.ADDRESS: _address,
    Label.FACT: _fact,
    Label.NOTE: _note("additionalContactInformation"),
    Label.CAPTURES: captures,
}
FILE: dict[Label, _Reader] = {
    Label.FILE_NAME: _file_name("filename"),
    Label.ORIGINAL_NAME: _file_name("originalFilename"),
    Label.MD5: _token("verificationHash"),
    Label.HASH: _hash,
    Label.FILE_ID: _token("submittalId"),
    Label.VIEWED: _flag("viewedByEsp"),
    Label.EXIF_VIEWED: _flag("exifViewedByEsp"),
    Label.PUBLIC: _flag("publiclyAvailable"),
    Label.RELEVANCE: _flag("fileRelevance"),
    Label.CLASSIFICATION: _flag("industryClassification"),
    Label.TAGS: _tags,
    Label.METADATA: _metadata,
    Label.NOTE: _note("additionalInformations"),
    Label.CAPTURES: captures,
    Label.IP: _ip,
}


_FIRST = (Label.MD5, Label.FILE_ID, Label.ORIGINAL_NAME)
"""Labels besides the name with which a file may begin."""


def files(tree: Tree, block: BlockOfFields, path: str, already: int) -> list[Json]:
    """Give the files of a block; each begins as the first one does, mostly with its name."""
    found: list[dict[str, Json]] = []
    stated = [one for one in block.fields if one.label is not Label.COUNT]
    first = stated[0].label if len(stated) > 0 else None
    begins = first if first in _FIRST else Label.FILE_NAME
    for one in stated:
        if one.label is begins or len(found) == 0:
            found.append({})
        where = f"{path}[{already + len(found) - 1}]"
        if is_said(one):
            reader = FILE.get(one.label) if one.label is not None else None
            (reader or _unknown)(tree, found[-1], where, one)
    return list(found)
