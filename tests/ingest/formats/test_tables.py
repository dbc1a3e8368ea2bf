"""Tables of tips (CSV and XLSX) under a mapping."""

from __future__ import annotations

import io
import random
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from graph.errors import UnreadableDocumentError
from ingest.readers.table_mapping import Mapping, read_mapping
from ingest.records import NumberSource, TextKind, TipRecord
from tests.ingest.formats.taken import Taken, take
from tests.ingest.readers.said import identifiers, unknown

_HEAD = 'format = "crosstip-mapping/1"\nsource = "webform"\n'


def _mapping(columns: dict[str, str], *, more: str = 'reporter_role = "complainant"') -> Mapping:
    rows = "\n".join(
        f"{name!r} = {what if what.startswith('{') else repr(what)}"
        for name, what in columns.items()
    )
    return read_mapping(f"{_HEAD}{more}\n[columns]\n{rows}\n".encode())


def _workbook(*rows: tuple[str | int | datetime, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _one(csv: str, folder: Path, columns: dict[str, str], **more: str) -> Taken:
    (found,) = take(csv.encode(), folder, name="t.csv", mapping=_mapping(columns, **more))
    return found


_SAID: list[tuple[str, str, str, list[str]]] = [
    ("a suspect's e-mail", "reported email", "kim@example.org", ["reported Email kim@example.org"]),
    ("a reporter's", "reporter email", "lee@example.org", ["reporter Email lee@example.org"]),
    ("a child's", "victim email", "kim@example.org", ["victim Email kim@example.org"]),
    ("a recipient's phone", "intended_recipient phone", "+1 555 010 0123",
     ["intended_recipient Phone +1 555 010 0123"]),
    ("a parent's", "parent_guardian phone", "+1 555 010 0123",
     ["parent_guardian Phone +1 555 010 0123"]),
    ("an officer's", "law_enforcement email", "o@police.example",
     ["law_enforcement Email o@police.example"]),
    ("nobody's", "mentioned ip", "198.18.0.4", ["mentioned IpAddress 198.18.0.4"]),
    ("a name", "reported screen_name", "kim_01", ["reported ScreenName kim_01"]),
    ("an account", "reported account", "17", ["reported Account 17"]),
    ("a page", "reported url", "https://social.example/u/kim",
     ["reported Url https://social.example/u/kim"]),
    ("a device", "reported device", "490154203237518", ["reported Device 490154203237518"]),
    ("a hash", '{ field = "hash", subtype = "MD5" }', "0123456789abcdef0123456789abcdef",
     ["file FileHash 0123456789abcdef0123456789abcdef"]),
    ("several in a cell", '{ field = "email", role = "reported", separator = ";" }',
     "a@example.org; b@example.org",
     ["reported Email a@example.org", "reported Email b@example.org"]),
    ("N/A is nothing", "reported email", "N/A", []),
    ("blanks are nothing", "reported email", "   ", []),
    ("a formula is text", "reported screen_name", "=HYPERLINK(1)",
     ["reported ScreenName =HYPERLINK(1)"]),
    ("markup is text", "reported screen_name", "<b>kim</b>", ["reported ScreenName <b>kim</b>"]),
    ("another script", "reported screen_name", "\u043a\u0456\u043c",
     ["reported ScreenName \u043a\u0456\u043c"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "cell", "said"), [c[1:] for c in _SAID], ids=[c[0] for c in _SAID]
)
def test_what_a_cell_states(field: str, cell: str, said: list[str], tmp_path: Path) -> None:
    found = _one(f'no,value\n17,"{cell}"\n', tmp_path, {"no": "number", "value": field})
    assert identifiers(found.tip) == said
    assert all(one.path == "column value" for one in found.tip.assertions)
    assert (found.tip.source, found.tip.report_number) == ("webform", "17")


_REPORTERS = [
    ("complainant", "reporter"),
    ("Parent", "parent_guardian"),
    ("mother", "parent_guardian"),
    ("VICTIM", "victim"),
    ("child", "victim"),
    ("law enforcement", "law_enforcement"),
    ("witness", "reporter"),
    ("esp", "reporter"),
]


@pytest.mark.parametrize(("word", "role"), _REPORTERS)
def test_case_12_who_reports_is_said_and_never_a_subject(
    word: str, role: str, tmp_path: Path
) -> None:
    columns = {"no": "number", "who": "reporter_role", "mail": "reporter email"}
    found = _one(f"no,who,mail\n17,{word},lee@example.org\n", tmp_path, columns, more="")
    assert identifiers(found.tip) == [f"{role} Email lee@example.org"]


@pytest.mark.parametrize("word", ["", "friend of mine", "?"])
def test_a_row_that_does_not_say_who_reports_waits_in_quarantine(word: str, tmp_path: Path) -> None:
    columns = {"no": "number", "who": "reporter_role", "mail": "reporter email"}
    found = _one(f"no,who,mail\n17,{word},lee@example.org\n", tmp_path, columns, more="")
    assert "does not say who reports" in found.problem
    assert b"lee@example.org" in found.document.data


_TIMES = [
    ("2026-01-02 03:04", "", "2026-01-02 03:04"),
    ("2026-01-02 03:04", 'zone = "-05:00"', "2026-01-02 03:04-05:00"),
    ("2026-01-02T03:04:05Z", 'zone = "-05:00"', "2026-01-02T03:04:05Z"),
    ("2026-01-02", 'zone = "UTC"', "2026-01-02"),
    ("01/02/2026 3:04", 'dates = "MDY"\nzone = "UTC"', "2026-01-02T03:04Z"),
    ("01.02.2026 03:04", 'dates = "DMY"\nzone = "UTC"', "2026-02-01T03:04Z"),
    ("01/02/2026", "", "01/02/2026"),
]


@pytest.mark.parametrize(("cell", "more", "time"), _TIMES)
def test_case_25_order_and_zone_are_the_mappings_and_never_guessed(
    cell: str, more: str, time: str, tmp_path: Path
) -> None:
    both = f'reporter_role = "other"\n{more}'
    columns = {"no": "number", "when": "incident_time"}
    found = _one(f"no,when\n17,{cell}\n", tmp_path, columns, more=both)
    assert found.tip.incident.time == time


def test_an_address_takes_time_port_and_event_from_columns_beside_it(tmp_path: Path) -> None:
    columns = {
        "no": "number",
        "ip": "reported ip",
        "at": "reported ip_time",
        "port": "reported ip_port",
        "event": "reported ip_event",
    }
    text = "no,ip,at,port,event\n17,198.18.0.4,2026-01-02T03:04:05Z,40123,Login\n"
    (one,) = _one(text, tmp_path, columns).tip.assertions
    assert (one.time, one.port, one.event) == ("2026-01-02T03:04:05Z", "40123", "Login")


def test_rows_of_one_number_are_one_tip(tmp_path: Path) -> None:
    rows = ("no,mail,ip", "17,kim@example.org,198.18.0.4", "18,a@example.org,")
    text = "\n".join((*rows, "17,kim@example.org,198.18.0.5"))
    columns = {"no": "number", "mail": "reported email", "ip": "reported ip"}
    first, second = take(text.encode(), tmp_path, name="t.csv", mapping=_mapping(columns))
    assert identifiers(first.tip) == [
        "reported Email kim@example.org",
        "reported IpAddress 198.18.0.4",
        "reported IpAddress 198.18.0.5",
    ]
    assert first.document.name == "t.csv, row 2, 4"
    assert second.tip.report_number == "18"


def test_a_row_without_a_number_gets_one_of_its_own_that_stays(tmp_path: Path) -> None:
    columns = {"mail": "reported email"}
    one = _one("mail\nkim@example.org\n", tmp_path, columns)
    again = _one("mail\nkim@example.org\n", tmp_path, columns, more='reporter_role = "witness"')
    assert one.tip.report_number == again.tip.report_number
    assert (one.tip.report_number or "").startswith("row-")
    assert one.tip.number_source is NumberSource.ROW


def test_notes_are_mined_and_content_is_never_a_note(tmp_path: Path) -> None:
    text = 'no,what,chat\n17,"he is pen@example.com","write to ink@example.com"\n'
    tip = _one(text, tmp_path, {"no": "number", "what": "note", "chat": "content"}).tip
    assert identifiers(tip) == []
    assert [one.path for one in tip.assertions] == ["column what@6", "column chat@9"]
    assert [one.kind for one in tip.texts] == [TextKind.NOTE, TextKind.CONTENT]


def test_columns_that_nobody_mapped_are_kept_raw_and_missing_ones_are_said(tmp_path: Path) -> None:
    columns = {"no": "number", "gone": "note"}
    tip = _one("no,colour\n17,blue\n", tmp_path, columns).tip
    assert unknown(tip) == [
        "key column colour = blue",
        "key column gone = the table has no such column",
    ]


def test_a_workbook_says_what_the_same_csv_says(tmp_path: Path) -> None:
    columns = {"no": "number", "mail": "reported email", "when": "received"}
    when = datetime.fromisoformat("2026-01-02T03:04:05")
    head: tuple[str | int | datetime, ...] = ("no", "mail", "when")
    rows = [head, (17, "kim@example.org", when)]
    (one,) = take(_workbook(*rows), tmp_path, name="t.xlsx", mapping=_mapping(columns))
    text = "no,mail,when\n17,kim@example.org,2026-01-02T03:04:05\n"
    assert one.tip == _one(text, tmp_path, columns).tip


def test_a_number_that_a_workbook_has_rounded_is_no_identifier(tmp_path: Path) -> None:
    columns = {"no": "number", "id": "reported account"}
    data = _workbook(("no", "id"), (17, 12345678901234567890), (18, 123456789012))
    first, second = take(data, tmp_path, mapping=_mapping(columns))
    assert identifiers(first.tip) == []
    assert "lost its last digits" in first.tip.unknown[0].value
    assert identifiers(second.tip) == ["reported Account 123456789012"]


def test_claims_in_a_workbook_are_read_like_the_csv(tmp_path: Path) -> None:
    head = ("agency", "investigation", "kind", "value", "role")
    data = _workbook(head, ("north", "N-1", "email", "kim@example.org", "suspect"))
    (one,) = take(data, tmp_path)
    assert type(one.outcome).__name__ == "ClaimRecord"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_separators_and_marks(mark: str, tmp_path: Path) -> None:
    text = f"\ufeffno{mark}mail\r\n17{mark}kim@example.org\r\n"
    found = _one(text, tmp_path, {"no": "number", "mail": "reported email"})
    assert identifiers(found.tip) == ["reported Email kim@example.org"]


_BAD_MAPPINGS = [
    ("", "no TOML|not complete"),
    ("format = 1", "not complete"),
    (_HEAD + "[columns]\na = 'number'", "must say who reports"),
    (_HEAD + "reporter_role = '?'\n[columns]\na = 'number'", "reporter_role"),
    (_HEAD + "reporter_role = 'parent'\n[columns]\na = 'email'", "must say whose it is"),
    (_HEAD + "reporter_role = 'parent'\n[columns]\na = 'reported colour'", "columns.a.field"),
    (_HEAD + "reporter_role = 'parent'\n[columns]\na = 'boss email'", "columns.a.role"),
    (_HEAD + "reporter_role = 'parent'\n[columns]\na = 'number'\nb = 'number'", "only one column"),
    (_HEAD + "reporter_role = 'parent'\n[columns]\na = 'esp_contact email'", "no identifiers"),
    (_HEAD + "reporter_role = 'parent'\nzone = 'CET'\n[columns]\na = 'number'", "zone"),
    (_HEAD + "reporter_role = 'parent'\ncolour = 1\n[columns]\na = 'number'", "colour"),
    ("\xff", "no TOML|not complete"),
]


@pytest.mark.parametrize(("text", "reason"), _BAD_MAPPINGS)
def test_a_mapping_that_says_too_little_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=reason):
        read_mapping(text.encode("latin-1"))


def _broken() -> list[tuple[str, bytes]]:
    dice = random.Random(25)
    csv = b"no,mail\n17,kim@example.org\n18,lee@example.org\n"
    book = _workbook(("no", "mail"), (17, "kim@example.org"), (18, "lee@example.org"))
    found = [(f"workbook cut at {n}", book[: 4 + len(book) * n // 41]) for n in range(40)]
    for n in range(45):
        data = bytearray(book)
        for _ in range(1 + n % 9):
            data[dice.randrange(4, len(data))] = dice.randrange(256)
        found.append((f"workbook changed {n}", bytes(data)))
    found += [
        ("no rows", b"no,mail\n"),
        ("another table", b"colour,size\nblue,9\n"),
        ("two columns of a name", b"no,no\n1,2\n"),
        ("no text", b"no,mail\n17,\xff\xfe\xfa\n"),
        ("more cells than columns", b"no,mail\n17,kim@example.org,more\n"),
        ("a quote that stays open", csv + b'19,"open\n20,x@example.org\n'),
        ("a huge cell", b"no,mail\n17," + b"x" * 200_000 + b"\n"),
        ("too many columns", b"no,mail" + b",c" * 300 + b"\n17,kim@example.org\n"),
        ("nul", csv.replace(b"kim", b"k\x00m")),
        ("a picture", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(300)),
        ("blank lines only", b"\n\n\n"),
    ]
    found += [(f"csv cut at {n}", csv[:n]) for n in range(1, len(csv), 5)]
    return found


_BROKEN = _broken()


def test_there_are_enough_broken_ones() -> None:
    assert len(_BROKEN) >= 100


@pytest.mark.parametrize("data", [d for _, d in _BROKEN], ids=[name for name, _ in _BROKEN])
def test_a_broken_table_is_tips_or_reasons_and_its_text_is_kept(
    data: bytes, tmp_path: Path
) -> None:
    mapping = _mapping({"no": "number", "mail": "reported email"})
    found = take(data, tmp_path, name="t", mapping=mapping)
    assert len(found) >= 1
    for one in found:
        if not isinstance(one.outcome, TipRecord):
            told = one.problem
            assert "was not taken in: it" in told or "not a document" in told
            assert "@example.org" not in told
        assert b"JFIF" not in one.document.data
    if b"kim@example.org" in data:
        assert any(b"kim@example.org" in one.document.data for one in found)
