"""Checks: does anybody else already work this, as far as the asker may be told?

Fails closed: an answer leaves when its leaf, its charge and its consequences are committed, else
every line says `not checked`. Answers, refusals too, leave at full multiples of a set time.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from graph.casework.caller import Caller
from graph.casework.check_settings import CheckSettings
from graph.casework.deeds import Deed
from graph.casework.purposes import CHECK, is_purpose
from graph.casework.rights import agency_of
from graph.errors import StoreError
from graph.queries.budgets import RequestRow
from graph.queries.claims import OWN_IN_INVESTIGATION, ClaimedRow, InInvestigationParams
from graph.services.acting import About, act, named
from graph.services.case_access import case_there
from graph.services.check_answers import STORE_DOWN, Answer, LineAnswer, not_checked
from graph.services.check_parts import Done, Part, answered, check_key
from graph.services.check_question import Question
from graph.services.check_reading import Asked
from graph.services.check_requests import request_for
from graph.services.check_said import asked_key, said_by
from graph.services.pacing import Pace
from graph.store import ReadUnit, Store

TOGETHER = 1000
"""Lines of one transaction."""
_PAGE = 1000
Tell: TypeAlias = Callable[[int, int], None]
"""Is told how many lines are done, of how many."""


def _new_ref() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The numbers by which checks are answered, and where time and names come from."""

    settings: CheckSettings = field(default_factory=CheckSettings)
    pace: Pace | None = None
    """None: that of the settings and the machine's clock."""
    new_ref: Callable[[], str] = _new_ref

    @property
    def kept_pace(self) -> Pace:
        """The pace of the answers."""
        if self.pace is not None:
            return self.pace
        return Pace(bucket_s=self.settings.check_bucket_ms / 1000)


def check(
    caller: Caller,
    store: Store,
    *,
    question: Question,
    rules: Rules | None = None,
    tell: Tell | None = None,
) -> Answer:
    """Answer every line of a question, in parts of a thousand.

    Raises:
        RightsError: the caller may not ask, or not for that investigation.
        NotFoundError: there is no such investigation that the caller may see.
        RowError: it is closed, the purpose is not of the list, or the question has no lines.
        ChangedError: the key was used for another question.
    """
    return _check(caller, store, question, rules or Rules(), tell)


def check_claims(
    caller: Caller,
    store: Store,
    *,
    question: Question,
    rules: Rules | None = None,
    tell: Tell | None = None,
) -> Answer:
    """Answer for every claim of the investigation that the caller may see; nothing is charged.

    The question's own lines are replaced.

    Raises:
        RightsError, NotFoundError, RowError, ChangedError: as for `check`.
    """
    lines = act(
        caller,
        store,
        deed=Deed.CHECK_RUN,
        about=_about(question),
        work=lambda unit: _claimed(unit, caller, question.investigation),
    )
    asked = replace(question, lines=lines)
    return _check(caller, store, asked, rules or Rules(), tell)


def check_tip(
    caller: Caller,
    store: Store,
    *,
    tip: str,
    question: Question,
    rules: Rules | None = None,
    tell: Tell | None = None,
) -> Answer:
    """Answer for the identifiers that a tip states now.

    What a tip that the caller's agency holds states in a field is not charged; what was found in
    its free text is, and all of another tip. All of it enters the patterns. The question's own
    lines are replaced. Victims' and others who are never subjects are not looked up.

    Raises:
        RightsError, RowError, ChangedError: as for `check`.
        NotFoundError: there is no such investigation, or no such tip that states any.
    """
    lines, free = act(
        caller,
        store,
        deed=Deed.CHECK_RUN,
        about=replace(_about(question), object=named(tip)),
        work=lambda unit: said_by(unit, caller, tip),
    )
    asked = replace(question, lines=lines)
    return _check(caller, store, asked, rules or Rules(), tell, free=free)


