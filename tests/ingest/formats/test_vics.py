"""Hash lists as VICS JSON, and as the CSV of ICSE: contexts, categories, and broken files."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from graph.errors import UnreadableDocumentError
from ingest.limits import DEFAULT_LIMITS
from ingest.readers.hash_list_csv import columns_of, layout_of, read_hash_lines
from ingest.readers.hash_list_vics import chosen, contents_of, context_of, is_vics, read_vics

_MD5 = "0123456789abcdef0123456789abcdef"
_SHA1 = "0123456789abcdef0123456789abcdef01234567"
_US = "http://vics.example/ProjectVic/DataModels/2.0.xml/US/$metadata#Media"


def _media(n: int, category: object = 1, **more: object) -> dict[str, Any]:
    return {"MediaID": n, "Category": category, "MD5": f"{n:032x}", **more}


def _file(folder: Path, value: object) -> Path:
    path = folder / "list.json"
    path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
    return path


_LISTS: list[tuple[str, dict[str, Any], str, dict[str, int]]] = [
    (
        "media",
        {"@odata.context": _US, "value": [_media(1), _media(2, 2)]},
        "ProjectVic/DataModels/2.0.xml/US",
        {"1": 1, "2": 1},
    ),
    (
        "cases with media",
        {
            "@odata.context": _US.replace("#Media", "#Cases"),
            "value": [{"CaseID": "c", "Media": [_media(1), _media(2)]}],
        },
        "ProjectVic/DataModels/2.0.xml/US",
        {"1": 2},
    ),
    (
        "version 1.3",
        {
            "odata.metadata": "http://vics.example/ProjectVic/DataModels/1.3.xml/CUSTOM/$metadata#Media",
            "value": [_media(1, 5)],
        },
        "ProjectVic/DataModels/1.3.xml/CUSTOM",
        {"5": 1},
    ),
    (
        "no categories",
        {"@odata.context": _US, "value": [_media(1, None), _media(2, "x")]},
        "ProjectVic/DataModels/2.0.xml/US",
        {"none": 2},
    ),
    ("empty", {"@odata.context": _US, "value": []}, "ProjectVic/DataModels/2.0.xml/US", {}),
]


@pytest.mark.parametrize(
    ("value", "context", "counts"), [c[1:] for c in _LISTS], ids=[c[0] for c in _LISTS]
)
def test_context_and_categories_are_told(
    value: dict[str, Any], context: str, counts: dict[str, int], tmp_path: Path
) -> None:
    path = _file(tmp_path, value)
    found = contents_of(path)
    assert is_vics(path)
    assert (found.context, found.by_category) == (context, counts)
    assert found.media == sum(counts.values())


_ENTRIES: list[tuple[dict[str, Any], tuple[str, ...], int]] = [
    (_media(1), (f"md5:{1:032x}",), 0),
    (_media(1, SHA1=_SHA1), (f"md5:{1:032x}", f"sha1:{_SHA1}"), 0),
    (_media(1, MD5=_MD5.upper()), (f"md5:{_MD5}",), 0),
    (_media(1, MD5=None, SHA1=_SHA1), (f"sha1:{_SHA1}",), 0),
    (_media(1, MD5="no hash"), (), 1),
    (_media(1, MD5="no hash", SHA1=_SHA1), (f"sha1:{_SHA1}",), 1),
    (_media(1, SHA256="0" * 63 + "1"), (f"md5:{1:032x}", f"sha256:{'0' * 63}1"), 0),
    (_media(1, PhotoDNA="AAAA", Thumbnail="x" * 900), (f"md5:{1:032x}",), 0),
    (_media(1, "1"), (f"md5:{1:032x}",), 0),
    (_media(1, MediaFiles=[{"MD5": _MD5, "FileName": "a"}]), (f"md5:{1:032x}",), 0),
    ({"Category": 1, "MD5": "", "SHA1": ""}, (), 1),
]


@pytest.mark.parametrize(("entry", "hashes", "problems"), _ENTRIES)
def test_an_entry_gives_its_hashes_or_a_reason(
    entry: dict[str, Any], hashes: tuple[str, ...], problems: int, tmp_path: Path
) -> None:
    (line,) = read_vics(_file(tmp_path, {"@odata.context": _US, "value": [entry]}), ["1"])
    assert (line.hashes, len(line.problems)) == (hashes, problems)


def test_only_chosen_categories_are_taken_and_none_is_chosen_for_anybody(tmp_path: Path) -> None:
    value = {"@odata.context": _US, "value": [_media(1), _media(2, 2), _media(3, 3), _media(4, 2)]}
    path = _file(tmp_path, value)
    found = contents_of(path)
    with pytest.raises(UnreadableDocumentError, match=r"1 \(1\), 2 \(2\), 3 \(1\)"):
        chosen(found, [])
    with pytest.raises(UnreadableDocumentError, match="no category 9"):
        chosen(found, ["9"])
    words = chosen(found, ["2", "1"])
    assert words == "vics context=ProjectVic/DataModels/2.0.xml/US categories=1,2"
    assert context_of(words) == "ProjectVic/DataModels/2.0.xml/US"
    assert context_of("md5=1") is None
    assert [line.line for line in read_vics(path, ["2"])] == [2, 4]


_ICSE = (
    "MD5;SHA1;PhotoDNA;Image ID;Is distributed;Victim identified;Offender identified;Series name;"
    "Number of submissions;File Available;Media Type;Baseline\n"
    f"{_MD5};{_SHA1};AAAA;17;true;false;false;A series;3;true;Image;true\n"
    f"{_MD5[::-1]};;;18;true;false;false;;1;true;Video;false\n"
)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_csv_of_icse_is_read_as_it_is(mark: str, end: str, tmp_path: Path) -> None:
    path = tmp_path / "icse.csv"
    path.write_bytes((mark + _ICSE).replace("\n", end).encode())
    assert not is_vics(path)
    layout = layout_of(path, columns_of(()), DEFAULT_LIMITS)
    found = [line.hashes for line in read_hash_lines(path, layout, DEFAULT_LIMITS)]
    assert found == [(f"md5:{_MD5}", f"sha1:{_SHA1}"), (f"md5:{_MD5[::-1]}",)]


_NCMEC = [
    (f"MD5\n{_MD5}\n", [f"md5:{_MD5}"]),
    (f"hash,type\n{_MD5},MD5\n{_SHA1},SHA1\n", [f"md5:{_MD5}", f"sha1:{_SHA1}"]),
    (f"fingerprint,type\n{_MD5 * 2},PDQ\n", [f"pdq:{_MD5 * 2}"]),
    (f"type,value\nPDQ,{_MD5 * 2}\n", [f"pdq:{_MD5 * 2}"]),
    (f"{_MD5}\n{_SHA1}\n", [f"md5:{_MD5}", f"sha1:{_SHA1}"]),
    (f"algorithm;hash value\nmd5;{_MD5.upper()}\n", [f"md5:{_MD5}"]),
    (f"SHA-1\n{_SHA1}\n", [f"sha1:{_SHA1}"]),
    (f"md5,series\n{_MD5},A\n", [f"md5:{_MD5}"]),
    (f"PDQ Hash,quality\n{_MD5 * 2},100\n", [f"pdq:{_MD5 * 2}"]),
    (f"SHA256\n{_MD5 * 2}\n", [f"sha256:{_MD5 * 2}"]),
]


@pytest.mark.parametrize(("text", "keys"), _NCMEC)
def test_plain_lists(text: str, keys: list[str], tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text)
    layout = layout_of(path, columns_of(()), DEFAULT_LIMITS)
    lines = read_hash_lines(path, layout, DEFAULT_LIMITS)
    assert [key for line in lines for key in line.hashes] == keys


def _broken() -> list[bytes]:
    whole = json.dumps({"@odata.context": _US, "value": [_media(n) for n in range(4)]}).encode()
    dice = random.Random(5)
    found = [whole[: 1 + len(whole) * n // 61] for n in range(60)]
    for n in range(40):
        data = bytearray(whole)
        for _ in range(1 + n % 6):
            data[dice.randrange(1, len(data))] = dice.randrange(256)
        found.append(bytes(data))
    return [*found, b"{}", b'{"value": []}', b'{"@odata.context": 1}', b"{" * 5000, b'{"a": 1e999}']


_BROKEN = _broken()


def test_there_are_enough_broken_ones() -> None:
    assert len(_BROKEN) >= 100


@pytest.mark.parametrize("data", _BROKEN, ids=range(len(_BROKEN)))
def test_a_broken_list_has_a_reason_before_anything_is_taken(data: bytes, tmp_path: Path) -> None:
    path = _file(tmp_path, data)
    found, told = None, ""
    try:
        found = contents_of(path)
    except UnreadableDocumentError as error:
        told = str(error)
    if found is None:
        assert told.startswith("it is ")
        return
    lines = list(read_vics(path, list(found.by_category)))
    assert len(lines) == found.media
    assert all(len(line.hashes) + len(line.problems) > 0 for line in lines)
