"""Hash lists by hand, in the four forms (`domain.md` 5): which hashes each makes known."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from tests.ingest.corpora.lists import (
    CUSTOM,
    DEFAULT,
    HOST,
    US,
    A,
    B,
    C,
    P,
    Q,
    S,
    T,
    icse,
    medium,
    read_list,
    vics,
)

_BASE64 = base64.b64encode(bytes.fromhex(A)).decode()
VICS: list[tuple[str, bytes, list[str]]] = [
    ("media of one category", vics(medium(), medium(B)), [f"md5:{A}", f"md5:{B}"]),
    ("others are left out", vics(medium(), medium(B, 2), medium(C, 0)), [f"md5:{A}"]),
    ("MD5 and SHA-1 of one file", vics(medium(SHA1=S)), [f"md5:{A}", f"sha1:{S}"]),
    ("capitals", vics(medium(A.upper(), SHA1=S.upper())), [f"md5:{A}", f"sha1:{S}"]),
    ("MD5 in base64", vics(medium(_BASE64)), [f"md5:{A}"]),
    ("context Default", vics(medium(), context=DEFAULT), [f"md5:{A}"]),
    ("context CUSTOM", vics(medium(), context=CUSTOM), [f"md5:{A}"]),
    (
        "version 1.3",
        vics(medium(), context=f"{HOST}/1.3.xml/US/$metadata#Media", key="odata.metadata"),
        [f"md5:{A}"],
    ),
    (
        "cases around media, with a category of their own",
        vics(
            {"CaseID": "c1", "Category": 2, "Media": [medium(), medium(B, 2)]},
            {"CaseID": "c2", "Media": [medium(C)]},
            context=US.replace("#Media", "#Cases"),
        ),
        [f"md5:{A}", f"md5:{C}"],
    ),
    ("a case without media", vics({"CaseID": "c1"}, medium()), [f"md5:{A}"]),
    (
        "the context behind the media",
        json.dumps({"value": [medium()], "@odata.context": US}).encode(),
        [f"md5:{A}"],
    ),
    ("a mark before it", b"\xef\xbb\xbf" + vics(medium()), [f"md5:{A}"]),
    ("UTF-16 with a mark", vics(medium()).decode().encode("utf-16"), [f"md5:{A}"]),
    ("a category as text", vics(medium(A, "1")), [f"md5:{A}"]),
    (
        "names and pictures are not read",
        vics(medium(MediaFiles=[{"FileName": "x", "MD5": B}], PhotoDNA="AA")),
        [f"md5:{A}"],
    ),
    ("the same entry twice", vics(medium(), medium()), [f"md5:{A}", f"md5:{A}"]),
    ("one id, two files", vics(medium(), medium(B)), [f"md5:{A}", f"md5:{B}"]),
]
ICSE: list[tuple[str, bytes, list[str]]] = [
    ("as it is written", icse(f"{A};{S}"), [f"md5:{A}", f"sha1:{S}"]),
    ("without SHA-1", icse(f"{A};"), [f"md5:{A}"]),
    ("without MD5", icse(f";{S}"), [f"sha1:{S}"]),
    ("capitals", icse(f"{A.upper()};{S.upper()}"), [f"md5:{A}", f"sha1:{S}"]),
    ("a mark before it", b"\xef\xbb\xbf" + icse(f"{A};{S}"), [f"md5:{A}", f"sha1:{S}"]),
    ("line ends of Unix", icse(f"{A};", f"{B};", end="\n"), [f"md5:{A}", f"md5:{B}"]),
    ("quoted cells", icse(f'"{A}";"{S}"'), [f"md5:{A}", f"sha1:{S}"]),
    (
        "a series with a semicolon",
        icse(f"{A};{S}").replace(b"A series", b'"a; b"'),
        [f"md5:{A}", f"sha1:{S}"],
    ),
    ("what Excel writes before it", b"sep=;\r\n" + icse(f"{A};"), [f"md5:{A}"]),
    ("one file twice", icse(f"{A};{S}", f"{A};{S}"), [f"md5:{A}", f"sha1:{S}"] * 2),
]
NCMEC: list[tuple[str, bytes, list[str]]] = [
    ("MD5 alone", f"MD5\n{A}\n".encode(), [f"md5:{A}"]),
    ("type and value", f"type,value\nMD5,{A}\nSHA1,{S}\n".encode(), [f"md5:{A}", f"sha1:{S}"]),
    (
        "PDQ with quality",
        f"type,value,quality\nPDQ,{P},100\nPDQ,{Q},50\n".encode(),
        [f"pdq:{P}", f"pdq:{Q}"],
    ),
    ("PDQ of unknown quality", f"pdq,quality\n{P},\n".encode(), [f"pdq:{P}"]),
    ("quality of what is no PDQ", f"type,value,quality\nMD5,{A},0\n".encode(), [f"md5:{A}"]),
    ("MD5 in base64", f"md5\n{_BASE64}\n".encode(), [f"md5:{A}"]),
    (
        "three kinds of one file",
        f"md5,sha1,pdq\n{A},{S},{P}\n".encode(),
        [f"md5:{A}", f"sha1:{S}", f"pdq:{P}"],
    ),
    ("in force, said so", f"md5,status\n{A},active\n".encode(), [f"md5:{A}"]),
    (
        "not withdrawn, said so",
        f"md5,withdrawn\n{A},false\n{B},\n{C},0\n".encode(),
        [f"md5:{A}", f"md5:{B}", f"md5:{C}"],
    ),
    (
        "source and date beside it",
        f"md5,source,date\n{A},Example Source,2026-01-02\n".encode(),
        [f"md5:{A}"],
    ),
]
PLAIN: list[tuple[str, bytes, list[str]]] = [
    ("no header", f"{A}\n{S}\n".encode(), [f"md5:{A}", f"sha1:{S}"]),
    (
        "remarks",
        f"# Example Source, 2026-01-02\n#\nmd5\n{A}\n# more\n{B}\n".encode(),
        [f"md5:{A}", f"md5:{B}"],
    ),
    ("remarks before bare hashes", f"# of an example\n\n{A}\n".encode(), [f"md5:{A}"]),
    ("a column named #", f"#,md5\n1,{A}\n2,{B}\n".encode(), [f"md5:{A}", f"md5:{B}"]),
    (
        "a mark, CRLF, no last line end",
        b"\xef\xbb\xbfmd5\r\n" + f"{A}\r\n{B}".encode(),
        [f"md5:{A}", f"md5:{B}"],
    ),
    ("old line ends", f"md5\r{A}\r".encode(), [f"md5:{A}"]),
    ("UTF-16 of a spreadsheet", f"md5\tnote\r\n{A}\tx\r\n".encode("utf-16"), [f"md5:{A}"]),
    (
        "groups of digits",
        f"md5\n{' '.join(A[n : n + 8] for n in range(0, 32, 8))}\n".encode(),
        [f"md5:{A}"],
    ),
    ("the kind before the hash", f"hash\nmd5:{A}\nsha1:{T}\n".encode(), [f"md5:{A}", f"sha1:{T}"]),
    ("blank lines and blanks", f"\n\n md5 \n\n  {A}  \n\n".encode(), [f"md5:{A}"]),
]
FORMS = {"vics": VICS, "icse": ICSE, "ncmec": NCMEC, "plain": PLAIN}
_ALL = [
    (f"{form}: {name}", data, keys) for form, cases in FORMS.items() for name, data, keys in cases
]


@pytest.mark.parametrize(("data", "keys"), [c[1:] for c in _ALL], ids=[c[0] for c in _ALL])
def test_a_list_makes_its_hashes_known_and_loses_none(
    data: bytes, keys: list[str], tmp_path: Path
) -> None:
    found = read_list(tmp_path, data)
    assert (found.keys, found.told) == (keys, [])


@pytest.mark.parametrize("context", [US, DEFAULT, CUSTOM])
def test_the_context_stands_in_the_reading(context: str, tmp_path: Path) -> None:
    name = context.split("/")[-2]
    assert read_list(tmp_path, vics(medium(), context=context)).reading == (
        f"vics context=ProjectVic/DataModels/2.0.xml/{name} categories=1"
    )
