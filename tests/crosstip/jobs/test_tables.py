"""Tables of tips over HTTP: a mapping proposed, a table taken in under it, and every row told."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.crosstip.jobs.office import BOSS, LEAD, OTHER, Office, commanded, office
from tests.ingest.formats.sheets import workbook
from tests.stores import RunningStore

MAPPING = """format = "crosstip-mapping/1"
source = "webform"
reporter_role = "parent"
[columns]
"Ticket no" = "number"
"Your e-mail" = "reporter email"
"Their e-mail" = "reported email"
"""
HEADER = ("Ticket no", "Your e-mail", "Their e-mail")
ROWS = (
    ("17", "parent@example.org", "kim@example.com"),
    ("18", "parent@example.org", "lee@example.com"),
    ("x" * 70, "parent@example.org", "max@example.com"),
)
"""The last one has no number that a tip can have."""


@pytest.fixture
def at(running_store: RunningStore, tmp_path: Path) -> Iterator[Office]:
    """An office."""
    with office(running_store, tmp_path) as found:
        yield found


def csv_of(*rows: tuple[str, ...]) -> bytes:
    """Give a CSV file."""
    return "".join(f"{','.join(row)}\n" for row in rows).encode()


def sent(at: Office, user: str, table: bytes, **more: Any) -> httpx.Response:
    """Hand a table in."""
    wanted = {"mapping": MAPPING, "name": "form.csv", "synthetic": True, **more}
    body = {"table": b64encode(table).decode(), **wanted}
    return at.people[user].post("/v1/documents/table", json=body)


def test_a_table_is_taken_in_under_its_mapping_and_every_row_is_told(
    at: Office, tmp_path: Path
) -> None:
    made = sent(at, LEAD, csv_of(HEADER, *ROWS))
    assert made.status_code == 202, made.text
    assert made.json()["total"] == 3
    book = sent(at, LEAD, workbook(HEADER, ("19", ROWS[0][1], "pat@example.com")), name="f.xlsx")
    assert at.worked() == 2
    found = at.job(made.json()["key"])["documents"]
    assert [(part["name"], part["outcome"]) for part in found["parts"]] == [
        ("form.csv, row 2", "new tip"),
        ("form.csv, row 3", "new tip"),
        ("form.csv, row 4", "quarantined"),
    ]
    tips = [part["tip"] for part in found["parts"]]
    assert tips == ["webform:17", "webform:18", None]
    (entry,) = found["quarantine"]
    assert found["parts"][2]["entry"] == entry
    line = at.people[BOSS].get(f"/v1/quarantine/{entry}").json()
    assert "max@example.com" not in str(line)
    assert at.job(book.json()["key"])["documents"]["tips"] == ["webform:19"]
    # Who reports is never a subject.
    roles = at.running.rows(
        "MATCH (t:Tip {key: 'webform:17'})-[a:ASSERTS]->(e:Email) RETURN e.key, a.role "
        "ORDER BY e.key"
    )
    assert roles == [("kim@example.com", "reported"), ("parent@example.org", "parent_guardian")]
    assert at.people[OTHER].get("/v1/tips/webform:17").status_code == 404
    # A tip that is not the agency's any more is not named in its row either.
    at.running.rows("MATCH (t:Tip {key: 'webform:17'}) SET t.holders = []")
    assert at.job(made.json()["key"])["documents"]["parts"][0]["tip"] is None

    table, mapping = tmp_path / "more.csv", tmp_path / "map.toml"
    table.write_bytes(csv_of(HEADER, ("20", *ROWS[0][1:]), ROWS[2]))
    mapping.write_text(MAPPING)
    words = ("hand-in", str(table), "--mapping", str(mapping), "--synthetic")
    said = commanded(at, LEAD, *words, code=3)
    assert "webform:20" in said
    assert "more.csv, row 3" in said


def test_what_does_not_fit_is_refused_before_anything_is_received(at: Office) -> None:
    no_reporter = MAPPING.replace('reporter_role = "parent"\n', "")
    for given, why in (
        ({"mapping": no_reporter}, "it must say who reports"),
        ({"mapping": "columns = ["}, "no TOML"),
        ({"table": "%%%"}, "does not fit"),
        ({"holder": "birch"}, "birch"),
    ):
        body = {"table": b64encode(csv_of(HEADER, ROWS[0])).decode(), "mapping": MAPPING}
        answer = at.people[LEAD].post("/v1/documents/table", json=body | given)
        assert answer.status_code in (403, 422), answer.text
        assert why in answer.text or "right" in answer.text
        assert ROWS[0][1] not in answer.text
    assert not (at.data_dir / "uploads").exists() or not list((at.data_dir / "uploads").iterdir())
    assert at.people[LEAD].get("/v1/jobs").json()["items"] == []
    # A table that the mapping is not for is received, and waits in quarantine whole.
    made = sent(at, LEAD, csv_of(("a", "b"), ("1", "2")))
    assert at.worked() == 1
    assert at.job(made.json()["key"])["documents"]["quarantined"] == 1


def test_a_mapping_is_proposed_and_tried_and_nothing_is_kept(at: Office, tmp_path: Path) -> None:
    table = tmp_path / "form.csv"
    table.write_bytes(csv_of(HEADER, *ROWS[:2]))
    body: dict[str, Any] = {"table": b64encode(table.read_bytes()).decode()}
    answer = at.people[LEAD].post("/v1/documents/table/proposal", json=body)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert {column["name"]: column["field"] for column in found["columns"]} == {
        "Ticket no": "number",
        "Your e-mail": "email",
        "Their e-mail": "email",
    }
    assert 'reporter_role = "?"' in found["mapping"], "who reports is never guessed"
    assert (found["rows"], found["would"]["tips looked at"]) == (2, 2)
    assert "kim@example.com" not in answer.text
    tried = at.people[LEAD].post("/v1/documents/table/proposal", json=body | {"mapping": MAPPING})
    assert tried.json()["would"]["Email of role parent_guardian, stated"] == 2
    for broken in (b"PK\x03\x04 not a workbook", b'{"a": 1}'):
        body["table"] = b64encode(broken).decode()
        refused = at.people[LEAD].post("/v1/documents/table/proposal", json=body)
        assert (refused.status_code, refused.json()["code"]) == (422, "unreadable-document")
    assert "reporter_role" in commanded(at, LEAD, "propose", str(table))
    assert at.count() == (0, 0)
    assert list(at.data_dir.iterdir()) in ([], [table])
