"""Alerts: look-ups and claims that form a pattern, and planted identifiers that were met.

They are written in the transaction that answers, change nothing in the answer, and hold no
identifier. The asker's supervisors and the operators are told; of a canary its planter too.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.enumeration import RULES, Pattern, patterns
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms
from graph.casework.terms import DAY_US, LONGEST_US
from graph.clock import iso
from graph.errors import RowError
from graph.identifiers.core import Identifier
from graph.queries.budgets import ALERTS, AlertRow, AlertsParams
from graph.queries.checks import (
    CANARIES,
    CLAIMED_BY,
    LOOKED,
    MOST_KEYS,
    CanaryParams,
    CanaryRow,
    ClaimedByParams,
    LookedParams,
)
from graph.rows import PropertyRow
from graph.services.acting import About, Seen, act, leaf, look, note
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.audit_reads import ReadLog
from graph.store import ReadUnit, Store, WriteUnit

_CANARY = "canary"
_ACTION = "check.alert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Which check, or claims, raise alerts, for the sentences and leaves."""

    ref: str
    investigation: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Notice:
    rule: str
    text: str
    object: str
    place: str
    """What makes the alert one of its kind."""
    planter: tuple[str, str] | None = None
    """Agency and user who planted what was met."""


def plant(
    caller: Caller, store: Store, *, identifier: Identifier, until_us: int | None = None
) -> str:
    """Plant an identifier that nobody has reason to ask about, and give its name.

    Raises:
        RightsError: the caller is no supervisor.
        RowError: its end lies in the past, or over five years on.
    """
    ref = uuid.uuid4().hex
    end_us = caller.as_of_us + LONGEST_US if until_us is None else until_us
    about = About(object=ref)

    def work(unit: WriteUnit) -> str:
        if not caller.as_of_us < end_us <= caller.as_of_us + LONGEST_US:
            raise RowError("A canary ends in the future, five years from now at most.")
        row: PropertyRow = {
            "key": ref,
            "kind": identifier.kind.value,
            "identifier": identifier.key,
            "agency": agency_of(caller),
            "planted_by": caller.user,
            "planted_us": caller.as_of_us,
            "until_us": end_us,
        }
        unit.insert_nodes("Canary", [row])
        note(unit, caller, [leaf(caller, Deed.CANARY_PLANT, about, outcome="planted")])
        return ref

    return act(caller, store, deed=Deed.CANARY_PLANT, about=about, work=work)


def list_alerts(
    caller: Caller, store: Store, *, reads: ReadLog, days: int = 30
) -> tuple[AlertRow, ...]:
    """Give the alerts that the caller is told, the last one first; none about the own look-ups.

    Raises:
        RightsError: the caller is neither supervisor nor operator.
    """
    params = AlertsParams(
        agency=agency_of(caller), user=caller.user, since_us=caller.as_of_us - days * DAY_US
    )

    def work(unit: ReadUnit) -> Seen[tuple[AlertRow, ...]]:
        rows = tuple(
            row
            for row in unit.read(ALERTS, params)
            if confirms(
                caller,
                Deed.CHECK_ALERTS,
                resource=Resource(owner=caller.agency, asked_by=row.asker),
            )
        )
        return Seen(answer=rows, outcome="listed", disclosed=tuple(row.object for row in rows))

    return look(caller, store, deed=Deed.CHECK_ALERTS, about=About(), reads=reads, work=work)


