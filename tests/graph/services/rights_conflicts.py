"""What may be done about checks, conflicts and notices, and a record of every kind for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.casework.caller import Caller
from graph.casework.check_settings import CheckSettings
from graph.casework.conflict_life import Resolution
from graph.casework.deeds import Deed
from graph.casework.vocabulary import ClaimRole, Visibility
from graph.identifiers.core import Policy
from graph.services.audit_reads import ReadLog
from graph.services.check_alerts import list_alerts, plant
from graph.services.check_budgets import budgets
from graph.services.check_question import Question
from graph.services.check_reading import asked_text
from graph.services.check_requests import approve, pending, request_for
from graph.services.checks import check, check_claims, check_tip
from graph.services.conflict_reading import list_conflicts, matrix, show_conflict
from graph.services.conflict_steps import acknowledge, coordinate, reopen, resolve, write_message
from graph.services.holders import hold_tips, release_tips
from graph.services.notices import acknowledge_notice, list_dead, list_notices, retry
from graph.services.recording import record
from graph.services.tip_access import look_at
from graph.services.tips import show_tip
from graph.services.upkeep import outbox_for, run_escalation, run_sweep
from graph.statements import FileStatement
from graph.store import Store
from tests.deliveries import delivery, email
from tests.graph.services.casework import case, claimed, draft, mail
from tests.graph.services.checks.county import AT_ONCE
from tests.graph.services.rights_trying import Operation

_TIP = "ncmec:1"
_WHY = "Because of the test."
_FIRST, _RESOLVED = 1, 2
"""Versions of a conflict that was opened, and of one that was resolved since."""


def _question(investigation: str) -> Question:
    line = asked_text("nobody@example.com", policy=Policy(synthetic=True))
    return Question(investigation=investigation, purpose="cybertip", lines=(line,))


DECONFLICTION: Mapping[str, Operation] = {
    "checks.check": lambda at: check(
        at.caller, at.store, question=_question(at.key), rules=AT_ONCE
    ),
    "checks.check_claims": lambda at: check_claims(
        at.caller, at.store, question=_question(at.key), rules=AT_ONCE
    ),
    "checks.check_tip": lambda at: check_tip(
        at.caller, at.store, tip=_TIP, question=_question(at.key), rules=AT_ONCE
    ),
    "check_requests.request_for": lambda at: request_for(
        at.caller, at.store, question=_question(at.key), ref="f" * 32, lines=51
    ),
    "check_requests.approve": lambda at: approve(at.caller, at.store, ref=at.key),
    "check_requests.pending": lambda at: pending(at.caller, at.store, reads=at.reads),
    "check_budgets.budgets": lambda at: budgets(
        at.caller, at.store, settings=CheckSettings(), reads=at.reads
    ),
    "check_alerts.list_alerts": lambda at: list_alerts(at.caller, at.store, reads=at.reads),
    "check_alerts.plant": lambda at: plant(
        at.caller, at.store, identifier=mail("canary@example.com")
    ),
    "conflict_reading.list_conflicts": lambda at: list_conflicts(
        at.caller, at.store, reads=at.reads
    ),
    "conflict_reading.matrix": lambda at: matrix(at.caller, at.store, reads=at.reads),
    "conflict_reading.show_conflict": lambda at: show_conflict(
        at.caller, at.store, ref=at.key, reads=at.reads
    ),
    "conflict_steps.acknowledge": lambda at: acknowledge(at.caller, at.store, ref=at.key),
    "conflict_steps.coordinate": lambda at: coordinate(
        at.caller, at.store, ref=at.key, expected=_FIRST
    ),
    "conflict_steps.resolve": lambda at: resolve(
        at.caller,
        at.store,
        ref=at.key,
        expected=_FIRST,
        resolution=Resolution.NO_CONFLICT,
        why=_WHY,
    ),
    "conflict_steps.reopen": lambda at: reopen(
        at.caller, at.store, ref=at.resolved, expected=_RESOLVED, why=_WHY
    ),
    "conflict_steps.write_message": lambda at: write_message(
        at.caller, at.store, ref=at.key, text="Call me."
    ),
    "notices.list_notices": lambda at: list_notices(at.caller, at.store, reads=at.reads),
    "notices.acknowledge_notice": lambda at: acknowledge_notice(at.caller, at.store, key=at.key),
    "notices.list_dead": lambda at: list_dead(at.caller, at.store, reads=at.reads),
    "notices.retry": lambda at: retry(at.caller, at.store),
    "holders.hold_tips": lambda at: hold_tips(at.caller, at.store, [_TIP], agency=at.key),
    "holders.release_tips": lambda at: release_tips(at.caller, at.store, [_TIP], agency=at.key),
    "tip_access.look_at": lambda at: look_at(
        at.caller,
        at.store,
        deed=Deed.TIP_READ,
        tip=at.key,
        reads=at.reads,
        work=lambda seen: show_tip(seen, at.key),
    ),
    "upkeep.run_sweep": lambda at: run_sweep(at.caller, at.store),
    "upkeep.run_escalation": lambda at: run_escalation(at.caller, at.store),
    "upkeep.outbox_for": lambda at: outbox_for(at.caller, at.store, worker="test"),
}


def deconfliction_keys(
    store: Store, people: Mapping[str, Caller], keys: Mapping[str, str]
) -> dict[str, str]:
    """Make conflicts, notices and lists that wait, and give their names by what they are to north.

    A conflict is `own` where lead and deputy of north are of its team, `colleague's` where they
    are not, `supervisors'` where only those are told, `sealed` where one supervisor is who tries
    nothing; of `untold` north is a side that is told nothing, of `another agency's` no side.
    """
    record(store, [delivery("1", [email("tip@example.com")], holder="north")], actor="test")
    found = _lists(store, people, keys) | _tips(store)
    west = case(people["boss.west"], store, "west case")
    south = {
        "": keys["another agency's case"],
        " resolved": case(people["boss.south"], store, "another agency's second case"),
    }
    chief, boss = people["chief.north"], people["boss.south"]
    sealed: dict[str, Any] = {"visibility": Visibility.SEALED, "sealed_to": "chief.north"}
    silent: dict[str, Any] = {
        "visibility": Visibility.SILENT,
        "silent_until_us": boss.as_of_us + 1,
    }
    persona: dict[str, Any] = {"role": ClaimRole.OFFICER_PERSONA, "predicate": None}
    mine = (chief, keys["own case"])
    seen: set[str] = set()
    for suffix, other in south.items():
        for name, (caller, in_case, terms), theirs in (
            ("own", (*mine, {}), {}),
            ("colleague's", (chief, keys["colleague's case"], {}), {}),
            ("supervisors'", (*mine, {}), persona),
            ("sealed", (*mine, sealed), {}),
            ("untold", (*mine, {}), silent),
            ("another agency's", (people["boss.west"], west, {}), {}),
        ):
            address = f"{len(seen)}.met@example.com"
            claimed(caller, store, in_case, draft(address, **terms))
            claimed(boss, store, other, draft(address, **theirs))
            ref = _new(store, people, seen)
            seen.add(ref)
            found[f"{name} conflict{suffix}"] = ref
            if suffix != "":
                who = chief if name == "sealed" else boss
                joined = Resolution.JOINED
                resolve(who, store, ref=ref, expected=_FIRST, resolution=joined, why=_WHY)
            elif name != "untold":
                readers = {"own": "lead.north", "another agency's": "boss.south"}
                reader = people[readers.get(name, "chief.north")]
                found[f"{name} notice"] = _notice(store, reader, ref)
    return found


def _tips(store: Store) -> dict[str, str]:
    """Take in tips that north holds, alone and with south, that south holds, and that nobody."""
    holders = {"own": ("north",), "shared": ("north", "south"), "another agency's": ("south",)}
    found: dict[str, str] = {}
    for number, (name, agencies) in enumerate({**holders, "nobody's": ()}.items(), start=11):
        found[f"{name} tip"] = f"ncmec:{number}"
        for agency in agencies or (None,):
            said = [email("tip@example.com")]
            files = [FileStatement(file_id="f1", classification="A1")]
            one = delivery(str(number), said, holder=agency, urgency=0, files=files)
            record(store, [one], actor="test")
    return found


def _lists(store: Store, people: Mapping[str, Caller], keys: Mapping[str, str]) -> dict[str, str]:
    """Have lists wait for approval: of whoever supervises and tries, and of others."""
    return {
        name: request_for(
            people[asker],
            store,
            question=_question(keys[investigation]),
            ref=f"{number:032x}",
            lines=51,
        ).key
        for number, (name, asker, investigation) in enumerate(
            (
                ("supervisor's own list", "boss.north", "own case"),
                ("colleague's list", "lead.north", "own case"),
                ("another agency's list", "boss.south", "another agency's case"),
            )
        )
    }


def _new(store: Store, people: Mapping[str, Caller], seen: set[str]) -> str:
    """Give the one conflict that somebody sees and nobody saw before."""
    reads = ReadLog(store)
    refs = {
        view.ref
        for name in ("boss.north", "chief.north", "boss.south")
        for view in list_conflicts(people[name], store, reads=reads, with_resolved=True)
    }
    (ref,) = refs - seen
    return ref


def _notice(store: Store, reader: Caller, ref: str) -> str:
    rows = list_notices(reader, store, reads=ReadLog(store))
    (key,) = {row.key for row in rows if row.object == ref}
    return key
