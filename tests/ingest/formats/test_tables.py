"""Tables of tips (CSV and XLSX) under a mapping."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from graph.errors import UnreadableDocumentError
from graph.identifiers.core import Policy
from ingest.claim_files import read_claim_file
from ingest.records import NumberSource, TextKind
from tests.ingest.formats.sheets import mapping_of, workbook
from tests.ingest.formats.taken import Taken, take
from tests.ingest.readers.said import identifiers, unknown


def _one(csv: str, folder: Path, columns: dict[str, str], **more: str) -> Taken:
    (found,) = take(csv.encode(), folder, name="t.csv", mapping=mapping_of(columns, **more))
    return found


SAID: list[tuple[str, str, str, list[str]]] = [
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


@pytest.mark.parametrize(("field", "cell", "said"), [c[1:] for c in SAID], ids=[c[0] for c in SAID])
def test_what_a_cell_states(field: str, cell: str, said: list[str], tmp_path: Path) -> None:
    found = _one(f'no,value\n17,"{cell}"\n', tmp_path, {"no": "number", "value": field})
    assert identifiers(found.tip) == said
    assert all(one.path == "column value" for one in found.tip.assertions)
    assert (found.tip.source, found.tip.report_number) == ("webform", "17")


REPORTERS = [
    ("complainant", "reporter"),
    ("Parent", "parent_guardian"),
    ("mother", "parent_guardian"),
    ("VICTIM", "victim"),
    ("child", "victim"),
    ("law enforcement", "law_enforcement"),
    ("witness", "reporter"),
    ("esp", "reporter"),
]


@pytest.mark.parametrize(("word", "role"), REPORTERS)
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


TIMES = [
    ("2026-01-02 03:04", "", "2026-01-02 03:04"),
    ("2026-01-02 03:04", 'zone = "-05:00"', "2026-01-02 03:04-05:00"),
    ("2026-01-02T03:04:05Z", 'zone = "-05:00"', "2026-01-02T03:04:05Z"),
    ("2026-01-02", 'zone = "UTC"', "2026-01-02"),
    ("01/02/2026 3:04", 'dates = "MDY"\nzone = "UTC"', "2026-01-02T03:04Z"),
    ("01.02.2026 03:04", 'dates = "DMY"\nzone = "UTC"', "2026-02-01T03:04Z"),
    ("01/02/2026", "", "01/02/2026"),
]


@pytest.mark.parametrize(("cell", "more", "time"), TIMES)
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
    first, second = take(text.encode(), tmp_path, name="t.csv", mapping=mapping_of(columns))
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
    (one,) = take(workbook(*rows), tmp_path, name="t.xlsx", mapping=mapping_of(columns))
    text = "no,mail,when\n17,kim@example.org,2026-01-02T03:04:05\n"
    assert one.tip == _one(text, tmp_path, columns).tip


def test_a_number_that_a_workbook_has_rounded_is_no_identifier(tmp_path: Path) -> None:
    columns = {"no": "number", "id": "reported account"}
    data = workbook(("no", "id"), (17, 12345678901234567890), (18, 123456789012))
    first, second = take(data, tmp_path, mapping=mapping_of(columns))
    assert identifiers(first.tip) == []
    assert "lost its last digits" in first.tip.unknown[0].value
    assert identifiers(second.tip) == ["reported Account 123456789012"]


def test_claims_in_a_workbook_are_read_like_the_csv(tmp_path: Path) -> None:
    head = ("agency", "investigation", "kind", "value", "role")
    data = workbook(head, ("north", "N-1", "email", "kim@example.org", "suspect"))
    (one,) = take(data, tmp_path)
    assert type(one.outcome).__name__ == "ClaimRecord"


def test_a_claims_file_of_one_investigation_may_be_aworkbook() -> None:
    data = workbook(("kind", "value", "role"), ("email", "kim@example.org", "suspect"))
    (line,) = read_claim_file(data, agency="north", reference="N-1", policy=Policy(synthetic=True))
    assert line.draft is not None
    assert line.draft.identifier.key == "kim@example.org"
    with pytest.raises(UnreadableDocumentError, match="broken"):
        list(
            read_claim_file(
                data[:300], agency="north", reference="N-1", policy=Policy(synthetic=True)
            )
        )


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_separators_and_marks(mark: str, tmp_path: Path) -> None:
    text = f"\ufeffno{mark}mail\r\n17{mark}kim@example.org\r\n"
    found = _one(text, tmp_path, {"no": "number", "mail": "reported email"})
    assert identifiers(found.tip) == ["reported Email kim@example.org"]
