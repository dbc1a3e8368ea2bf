"""What anybody is told of how much the store holds does not change with hidden work."""

from __future__ import annotations

import json

import pytest

from graph.casework.vocabulary import ClaimRole, Visibility
from graph.clock import now_us
from graph.services.check_alerts import plant
from graph.services.checks import check
from graph.services.figures import figures_of
from graph.services.recording import record
from tests.crosstip.test_hash_list_commands import Commands
from tests.deliveries import delivery, email
from tests.graph.services.casework import case, claimed, draft, mail
from tests.graph.services.checks.county import PLENTY, County
from tests.graph.services.people import DAY_US, staff
from tests.stores import RunningStore


def test_hidden_work_is_counted_for_operators_alone(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, store, crosstip = running_store.settings, running_store.store, Commands()
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())
    people = staff(store, "north", "south", at_us=now_us())
    record(store, [delivery("1", [email("said@example.com")], holder="south")], actor="test")
    lead, boss = people["lead.south"], people["boss.north"]
    tellers = ("boss.south", "audit.south")
    asked = ("figures", "--json", "--as")
    named = ("query", "meta.held_counts", "--json", "--as")

    def told() -> list[str]:
        return [crosstip(*asked, who) for who in tellers] + [crosstip(*named, "lead.south")]

    before, whole = told(), {r.label: r.total for r in figures_of(store, everything=True)}
    assert json.loads(before[0])[-2:] == [
        {"label": "Tip", "total": 1},
        {"label": "TipVersion", "total": 1},
    ]
    north, south = case(boss, store, "26-N"), case(lead, store, "26-S")
    soon = boss.as_of_us + DAY_US
    claimed(
        boss,
        store,
        north,
        draft("a@example.com", visibility=Visibility.SILENT, silent_until_us=soon),
        draft("b@example.com", visibility=Visibility.SEALED, sealed_to="chief.north"),
        draft("c@example.com", role=ClaimRole.OFFICER_PERSONA, predicate=None),
        draft("d@example.com"),
    )
    plant(boss, store, identifier=mail("e@example.com"))
    at = County(running=running_store, people=people, north=north, south=south, refs={})
    lines = at.question("a@example.com", "d@example.com", "e@example.com")
    check(lead, store, question=lines, rules=PLENTY)
    assert told() == before
    grown = {r.label: r.total for r in figures_of(store, everything=True)}
    more = {label for label, total in grown.items() if total > whole[label]}
    hidden = {"Email", "Investigation", "Claim", "Conflict", "Notification", "Check"}
    assert more - {"AuditEntry"} == hidden | {"Canary", "Alert"}
    shown = {row["label"]: row["total"] for row in json.loads(crosstip(*asked, "ops"))}
    assert {label: shown[label] for label in hidden} == {label: grown[label] for label in hidden}
    assert (
        "there is no query"
        in crosstip("query", "meta.holdings", "--as", "lead.south", code=1).casefold()
    )
