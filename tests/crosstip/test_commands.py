"""The command line as a person uses it: a folder in, answers out, sentences on errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet
from typer.testing import CliRunner

from crosstip.commands.schema import reference_pages
from crosstip.identity import WITHOUT_USERS
from crosstip.main import app
from graph.engines.embedded import EmbeddedEngine, attach
from tests.stores import ENGINE_JAVA, FOR_MINUTES
from world.generate import write_world

pytestmark = pytest.mark.timeout(400)

TIP = {
    "reportId": "123456789",
    "crosstipSynthetic": True,
    "dateReceived": "2026-01-02T03:04:05Z",
    "reportedInformation": {
        "reportingEsp": {"espName": "Chatterbox Example"},
        "incidentSummary": {"incidentType": "Online Enticement of Children for Sexual Acts"},
        "reportedPeople": {
            "reportedPersons": [
                {"emails": {"emails": [{"value": "Someone@Example.com", "verified": True}]}}
            ]
        },
    },
}


class CommandLine:
    """Runs `crosstip` on one data directory: here, or in a process of its own, which costs more."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def __call__(self, *arguments: str | Path, code: int = 0, stdin: str = "") -> str:
        """Run a command in this process and give what it prints, errors last."""
        unset: dict[str, str | None] = {
            name: None
            for name in os.environ
            if name.startswith("CROSSTIP_") and name != ENGINE_JAVA
        }
        done = CliRunner().invoke(
            app,
            list(map(str, arguments)),
            env=unset | {"CROSSTIP_DATA_DIR": str(self.data_dir)},
            input=stdin,
        )
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert done.exit_code == code, done.output
        return done.stdout + without_notice(done.stderr)

    def apart(self, *arguments: str | Path, code: int = 0, stdin: str = "") -> str:
        """Run a command as a person does, in a process of its own, and give what it prints."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("CROSSTIP_") or name == ENGINE_JAVA
        }
        done = subprocess.run(
            [sys.executable, "-m", "crosstip.main", *map(str, arguments)],
            env=kept | {"CROSSTIP_DATA_DIR": str(self.data_dir)},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + without_notice(done.stderr)

    def engine(self) -> EmbeddedEngine:
        """Keep one engine for all commands while this is held."""
        self.data_dir.mkdir(mode=0o700, exist_ok=True)
        return attach(self.data_dir / "engine", java=FOR_MINUTES)


def without_notice(text: str) -> str:
    """Leave out what every command says to standard error while no user is entered."""
    return text.replace(WITHOUT_USERS + "\n", "")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of synthetic tips with agencies and claims."""
    folder = tmp_path_factory.mktemp("county")
    write_world(folder, seed=3, tips=150)
    return folder


@pytest.fixture(scope="module")
def crosstip(tmp_path_factory: pytest.TempPathFactory, county: Path) -> Iterator[CommandLine]:
    """The command on a store that has taken the county in; its engine waits for the next one."""
    command = CommandLine(tmp_path_factory.mktemp("data"))
    said = command.apart("ingest", "--synthetic", *(county / n for n in ("tips", "agencies.csv")))
    assert "new tip" in said
    assert "have a strong link" in said
    with command.engine():
        command("ingest", "--synthetic", county / "claims.csv")
        yield command


def test_the_same_folder_again_changes_nothing(crosstip: CommandLine, county: Path) -> None:
    before = crosstip("figures", "--json")
    said = json.loads(crosstip("ingest", "--synthetic", "--json", county / "tips"))
    assert set(said["recorded"]) == {"duplicate"}

    def without_log(text: str) -> list[object]:
        return [row for row in json.loads(text) if row["label"] != "AuditEntry"]

    assert without_log(crosstip("figures", "--json")) == without_log(before)


def test_a_hand_written_tip_a_broken_one_and_media(crosstip: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "good.json").write_text(json.dumps(TIP))
    (tmp_path / "broken.json").write_text(json.dumps(TIP)[:-20])
    (tmp_path / "picture.json").write_bytes(b"\xff\xd8\xff\xe0" + os.urandom(3000))
    said = json.loads(crosstip("ingest", "--json", tmp_path, code=3))
    assert (said["recorded"], said["quarantined"]) == ({"new tip": 1}, 2)
    shown = json.loads(crosstip("show", "123456789", "--json"))
    assert [a["identifier"] for a in shown["assertions"]] == ["someone@example.com"]
    found = json.loads(crosstip("search", "SOMEONE@example.com", "--json"))
    assert [t["key"] for t in found["found"][0]["tips"]] == ["ncmec:123456789"]
    entries = json.loads(crosstip("quarantine", "list", "--json"))["entries"]
    assert {e["name"] for e in entries} == {"broken.json", "picture.json"}
    broken = next(e for e in entries if e["name"] == "broken.json")
    assert "reportId" in crosstip("quarantine", "show", broken["id"])
    crosstip("quarantine", "retry", code=3)
    for entry in entries:
        crosstip("quarantine", "dismiss", entry["id"], "--why", "test")
    states = json.loads(crosstip("quarantine", "list", "--json"))["entries"]
    assert {e["state"] for e in states} == {"dismissed"}


def test_standard_input_is_taken(crosstip: CommandLine) -> None:
    other = json.dumps(TIP | {"reportId": "123456780"})
    said = json.loads(crosstip.apart("ingest", "-", "--json", stdin=other))
    assert said["recorded"] == {"new tip": 1}


