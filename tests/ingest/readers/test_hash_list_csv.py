"""Hash lists as CSV: every column and spelling in use, bad lines told one by one."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import UnreadableDocumentError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.readers.hash_list_csv import HashLine, columns_of, layout_of, read_hash_lines

MD5 = "0123456789abcdef0123456789abcdef"
SHA1 = "0123456789abcdef0123456789abcdef01234567"
LONG = MD5 * 2
MOST = DEFAULT_LIMITS


def lines(tmp_path: Path, data: str | bytes, *stated: str, limits: Limits = MOST) -> list[HashLine]:
    """Give the records of a file."""
    path = tmp_path / "list.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    layout = layout_of(path, columns_of(stated), limits)
    return list(read_hash_lines(path, layout, limits))


def hashes(tmp_path: Path, data: str | bytes, *stated: str) -> list[str]:
    """Give all hashes of a file in which every line is good."""
    found = lines(tmp_path, data, *stated)
    assert all(line.problems == () for line in found)
    return [key for line in found for key in line.hashes]


@pytest.mark.parametrize(
    ("data", "stated", "wanted"),
    [
        (f"md5\n{MD5}\n", (), [f"md5:{MD5}"]),
        (f"\ufeffMD5 Hash;SHA-1\r\n{MD5.upper()};{SHA1}\r\n", (), [f"md5:{MD5}", f"sha1:{SHA1}"]),
        (f'"SHA256"\t"note"\n"{LONG}"\t"a ""b"""\n', (), [f"sha256:{LONG}"]),
        (f"PDQ\n{LONG}\n\n{LONG.upper()}", (), [f"pdq:{LONG}", f"pdq:{LONG}"]),
        (f"hash,type\n{LONG},pdq\n{SHA1},SHA-1\n", (), [f"pdq:{LONG}", f"sha1:{SHA1}"]),
        (f"{MD5}\n{SHA1}\n", (), [f"md5:{MD5}", f"sha1:{SHA1}"]),
        (f"id,Checksum\n1,{MD5}\n", ("md5=checksum",), [f"md5:{MD5}"]),
        (f"1,{LONG}\n2,{LONG}\n", ("pdq=2",), [f"pdq:{LONG}", f"pdq:{LONG}"]),
        (f"1,{LONG}\n", ("sha256=2",), [f"sha256:{LONG}"]),
        (f'note,md5\n"two\nlines",{MD5}\n', (), [f"md5:{MD5}"]),
        (f"md5,sha1\n{MD5},\n,{SHA1}\n", (), [f"md5:{MD5}", f"sha1:{SHA1}"]),
        (f"2,{MD5}\n3,{MD5}\n", ("md5=2",), [f"md5:{MD5}"] * 2),
        (f"MD5 Hash\n{MD5}\n", ("md5=1",), [f"md5:{MD5}"]),
    ],
)
def test_spellings(tmp_path: Path, data: str, stated: tuple[str, ...], wanted: list[str]) -> None:
    assert hashes(tmp_path, data, *stated) == wanted


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32-be"])
def test_encodings(tmp_path: Path, codec: str) -> None:
    assert hashes(tmp_path, f"md5,note\n{MD5},é\n".encode(codec)) == [f"md5:{MD5}"]


def test_another_columns_encoding_does_not_matter(tmp_path: Path) -> None:
    assert hashes(tmp_path, b"note,md5\n\xe9\xff," + MD5.encode() + b"\n") == [f"md5:{MD5}"]


