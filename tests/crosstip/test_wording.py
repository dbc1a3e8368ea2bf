"""What commands print for people: words, no empty tables, the nearest first, no endless list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crosstip.test_commands import TIP, CommandLine

pytestmark = pytest.mark.timeout(400)

NUMBER = "155555501"
AGENCIES = "agency,name,kind\nalder,Alder County,task force\nbirch,Birch City,affiliate\n"


def claims_of(count: int) -> str:
    """Give claims in which `count` pairs of investigations of two agencies meet."""
    lines = [
        f"{agency},{agency[0]}-{n},email,meet{n}@example.com,suspect"
        for n in range(count)
        for agency in ("alder", "birch")
    ]
    return "agency,investigation,kind,value,role\n" + "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def crosstip(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """The command on a store with two tips, two agencies and 53 pairs that meet."""
    folder = tmp_path_factory.mktemp("inbox")
    person = {"emails": {"emails": [{"value": "a@example.com"}]}}
    phone = {"phones": {"phones": [{"value": "+1 555 555 0123"}]}}
    for number, who in ((NUMBER, person), ("7001", phone)):
        information = TIP["reportedInformation"] | {  # type: ignore[operator]
            "reportedPeople": {"reportedPersons": [who]}
        }
        tip = TIP | {"reportId": number, "reportedInformation": information}
        (folder / f"{number}.json").write_text(json.dumps(tip))
    (folder / "agencies.csv").write_text(AGENCIES)
    command = CommandLine(tmp_path_factory.mktemp("data"))
    with command.engine():
        command("ingest", "--synthetic", folder)
        (folder / "claims.csv").write_text(claims_of(53))
        command("ingest", "--synthetic", folder / "claims.csv")
        yield command


def test_a_tip_is_shown_in_words(crosstip: CommandLine) -> None:
    shown = crosstip("show", NUMBER)
    for name in ("_us", "order_key", "stub", "provisional", "file_count", "['", "True", "False"):
        assert name not in shown
    for words in ("incident types", "Online Enticement", "urgency", "received by NCMEC"):
        assert words in shown
    assert re.search(r"urgency\s+│ (imminent danger|escalated|routine)", shown)


def test_a_tip_shows_no_empty_table(crosstip: CommandLine) -> None:
    shown = crosstip("show", NUMBER)
    for title in ("Files (", "Media cut out", "Other tips named", "Investigations that claim"):
        assert title not in shown
    assert "Assertions" in shown
    assert "Versions" in shown


def test_the_tip_of_a_number_comes_before_what_else_it_may_be(crosstip: CommandLine) -> None:
    said = crosstip("search", NUMBER)
    assert said.index("Tips with this number") < said.index("aken for")
    assert said.index(f"ncmec:{NUMBER}") < said.index("aken for")
    assert "Taken for" in crosstip("search", "a@example.com")


def test_overlaps_are_counted_and_the_first_fifty_printed(crosstip: CommandLine) -> None:
    said = crosstip("overlaps")
    assert "Pairs of investigations that meet: 53 (53 claim the same identifier" in said
    assert "For protection, possibly the same child: 0." in said
    assert said.count(" meets ") == 50
    assert "3 further pairs that meet are not shown: ask for them with --limit." in said
    assert crosstip("overlaps", "--limit", "60").count(" meets ") == 53
    assert crosstip("overlaps", "--limit", "2").count(" meets ") == 2


def test_overlaps_for_machines_are_whole_unless_a_limit_is_given(crosstip: CommandLine) -> None:
    assert len(json.loads(crosstip("overlaps", "--json"))["overlaps"]) == 53
    few = json.loads(crosstip("overlaps", "--json", "--limit", "2"))
    assert len(few["overlaps"]) == 2
    assert any("51 further" in sentence for sentence in few["cut_off"])


def test_a_query_that_stops_at_its_limit_says_so(crosstip: CommandLine) -> None:
    said = crosstip("query", "tips.page", "--param", "after=", "--param", "limit=2", "--json")
    assert "Only the first 2 rows are given" in said
    assert "Only" not in crosstip("query", "tips.page", "--param", "after=", "--json")


def test_quarantine_lists_what_waits_and_all_on_request(
    crosstip: CommandLine, tmp_path: Path
) -> None:
    assert "Nothing waits in quarantine" in crosstip("quarantine", "list")
    table = tmp_path / "bad.csv"
    table.write_text(
        "agency,investigation,kind,value,role\nalder,1,aura,blue,suspect\nalder,2,ip,x,suspect\n"
    )
    (tmp_path / "broken.json").write_text('{"reportId": "1')
    crosstip("ingest", "--synthetic", tmp_path, code=3)
    listed = crosstip("quarantine", "list")
    assert len(re.findall(r"│ (Line 2|Line 3): ", listed)) == 2
    entries = json.loads(crosstip("quarantine", "list", "--json"))["entries"]
    ids = {entry["name"]: entry["id"] for entry in entries}
    shown = crosstip("quarantine", "show", ids["bad.csv"])
    assert "\n  Line 2: its kind" in shown
    assert "\n  Line 3: " in shown
    crosstip("quarantine", "dismiss", ids["broken.json"], "--why", "a test file")
    listed = crosstip("quarantine", "list")
    assert "broken.json" not in listed
    assert "1 dismissed ones are not shown" in listed
    assert "broken.json" in crosstip("quarantine", "list", "--all")
    assert "a test file" in crosstip("quarantine", "show", ids["broken.json"])
    both = json.loads(crosstip("quarantine", "list", "--json"))["entries"]
    assert {entry["state"] for entry in both} == {"waiting", "dismissed"}