def _check(
    caller: Caller,
    store: Store,
    question: Question,
    rules: Rules,
    tell: Tell | None,
    *,
    free: frozenset[tuple[str, str]] = frozenset(),
) -> Answer:
    ref = rules.new_ref()
    try:
        waits = _waiting_for(caller, store, question, rules)
    except StoreError:
        return _answer(caller, question, ref, [_down(caller, question, ref)], rules)
    if waits is not None and waits.approved_us is None:
        reason = f"waits for approval: a supervisor approves the request {waits.key} first."
        lines = tuple(not_checked(asked, reason) for asked in question.lines)
        done = Done(ref=ref, at_us=caller.as_of_us, lines=lines)
        return _answer(caller, question, ref, [done], rules, request=waits.key)
    named = f"key:{question.key.strip()}" if question.key is not None else f"once:{ref}"
    parts: list[Done] = []
    for number, start in enumerate(range(0, max(len(question.lines), 1), TOGETHER)):
        asked = replace(question, lines=question.lines[start : start + TOGETHER])
        key = check_key(caller, named, number)
        part = Part(question=asked, key=key, ref=ref, is_paid=waits is not None, free=free)
        parts.append(_part(caller, store, part, rules))
        if tell is not None:
            tell(min(start + TOGETHER, len(question.lines)), len(question.lines))
    return _answer(caller, question, parts[0].ref, parts, rules)


def _part(caller: Caller, store: Store, part: Part, rules: Rules) -> Done:
    with rules.kept_pace.kept():
        try:
            return act(
                caller,
                store,
                deed=Deed.CHECK_RUN,
                about=_about(part.question),
                work=lambda unit: answered(unit, caller, part, settings=rules.settings),
            )
        except StoreError:
            return _down(caller, part.question, part.ref)


def _down(caller: Caller, question: Question, ref: str) -> Done:
    lines = tuple(not_checked(asked, STORE_DOWN) for asked in question.lines)
    return Done(ref=ref, at_us=caller.as_of_us, lines=lines)


def _answer(
    caller: Caller,
    question: Question,
    ref: str,
    parts: Sequence[Done],
    rules: Rules,
    *,
    request: str | None = None,
) -> Answer:
    lines: tuple[LineAnswer, ...] = tuple(line for part in parts for line in part.lines)
    answer = Answer(
        ref=ref,
        as_of_us=min((part.at_us for part in parts), default=caller.as_of_us),
        investigation=question.investigation,
        purpose=question.purpose,
        lines=lines,
        request=request,
    )
    return answer.padded(rules.settings.check_pad_bytes)


def _waiting_for(
    caller: Caller, store: Store, question: Question, rules: Rules
) -> RequestRow | None:
    """Give the request that a list needs; None where it is short, or all its lines are claimed."""
    most = rules.settings.check_list_lines
    if len(question.lines) <= most:
        return None
    with rules.kept_pace.kept():
        own = store.reading(
            lambda unit: _own_keys(unit, caller, question.investigation), name="own claims"
        )
        others = {
            asked.keys
            for asked in question.lines
            if asked.is_readable and own.isdisjoint(asked.keys)
        }
        if len(others) <= most:
            return None
        return request_for(
            caller, store, question=question, ref=rules.new_ref(), lines=len(question.lines)
        )


def _about(question: Question) -> About:
    """Give what a check is about; a purpose only where it is one, for the log keeps it."""
    return About(
        object=question.investigation,
        purpose=question.purpose if is_purpose(question.purpose, used_for=CHECK) else None,
        investigation=question.investigation,
    )


def _own_claims(unit: ReadUnit, caller: Caller, investigation: str) -> list[ClaimedRow]:
    rows: list[ClaimedRow] = []
    page: list[ClaimedRow] | None = None
    while page is None or len(page) == _PAGE:
        params = InInvestigationParams(
            agency=agency_of(caller),
            user=caller.user,
            now_us=caller.as_of_us,
            investigation=investigation,
            after=rows[-1].key if len(rows) > 0 else "",
            limit=_PAGE,
        )
        page = unit.read(OWN_IN_INVESTIGATION, params)
        rows += page
    return rows


def _own_keys(unit: ReadUnit, caller: Caller, investigation: str) -> set[tuple[str, str]]:
    rows = _own_claims(unit, caller, investigation)
    return {(row.kind, row.identifier) for row in rows}


def _claimed(unit: ReadUnit, caller: Caller, investigation: str) -> tuple[Asked, ...]:
    case_there(unit, caller, investigation)
    keys = sorted(_own_keys(unit, caller, investigation))
    return tuple(asked_key(kind, key) for kind, key in keys)
