"""`ingest --guess`: proposes a mapping that works, shows what it would do, and keeps nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crosstip.main import app
from ingest.readers.table_mapping import read_mapping

_TABLE = (
    "Ticket no,Received,Reporter e-mail,Suspect user name,Suspect phone,Contact,Colour,"
    "What happened,MD5\n"
    "W-1,2026-01-02 03:04,kim@example.org,bad_guy,+1 555 010 0123,pen@example.com,blue,"
    "He wrote from ink@example.com,0123456789abcdef0123456789abcdef\n"
)


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a table, with no store anywhere near."""
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "tips.csv"
    path.write_text(_TABLE)
    return path


def test_a_proposal_names_columns_by_name_and_content_and_never_who_reports(table: Path) -> None:
    done = CliRunner().invoke(app, ["ingest", "--guess", "--json", str(table)])
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert 'reporter_role = "?"' in said["mapping"]
    mapping = read_mapping(said["mapping"].replace('"?"', '"parent"').encode())
    found = {name: (str(c.field), c.role and str(c.role)) for name, c in mapping.columns.items()}
    assert found == {
        "Ticket no": ("number", None),
        "Received": ("received", None),
        "Reporter e-mail": ("email", "reporter"),
        "Suspect user name": ("screen_name", "reported"),
        "Suspect phone": ("phone", "reported"),
        # By what stands in it; nobody says whose it is.
        "Contact": ("email", "mentioned"),
        "Colour": ("detail", None),
        "What happened": ("note", None),
        "MD5": ("hash", None),
    }
    assert said["would"]["Email of role mentioned, mined from text"] == 1
    assert said["would"]["ScreenName of role reported, stated"] == 1
    assert not (table.parent / "data").exists()


def test_a_mapping_that_was_changed_is_tried_the_same_way(table: Path) -> None:
    mapping = table.with_name("m.toml")
    mapping.write_text(
        'format = "crosstip-mapping/1"\nsource = "form"\nreporter_role = "parent"\n'
        '[columns]\n"Ticket no" = "number"\n"Contact" = "reported email"\n'
    )
    done = CliRunner().invoke(app, ["ingest", "--guess", "--mapping", str(mapping), str(table)])
    assert done.exit_code == 0, done.output
    assert "Email of role reported, stated" in done.stdout
    assert "Nothing was taken in." in done.stdout
    assert "kim@example.org" not in done.stdout


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--guess"], "Name one file"),
        (["--guess", "/nowhere/at/all"], "Name one file"),
        (["--mapping", "/nowhere/at/all", "x"], "cannot be read"),
    ],
)
def test_wrong_use_is_told(given: list[str], told: str, table: Path) -> None:
    done = CliRunner().invoke(app, ["ingest", *given])
    assert done.exit_code != 0
    assert told in done.output
    assert not (table.parent / "data").exists()
