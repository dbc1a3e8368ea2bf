"""Files to check: every line is a question or a reason, and stands in its place in the result."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import UnreadableDocumentError
from graph.identifiers.core import Policy
from graph.services.check_answers import Answered, LineAnswer, Pointer, not_checked
from ingest.check_files import CheckFile, read_check_file, with_results

POLICY = Policy(synthetic=True)


def read(data: bytes) -> CheckFile:
    return read_check_file(data, policy=POLICY)


def reasons(file: CheckFile) -> list[bool]:
    return [line.asked.is_readable and line.asked.reason is None for line in file.lines]


def test_a_text_has_one_identifier_a_line() -> None:
    file = read(b"a@example.com\r\n\r\n198.18.0.7\n+1 555 010 0123\nx,y\nhttps://example.com/a,b\n")
    assert [line.line for line in file.lines] == [1, 2, 3, 4, 5, 6]
    assert reasons(file) == [True, False, True, True, False, True]
    assert "a line that names `value`" in str(file.lines[4].asked.reason)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_table_has_kinds_of_many_sorts(encoding: str) -> None:
    text = (
        "Name;Kind;Value;Provider;Region\n"
        "Ä;email;a@example.com;;\n"
        "b;phone;555 010 0123;;US\n"
        "b;phone;555 010 0123;;\n"
        "c;screen name;alice;Instagram;\n"
        "c;;alice;Instagram;\n"
        "d;md5;0123456789abcdef0123456789abcdef;;\n"
        "e;colour;red;;\n"
        'f;email;"a@example.com;;\n'
        "g;email\n"
        "h;email;h@example.com;;;;more\n"
        ";;i@example.com;;\n"
    )
    file = read(text.encode(encoding))
    good = [True, True, False, True, False, True, False, False, False, False, True]
    assert reasons(file) == good
    assert file.lines[1].asked.readings[0].key == "+15550100123"
    assert "without its country" in str(file.lines[2].asked.reason)


def test_lines_in_another_encoding_get_a_reason_and_stop_nobody() -> None:
    file = read("value\nmüller@example.com\n".encode("latin-1") + b"a@example.com\n")
    assert reasons(file) == [False, True]
    assert "UTF-8" in str(file.lines[0].asked.reason)
    with pytest.raises(UnreadableDocumentError):
        read(b"\xff\xfea\x00\x00\xd8")


def test_results_stand_beside_the_lines_and_run_in_no_spreadsheet() -> None:
    file = read(b'value,note\n+15550100123,"a, b"\nbad"quote,x"\n')
    pointer = Pointer(
        agency="n",
        agency_name="=cmd()",
        contact=None,
        reference="26-1",
        kind="Phone",
        entered_us=None,
        urgency="routine",
        is_historical=True,
        downgraded=None,
    )
    answers = [
        LineAnswer(outcome=Answered.HIT, pointers=(pointer,)),
        not_checked(file.lines[1].asked, "never asked"),
    ]
    rows = list(csv.reader(with_results(file, answers, as_of="then").splitlines()))
    assert [len(row) for row in rows] == [7, 7, 7]
    assert rows[1][:3] == ["+15550100123", "a, b", "hit"]
    assert rows[1][5] == "'=cmd() 26-1 (no contact entered), historical"
    assert rows[2][2] == "not checked"
    assert "no match" not in rows[2][3]


@given(st.binary(max_size=300))
def test_no_bytes_break_it_and_no_line_is_lost(data: bytes) -> None:
    try:
        file = read(data)
    except UnreadableDocumentError:
        return
    answers = [not_checked(line.asked, "x") for line in file.lines]
    assert all(answer.reason for answer in answers)
    written = with_results(file, answers, as_of="then")
    assert len(list(csv.reader(written.split("\n"), delimiter=file.delimiter))) >= len(file.lines)


def test_a_hundred_thousand_lines_are_read() -> None:
    file = read(b"".join(b"u%d@example.com\n" % number for number in range(100_000)))
    assert (len(file.lines), all(reasons(file))) == (100_000, True)