def raise_alerts(
    unit: WriteUnit,
    caller: Caller,
    asking: Asking,
    looked: Sequence[tuple[str, str]],
    *,
    typed: Sequence[tuple[str, str]],
    raised: Sequence[str],
    hidden: Collection[tuple[str, str]] = (),
) -> tuple[str, ...]:
    """Write the alerts that a check, or claims, raise, and give the rules that raised one now.

    `looked` is everything that was looked up or claimed, `typed` what of it enters the patterns;
    `raised` are the rules that raised an alert today already. Of what is `hidden`, claimed
    silently or sealed, no other agency is told.
    """
    notices = [
        _of_canary(row, asking, is_hidden=(row.kind, row.identifier) in hidden)
        for row in _canaries(unit, caller, looked)
    ]
    day = str(caller.as_of_us // DAY_US)
    found = [rule for rule in _patterns(unit, caller, typed) if rule.rule not in raised]
    notices += [_of_pattern(rule, asking, day) for rule in found]
    rows = [row for told in notices for row in _rows(caller, asking, told)]
    unit.insert_nodes("Alert", rows)
    add_leaves(unit, _leaves(caller, asking, notices), actor=caller.user, at_us=caller.as_of_us)
    return tuple(rule.rule for rule in found)


def _canaries(unit: ReadUnit, caller: Caller, looked: Sequence[tuple[str, str]]) -> list[CanaryRow]:
    wanted = set(looked)
    keys = sorted({key for _, key in wanted})
    return [
        row
        for start in range(0, len(keys), MOST_KEYS)
        for row in unit.read(
            CANARIES, CanaryParams(now_us=caller.as_of_us, keys=keys[start : start + MOST_KEYS])
        )
        if (row.kind, row.identifier) in wanted
    ]


def _patterns(
    unit: ReadUnit, caller: Caller, typed: Sequence[tuple[str, str]]
) -> tuple[Pattern, ...]:
    if not {kind for kind, _ in typed} & {rule.kind.value for rule in RULES}:
        return ()
    rows = unit.read(LOOKED, LookedParams(now_us=caller.as_of_us, asker=caller.user))
    before = [text.partition("|") for row in rows for text in row.looked]
    since_us = caller.as_of_us - DAY_US
    claimed = unit.read(CLAIMED_BY, ClaimedByParams(asker=caller.user, since_us=since_us))
    return patterns(
        [
            *((kind, key) for kind, _, key in before),
            *((row.kind, row.identifier) for row in claimed),
            *typed,
        ]
    )


def _of_canary(row: CanaryRow, asking: Asking, *, is_hidden: bool) -> _Notice:
    return _Notice(
        rule=_CANARY,
        text="A planted identifier was asked about, which nobody has reason to know.",
        object=row.key,
        place=f"{row.key}|{asking.ref}",
        planter=None if is_hidden else (row.agency, row.planted_by),
    )


def _of_pattern(found: Pattern, asking: Asking, day: str) -> _Notice:
    return _Notice(
        rule=found.rule,
        text=f"Within a day {found.found} look-ups and claims were of {found.meaning}.",
        object=asking.ref,
        place=f"{found.rule}|{day}",
    )


def _rows(caller: Caller, asking: Asking, told: _Notice) -> list[PropertyRow]:
    """Give one alert for the asker's supervisors, one for the operators, one for a planter."""
    own = agency_of(caller)
    to: list[tuple[str, str | None]] = [(own, None), ("", None)]
    if told.planter is not None and told.planter[0] != own:
        to.append(told.planter)
    return [
        {
            "key": f"{agency}|{user or ''}|{caller.user}|{told.place}",
            "to_agency": agency,
            "to_user": user,
            "rule": told.rule,
            "text": f"{told.text} Asked by {caller.user} at {iso(caller.as_of_us)}.",
            "asker": caller.user,
            "asker_agency": own,
            "investigation": asking.investigation if agency == own else None,
            "purpose": asking.purpose,
            "object": told.object,
            "at_us": caller.as_of_us,
        }
        for agency, user in to
    ]


def _leaves(caller: Caller, asking: Asking, notices: Sequence[_Notice]) -> list[Leaf]:
    """Give a leaf for the log of everybody who is told."""
    return [
        Leaf(
            action=_ACTION,
            object=told.object,
            outcome=told.rule,
            agency=agency,
            purpose=asking.purpose,
        )
        for told in notices
        for agency in _logs(caller, told)
    ]


def _logs(caller: Caller, told: _Notice) -> list[str | None]:
    planter = told.planter[0] if told.planter is not None else None
    own = agency_of(caller)
    return [None, own] if planter is None or planter == own else [None, own, planter]
