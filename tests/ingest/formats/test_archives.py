"""ZIP archives: opened in memory, bounded, and never a folder on this machine."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.opening.archive import DEFAULT_ARCHIVE_LIMITS, ArchiveError, members, plain_name
from ingest.records import TipRecord
from tests.ingest.cases.documents import ids_tip
from tests.ingest.formats.printed import HEAD, printed
from tests.ingest.formats.taken import take

_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00" + bytes(400)


def _zipped(files: dict[str, bytes], *, stored: bool = False) -> bytes:
    stream = io.BytesIO()
    how = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(stream, "w", how) as archive:
        for name, data in files.items():
            # A time of its own: else each process has other bytes to break.
            entry = zipfile.ZipInfo(name, (2026, 11, 22, 0, 0, 0))
            archive.writestr(entry, data, compress_type=how)
    return stream.getvalue()


def _tip(number: str) -> bytes:
    return ids_tip(number, people='{"espUserId": "17"}').encode()


def test_every_document_of_an_archive_is_taken_by_itself(tmp_path: Path) -> None:
    lines = b"\n".join(
        b'{"reportId": %d, "reportedInformation": {"platform": "x"}}' % n for n in (1, 2)
    )
    data = _zipped(
        {
            "one.json": _tip("123456701"),
            "more/two.pdf": printed((*HEAD, "# Suspect", "ESP User ID: 1700")),
            "three.json": lines,
            ".hidden/.four.json": _tip("123456704"),
            "__MACOSX/._one.json": b"junk",
            ".DS_Store": b"junk",
        }
    )
    found = take(data, tmp_path, name="tips.zip")
    assert sorted(one.tip.report_number or "" for one in found) == [
        "1",
        "123456701",
        "123456704",
        "123456789",
        "2",
    ]
    assert {one.document.container_sha256 for one in found} != {None}
    assert sorted(one.document.position or 0 for one in found) == [0, 1, 2, 3, 4]
    assert "tips.zip: two.pdf" in {one.document.name for one in found}


def test_a_report_in_an_archive_takes_its_number_from_its_name(tmp_path: Path) -> None:
    report = (
        b"<report><incidentSummary><incidentType>Child Sex Trafficking</incidentType>"
        b"</incidentSummary></report>"
    )
    (one,) = take(_zipped({"CyberTip_123456789.xml": report}), tmp_path)
    assert one.tip.report_number == "123456789"


def test_media_in_an_archive_are_listed_and_never_kept(tmp_path: Path) -> None:
    (one,) = take(_zipped({"a.json": _tip("1"), "a.jpg": _JPEG, "b.jpg": _JPEG}), tmp_path)
    assert [(note.name, note.size) for note in one.document.media] == [
        ("a.jpg", len(_JPEG)),
        ("b.jpg", len(_JPEG)),
    ]
    spooled = b"".join(p.read_bytes() for p in (tmp_path / "spool").rglob("*") if p.is_file())
    assert b"JFIF" not in spooled


def test_an_archive_of_media_alone_says_so(tmp_path: Path) -> None:
    (one,) = take(_zipped({"a.jpg": _JPEG}), tmp_path)
    assert "without a document in it; 1 pieces of media" in one.problem
    assert len(one.document.media) == 1


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"inner.zip": _zipped({"a.json": b"{}"})}, "an archive in an archive"),
        ({"inner.gz": b"\x1f\x8b\x08\x00" + bytes(40)}, "an archive in an archive"),
        ({"bomb.json": b" " * 8_000_000}, "as in a bomb"),
        ({"notes.txt": b"just words"}, "neither JSON nor XML"),
        ({"empty.json": b""}, "it is empty"),
        ({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}, "an Office document"),
        ({}, "an archive without a document"),
    ],
)
def test_what_is_in_an_archive_and_is_no_tip_gets_a_reason(
    files: dict[str, bytes], reason: str, tmp_path: Path
) -> None:
    (one,) = take(_zipped(files), tmp_path)
    assert reason in one.problem


def test_names_are_no_paths() -> None:
    assert plain_name("../../etc/passwd") == "passwd"
    assert plain_name("C:\\Users\\x\\tip.json") == "tip.json"
    assert plain_name("/") == "a member without a name"


def test_too_many_members_and_too_much_in_all_are_refused() -> None:
    data = _zipped({f"{n}.json": b"{}" for n in range(12)})
    with pytest.raises(ArchiveError, match="12 members"):
        list(members(data, replace(DEFAULT_ARCHIVE_LIMITS, members=11)))
    big = _zipped({f"{n}.json": random.Random(n).randbytes(900) for n in range(5)})
    seen: list[object] = []
    with pytest.raises(ArchiveError, match="the members after that were not taken in"):
        seen.extend(members(big, replace(DEFAULT_ARCHIVE_LIMITS, total_bytes=2000)))
    (long,) = members(_zipped({"a": b"x" * 90}), replace(DEFAULT_ARCHIVE_LIMITS, member_bytes=50))
    assert long.problem is not None


def _broken() -> list[bytes]:
    good = _zipped({"one.json": _tip("123456701"), "two.json": _tip("123456702")})
    dice = random.Random(9)
    found = [good[: 4 + (len(good) - 4) * at // 50] for at in range(50)]
    for n in range(60):
        data = bytearray(good)
        for _ in range(1 + n % 8):
            data[dice.randrange(4, len(data))] = dice.randrange(256)
        found.append(bytes(data))
    return found


@pytest.mark.parametrize("data", _broken(), ids=range(110))
def test_a_broken_archive_is_tips_or_reasons(data: bytes, tmp_path: Path) -> None:
    found = take(data, tmp_path)
    assert len(found) >= 1
    for one in found:
        is_tip = isinstance(one.outcome, TipRecord)
        assert is_tip or "was not taken in" in one.problem or "not a document" in one.problem