def test_answers_in_words(crosstip: CommandLine, county: Path) -> None:
    truth = json.loads((county / "truth.json").read_text())
    start = truth["showcase"]["start"]
    shared = [item for one in truth["offenders"] for item in one["shared"]]
    address = next(item["value"] for item in shared if item["kind"] == "Email")
    links = crosstip("links", start)
    assert "investigative lead, not identification" in links
    assert "SYNTHETIC" in links
    strongest = json.loads(crosstip("links", start, "--json"))["links"][0]
    assert "at least this strong" in strongest["chance"]
    linked = strongest["tip"]["key"]
    explained = crosstip("explain", start, linked)
    assert "Grade " in explained
    assert "strong from" in explained
    grouped = crosstip("groups", start)
    assert "investigative lead, not identification" in grouped
    assert linked in grouped
    assert "The tip that was asked for." in grouped
    assert "It shares with ncmec:" in grouped
    chains = json.loads(crosstip("paths", start, linked, "-k", "1", "--json"))["chains"]
    assert [tip["key"] for tip in chains[0]["tips"]] == [f"ncmec:{start}", linked]
    assert "Chain 1: " in crosstip("paths", linked, start)
    said = crosstip("judge", "not-same", start, linked, "--why", "brothers")
    assert f"Kept apart: {min(f'ncmec:{start}', linked)}" in crosstip("groups", start)
    again = json.loads(crosstip("links", start, "--json"))
    assert again["apart"] == [linked]
    assert linked not in {link["tip"]["key"] for link in again["links"]}
    key = said.partition("judge undo ")[2].split()[0]
    crosstip("judge", "undo", key, "--why", "mistaken")
    judged = json.loads(crosstip("judge", "list", "--json"))
    assert [row["verdict"] for row in judged] == ["undone", "not the same"]
    refused = crosstip("judge", "same", start, linked, "--why", " ", code=1)
    assert "A judgement needs a reason" in refused
    assert "who mentions it" in crosstip("history", address)
    assert "Counted" in crosstip("links", "snapshot")
    assert "meets" in crosstip("overlaps")
    assert "ncmec:" in crosstip("tips", "--limit", "3")
    assert "links.shared" in crosstip("query")
    rows = json.loads(crosstip("query", "tips.show", "--param", f"tip=ncmec:{start}", "--json"))
    assert rows[0]["key"] == f"ncmec:{start}"
    assert "constraints" in crosstip("schema")


def _processes(*arguments: str, says: str) -> ParameterSet:
    """Give a command for the long run: each start of a process takes seconds."""
    return pytest.param(arguments, says, marks=pytest.mark.long)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("figures",), "Tip"),
        _processes("quarantine", "list", "--all", says="uarantine"),
        _processes("tips", "--limit", "3", says="ncmec:"),
        _processes("links", "weights", says="Version 4"),
        _processes("judge", "list", "--json", says="["),
        _processes("states", "list", says="SYNTHETIC"),
        (("audit", "logs"), "records"),
    ],
)
def test_commands_of_each_group_run_as_processes(
    crosstip: CommandLine, arguments: tuple[str, ...], says: str
) -> None:
    assert says in crosstip.apart(*arguments)


def test_weights_and_chance_in_words(crosstip: CommandLine) -> None:
    assert "Version 4" in crosstip("links", "weights")
    assert "of strangers, expected" in crosstip("links", "chance", "--estimate")
    assert json.loads(crosstip("links", "chance", "--json"))["weights"] == "4"
    assert "of 0 pairs judged the same actor" in crosstip("links", "compare", "4", "3")
    missing = crosstip("links", "compare", "4", "nothing.toml", code=1)
    assert "There is no file nothing.toml" in missing
    few = crosstip("links", "fit", "new.toml", "--version", "site-1", code=1)
    assert "at least 20 of each are needed" in few
    taken = crosstip("links", "fit", "new.toml", "--version", "4", code=1)
    assert "There is a version 4 already" in taken
    nowhere = crosstip("links", "fit", "nowhere/new.toml", "--version", "site-1", code=1)
    assert "Nothing was estimated" in nowhere


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("links", "1"), 1, "There is no tip ncmec:1"),
        (("query", "nothing"), 1, "There is no query nothing"),
        (("query", "tips.show"), 1, "needs tip"),
        (("query", "tips.show", "--param", "x"), 1, "NAME=VALUE"),
        (("ingest", "/nowhere/at/all"), 1, "does not exist"),
        (("ingest", "--report-number", "5"), 2, "exactly one document"),
        (("withdraw", "1", "--why", "x"), 1, "There is no tip"),
        (("quarantine", "show", "0" * 16), 1, "quarantine"),
    ],
)
def test_errors_are_sentences(
    crosstip: CommandLine, arguments: tuple[str, ...], code: int, says: str
) -> None:
    assert says in crosstip(*arguments, code=code)


@pytest.mark.long
def test_a_real_store_refuses_synthetic_documents(tmp_path: Path, county: Path) -> None:
    real = CommandLine(tmp_path / "real")
    with real.engine():
        real("schema")
        assert "This store is real" in real("ingest", "--synthetic", county / "tips", code=1)


def test_a_neo4j_without_its_password_is_a_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "crosstip.main", "schema"]
    env = os.environ | {"CROSSTIP_DATA_DIR": str(tmp_path), "CROSSTIP_STORE": "bolt://127.0.0.1:1"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "CROSSTIP_STORE_PASSWORD" in done.stderr


@pytest.mark.parametrize("name", sorted(reference_pages()))
def test_reference_pages_are_those_of_the_declarations(name: str) -> None:
    page = Path(__file__).parents[2] / "docs" / name
    assert page.read_text(encoding="utf-8") == reference_pages()[name], "run `crosstip reference`"
