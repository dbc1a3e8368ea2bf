"""What the spool makes of torn ends and of damage: nothing is lost without a word."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ingest.document_codec import NewerFormatError
from ingest.frames import GapKind, encode_frame, marker_of
from ingest.received import ReceivedDocument
from ingest.spool import Spool, SpoolRef
from ingest.spool_findings import SpoolFinding
from tests.ingest.received_documents import received


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A segment of a process that ended, with the offsets of its frames."""

    path: Path
    refs: list[SpoolRef]

    @property
    def content(self) -> bytes:
        return self.path.read_bytes()

    def replace_by(self, content: bytes) -> None:
        self.path.write_bytes(content)


@pytest.fixture
def segment(tmp_path: Path) -> Segment:
    with Spool(tmp_path / "spool") as spool:
        refs = [spool.append(received(number)) for number in range(4)]
        spool.sync()
    return Segment(path=tmp_path / "spool" / f"{refs[0].segment}.spool", refs=refs)


def _read(directory: Path) -> tuple[list[str | None], tuple[SpoolFinding, ...]]:
    with Spool(directory) as spool:
        numbers = [document.report_number for _, document in spool.pending()]
        return numbers, spool.findings()


def test_an_end_torn_at_any_byte_is_cut_off_and_counted_once(
    segment: Segment, tmp_path: Path
) -> None:
    content, last = segment.content, segment.refs[-1].offset
    copy = tmp_path / "copy"
    copy.mkdir(mode=0o700)
    for cut in range(last + 1, len(content)):
        (copy / segment.path.name).write_bytes(content[:cut])

        numbers, findings = _read(copy)
        assert numbers == ["0", "1", "2"], cut
        assert [(each.kind, each.offset, each.length) for each in findings] == [
            (GapKind.TORN, last, cut - last)
        ], cut
        assert (copy / segment.path.name).stat().st_size == last
        assert _read(copy) == (["0", "1", "2"], ())
    assert _read(segment.path.parent) == (["0", "1", "2", "3"], ())


@pytest.mark.parametrize("zeros", [1, 35, 36, 4096, (1 << 20) + 5])
def test_an_end_of_zeros_is_cut_off(segment: Segment, zeros: int) -> None:
    segment.replace_by(segment.content + bytes(zeros))

    numbers, findings = _read(segment.path.parent)
    assert numbers == ["0", "1", "2", "3"]
    assert [(each.kind, each.length) for each in findings] == [(GapKind.TORN, zeros)]


@pytest.mark.parametrize("length", [1, 20, 36, 5000])
def test_an_end_of_garbage_is_kept_apart(segment: Segment, length: int) -> None:
    garbage = bytes(1 + index % 255 for index in range(length))
    segment.replace_by(segment.content + garbage)

    numbers, findings = _read(segment.path.parent)
    assert numbers == ["0", "1", "2", "3"]
    assert [each.kind for each in findings] == [GapKind.DAMAGED]
    assert findings[0].preserved_as is not None
    assert findings[0].preserved_as.read_bytes() == garbage
    assert _read(segment.path.parent) == (["0", "1", "2", "3"], ())


def test_any_flipped_byte_costs_one_document_whose_bytes_are_kept(
    segment: Segment, tmp_path: Path
) -> None:
    content = segment.content
    start, end = segment.refs[1].offset, segment.refs[2].offset
    copy = tmp_path / "copy"
    # All of lengths, checksums and ends; every seventh byte of what lies between.
    for at in [*range(start, start + 50), *range(start + 50, end - 8, 7), *range(end - 8, end)]:
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir(mode=0o700)
        flipped = bytearray(content)
        flipped[at] ^= 0x40
        (copy / segment.path.name).write_bytes(flipped)

        numbers, findings = _read(copy)
        assert numbers == ["0", "2", "3"], at
        assert [(each.kind, each.offset, each.length) for each in findings] == [
            (GapKind.DAMAGED, start, end - start)
        ], at
        assert findings[0].preserved_as is not None
        assert findings[0].preserved_as.read_bytes() == bytes(flipped[start:end])


def test_damaged_bytes_outlive_their_segment(segment: Segment) -> None:
    content = bytearray(segment.content)
    content[segment.refs[1].offset + 60] ^= 1
    segment.replace_by(bytes(content))

    with Spool(segment.path.parent) as spool:
        spool.release([ref for ref, _ in spool.pending()])

        assert not segment.path.exists()
        (finding,) = spool.findings()
        assert finding.preserved_as is not None
        assert finding.preserved_as.stat().st_mode & 0o777 == 0o600
        assert len(finding.preserved_as.read_bytes()) == finding.length