def test_bad_lines_are_told_one_by_one_and_stop_nothing(tmp_path: Path) -> None:
    found = lines(
        tmp_path,
        f"md5,sha1\n{MD5},{SHA1}\nxyz,{SHA1}\n,\n{MD5[:-1]},\n"
        f'"{MD5},\n{MD5},\n{SHA1},{MD5}\n' + "x" * 80 + f"\n{MD5},\n",
        limits=Limits(max_line=79),
    )
    assert [(line.line, len(line.hashes), len(line.problems)) for line in found] == [
        (2, 2, 0),
        (3, 1, 1),
        (4, 0, 1),
        (5, 0, 1),
        (6, 0, 1),
        (7, 1, 0),
        (8, 0, 2),
        (9, 0, 1),
        (10, 1, 0),
    ]
    said = " ".join(why for line in found for why in line.problems)
    for value in ("xyz", MD5[:-1], SHA1):
        assert value not in said
    assert "quotes" in said
    assert "max_line" in said


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_quote_within_a_field_swallows_no_line(tmp_path: Path, delimiter: str) -> None:
    data = f"md5{delimiter}note\n" + f'{MD5}{delimiter}6" disk\n' * 10
    assert hashes(tmp_path, data) == [f"md5:{MD5}"] * 10


def test_lines_of_what_is_no_record_stand_for_themselves(tmp_path: Path) -> None:
    data = f'md5,note\n{MD5},"open\n{MD5},x\n{MD5},"y"\n{MD5},z\n'
    found = lines(tmp_path, data)
    assert [(x.line, len(x.hashes), len(x.problems)) for x in found] == [
        (2, 0, 1),
        (3, 1, 0),
        (4, 1, 0),
        (5, 1, 0),
    ]
    long = f'md5,note\n{MD5},"{"x" * 80}\n{MD5},\n{MD5},"a\nb"\n'
    found = lines(tmp_path, long, limits=Limits(max_line=79))
    assert [(x.line, len(x.hashes)) for x in found] == [(2, 0), (3, 1), (4, 1)]


def test_a_malformed_first_hash_is_no_header(tmp_path: Path) -> None:
    for data, stated in (
        (f"zz{MD5[2:]}x\n{MD5}\n", ("md5=1",)),
        (f"{LONG[1:]},pdq\n{LONG},pdq\n", ("hash=1", "type=2")),
        (f"number,checksum\n1,{MD5}\n", ("md5=2",)),
    ):
        found = lines(tmp_path, data, *stated)
        assert [(x.line, len(x.hashes), len(x.problems)) for x in found] == [(1, 0, 1), (2, 1, 0)]


_TEXT = st.text(alphabet='"a,;\n ', max_size=12)


@given(st.lists(st.lists(_TEXT, min_size=2, max_size=3), max_size=6), st.sampled_from(",;\t"))
def test_what_a_csv_writer_wrote_is_read_whole(rows: list[list[str]], delimiter: str) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([["md5", "note", "more"], *([MD5, *row] for row in rows)])
    with TemporaryDirectory() as folder:
        found = hashes(Path(folder), text.getvalue())
    assert found == [f"md5:{MD5}"] * len(rows)


def test_a_kind_that_is_not_taken_is_told(tmp_path: Path) -> None:
    (line,) = lines(tmp_path, f"hash,type\n{LONG * 2},sha512\n")
    assert (line.hashes, line.problems) == (
        (),
        ("hash: a hash of this type is not taken off a list.",),
    )


def test_64_digits_without_a_kind_are_not_guessed(tmp_path: Path) -> None:
    (line,) = lines(tmp_path, f"hash\n{LONG}\n")
    assert "SHA-256 or a PDQ" in line.problems[0]


@pytest.mark.parametrize("data", ["", "name,colour\na,b\n", "\x00\x01\x02"])
def test_a_file_without_hashes_is_refused(tmp_path: Path, data: str) -> None:
    with pytest.raises(UnreadableDocumentError, match="--column"):
        lines(tmp_path, data)


@pytest.mark.parametrize("stated", ["md5", "md5=", "crc=x", "md5=nowhere", "md5=9", "type=md5"])
def test_a_stated_column_that_is_not_there_is_refused(tmp_path: Path, stated: str) -> None:
    with pytest.raises(UnreadableDocumentError, match="column"):
        lines(tmp_path, f"md5\n{MD5}\n", stated)
