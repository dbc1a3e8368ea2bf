"""Every command that opens the store does so under a name, through one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import crosstip.commands
from crosstip.identity import WITHOUT_USERS
from crosstip.main import app
from graph.clock import now_us
from graph.services.holders import hold_tips
from graph.services.recording import record
from tests.deliveries import delivery, email
from tests.graph.services.people import staff
from tests.stores import RunningStore

COMMANDS = Path(crosstip.commands.__file__).parent
EXEMPT = {
    "schema": "the operator's at the machine: brings the store up to date",
    "user first-operator": "whoever has the machine, while no operator is in service",
    "user break-glass": "whoever has the machine, when no operator can let another one in",
    "reference": "writes pages from the declarations",
    "world": "writes files",
    "demo": "makes a store of its own, synthetic",
    "serve api": "serves the API, which has log-ins of its own",
    "serve dashboard": "the same",
    "backup-key": "writes a file",
    "restore": "the operator's at the machine: there is no store yet that knows users",
    "bench links": "makes stores of its own",
    "bench weights": "makes stores of its own",
    "bench link-times": "makes stores of its own",
    "bench chance": "makes stores of its own",
    "bench states": "makes stores of its own",
    "bench ingest": "makes stores of its own",
    "bench formats": "makes files of its own",
    "bench near": "makes stores of its own",
    "bench queue": "makes stores of its own",
    "bench deconflict": "makes stores of its own",
    "bench load": "makes stores of its own",
    "bench caseload": "makes stores of its own",
    "links weights": "prints a table that comes with Crosstip",
    "investigation purposes": "prints a table that comes with Crosstip",
    "route areas show-shipped": "prints a table that comes with Crosstip",
    "check patterns": "prints a table that comes with Crosstip",
    "remote check": "asks an API, whose key says who asks",
    "remote check-file": "the same",
    "remote links": "the same",
    "remote conflicts": "the same",
    "remote export": "the same",
    "remote extract": "the same",
    "remote hand-in": "the same",
    "remote propose": "the same",
    "audit compare": "compares files",
    "custody verify": "checks a file",
    "feedback words": "prints a table that comes with Crosstip",
    "audit key new": "the key is a file of whoever has the machine",
    "audit key rotate": "the same",
    "audit key show": "the same",
}
OPENERS = {"opened", "open_store"}
MAY_OPEN = {
    ("schema.py", "schema"),
    ("users.py", "make_first_operator"),
    ("log_ons.py", "break_glass"),
    ("showcase.py", "demo"),
}


def commands() -> Iterator[tuple[str, set[str]]]:
    """Give every command with the names of its parameters."""

    def walk(command: object, path: tuple[str, ...]) -> Iterator[tuple[str, set[str]]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            params = getattr(command, "params", [])
            yield " ".join(path), {str(param.name) for param in params}
            return
        for name, found in inner.items():
            yield from walk(found, (*path, name))

    return walk(typer.main.get_command(app), ())


def test_every_command_takes_a_name_or_says_why_it_needs_none() -> None:
    found = dict(commands())
    assert len(found) > 70
    assert {name for name, params in found.items() if "user" not in params} == set(EXEMPT)


def test_nothing_but_the_door_opens_the_store() -> None:
    opening: set[tuple[str, str]] = set()
    for path in COMMANDS.glob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            named = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
            if not named.isdisjoint(OPENERS):
                opening.add((path.name, function.name))
    assert opening == MAY_OPEN


def test_every_door_is_given_the_name() -> None:
    doors = 0
    for path in COMMANDS.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "desk":
                doors += 1
                assert getattr(call.args[0], "id", "") == "user", f"{path.name}:{call.lineno}"
    assert doors > 50


def test_what_is_shown_is_in_the_log_of_the_agency_with_its_policy(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = running_store.settings
    for name, value in (
        ("CROSSTIP_DATA_DIR", str(settings.data_dir)),
        ("CROSSTIP_STORE", settings.store),
        ("CROSSTIP_STORE_USER", settings.store_user),
    ):
        monkeypatch.setenv(name, value)
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())
    monkeypatch.delenv("CROSSTIP_USER", raising=False)

    def run(*arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(app, list(arguments))
        assert done.exit_code == code, done.output
        return " ".join(done.output.split())

    said = [email("x@example.com")]
    record(running_store.store, [delivery("1", said), delivery("2", said)], actor="test")
    assert WITHOUT_USERS in run("show", "1")
    people = staff(running_store.store, "north", "south", at_us=now_us())
    tips = ["ncmec:1", "ncmec:2"]
    hold_tips(people["lead.north"], running_store.store, tips, agency="north")
    assert "give --as USER" in run("show", "1", code=1)
    assert "ncmec:2" in run("links", "1", "--as", "lead.north")
    assert "There is no tip ncmec:1" in run("links", "1", "--as", "lead.south", code=1)
    refused = run("links", "1", "--as", "ops", code=1)
    assert "No policy permits link.read to you; needed: one of these roles: analyst" in refused
    assert "There is no tip" in run("show", "9", "--as", "boss.north", code=1)
    assert "lead.north" in run("audit", "ledger", "ncmec:1", "--as", "audit.north")
    assert "lead.north" not in run("audit", "ledger", "ncmec:1", "--as", "audit.south")
    for log in ("agency:north", "operator"):
        assert "forbidden by" in run(
            "audit", "keep", "x", "--log", log, "--as", "audit.south", code=1
        )
    leaves = running_store.rows(
        "MATCH (e:AuditEntry) WHERE e.action IN ['tip.read', 'link.read'] RETURN e.log, e.actor, "
        "e.action, e.object, e.disclosed, e.decision, e.policies, e.outcome ORDER BY e.at_us"
    )
    south = leaves.pop(2)
    assert (south[0], south[5], south[7]) == ("agency:south", "deny", "refused: no such record")
    assert [leaf[0] for leaf in leaves] == ["operator", "agency:north", "operator", "agency:north"]
    assert leaves[0][6] == ["installation.without_users"]
    assert leaves[1][1:] == (
        *("lead.north", "link.read", "ncmec:1", ["ncmec:2"], "permit", ["tips.read"], "done"),
    )
    assert (leaves[2][5], leaves[2][6]) == ("deny", None)
    assert (leaves[3][5], leaves[3][7]) == ("deny", "refused: no such record")