@pytest.mark.parametrize("damaged", [1, 3])
def test_a_segment_whose_damage_cannot_be_kept_apart_is_not_deleted(
    segment: Segment, damaged: int
) -> None:
    content = bytearray(segment.content)
    content[segment.refs[damaged].offset + 60] ^= 1
    segment.replace_by(bytes(content))
    (segment.path.parent / "damaged").write_text("in the way")

    with Spool(segment.path.parent) as spool:
        spool.release([ref for ref, _ in spool.pending()])

        assert spool.findings()[0].preserved_as is None
    assert segment.content == bytes(content)


@pytest.mark.parametrize("before", [1, 10, 19, 20, 21])
def test_the_next_document_is_found_wherever_it_starts(tmp_path: Path, before: int) -> None:
    # The search goes by chunks of 1 MiB; the next frame starts just before the end of the first.
    empty = sum(len(part) for part in encode_frame(_big(1 << 20), marker=bytes(20), offset=0))
    wanted = (1 << 20) + 1 - before
    with Spool(tmp_path / "spool") as spool:
        spool.append(_big((1 << 20) - (empty - wanted)))
        second = spool.append(received(2))
        spool.sync()
    assert second.offset == wanted
    path = tmp_path / "spool" / f"{second.segment}.spool"
    path.write_bytes(b"?" + path.read_bytes()[1:])

    numbers, findings = _read(tmp_path / "spool")
    assert numbers == ["2"]
    assert [each.length for each in findings] == [wanted]


def _big(size: int) -> ReceivedDocument:
    # The size as received is fixed, so that the header's length is too.
    return replace(received(1, data=b"x" * size), size=1_000_000)


def test_a_missing_stretch_costs_only_what_lay_in_it(segment: Segment) -> None:
    content, refs = segment.content, segment.refs
    segment.replace_by(content[: refs[1].offset] + content[refs[1].offset + 7 :])

    numbers, findings = _read(segment.path.parent)
    # Frames know their offset: behind a missing stretch none stands where it was written.
    assert numbers == ["0"]
    assert sum(each.length for each in findings) == len(content) - 7 - refs[1].offset
    assert findings[0].preserved_as is not None
    assert findings[0].preserved_as.read_bytes() == content[refs[1].offset + 7 :]


def test_a_frame_copied_to_another_place_is_no_document(segment: Segment) -> None:
    content, refs = segment.content, segment.refs
    segment.replace_by(content + content[refs[1].offset : refs[2].offset])

    numbers, findings = _read(segment.path.parent)
    assert numbers == ["0", "1", "2", "3"]
    assert [each.kind for each in findings] == [GapKind.DAMAGED]


def test_a_document_cannot_smuggle_in_another_one(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool") as spool:
        forged = b"".join(encode_frame(received(666), marker=marker_of("ab" * 16), offset=0))
        ref = spool.append(received(1, data=forged * 3))
        spool.append(received(2))
        spool.sync()
    path = tmp_path / "spool" / f"{ref.segment}.spool"
    content = bytearray(path.read_bytes())
    content[5] ^= 1
    path.write_bytes(bytes(content))

    numbers, findings = _read(tmp_path / "spool")
    assert numbers == ["2"]
    assert len(findings) == 1


def test_a_segment_under_another_name_is_kept_whole(segment: Segment) -> None:
    content = segment.content
    segment.path.rename(segment.path.with_name(f"0000000001-{'0' * 32}.spool"))

    numbers, findings = _read(segment.path.parent)
    assert numbers == []
    assert findings[0].preserved_as is not None
    assert findings[0].preserved_as.read_bytes() == content


def test_a_segment_of_a_newer_version_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.document_codec.FORMAT", 2)
    with Spool(tmp_path / "spool") as newer:
        newer.append(received(1))
        newer.sync()
    monkeypatch.undo()

    with Spool(tmp_path / "spool") as spool, pytest.raises(NewerFormatError, match="newer"):
        list(spool.pending())
    assert len(list((tmp_path / "spool").glob("*.spool"))) == 1


def test_an_unreadable_segment_does_not_hold_up_the_others(segment: Segment) -> None:
    earlier = segment.path.with_name(f"0000000000-{'0' * 32}.spool")
    earlier.mkdir()

    numbers, findings = _read(segment.path.parent)
    assert numbers == ["0", "1", "2", "3"]
    assert [(each.kind, each.segment) for each in findings] == [(GapKind.UNREADABLE, earlier.stem)]
