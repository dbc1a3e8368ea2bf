"""One part of a check, as one transaction: claims read, owners told, budget charged, log written.

The identifiers are not written: a claim does not look for the checks before it. What was committed
by the answer's time is in the answer; a claim that comes later is not, and the answer says as of
when it stands.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from graph.casework.caller import Caller
from graph.casework.check_settings import CheckSettings
from graph.casework.deeds import Deed
from graph.casework.keys import part as key_part
from graph.casework.purposes import CHECK, purpose_of
from graph.casework.rights import agency_of
from graph.casework.terms import DAY_US
from graph.errors import ChangedError
from graph.queries.checks import CHECK_THERE, FORGET, CheckKeyParams, CheckRow
from graph.queries.scope import AsOf
from graph.services.acting import About, leaf, note
from graph.services.agreements import agreement_between
from graph.services.check_alerts import Asking, raise_alerts
from graph.services.check_answers import (
    FORGOTTEN,
    IMMINENT,
    Answered,
    LineAnswer,
    gone_stale,
    in_numbers,
    line_answer,
    not_checked,
    shares,
)
from graph.services.check_budgets import Purse, charge, locked_purse
from graph.services.check_met import Met, met_by, met_by_lines, tell
from graph.services.check_question import Question, digest_of, open_case_of
from graph.services.check_reading import Asked
from graph.store import ReadUnit, WriteUnit

STALE_US = DAY_US // 24
"""An answer that is given again after this long no longer says that there was nothing."""
_SHOWN_TOGETHER = 1000
_LINES = TypeAdapter(tuple[LineAnswer, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some lines of a question, and how they are paid for."""

    question: Question
    """Its lines are those of this part."""
    key: str
    """Key of the check that this part becomes."""
    ref: str
    is_paid: bool
    """Nothing is charged: a supervisor approved the list."""
    free: frozenset[tuple[str, str]] = frozenset()
    """Kinds and keys that cost nothing: the agency's own tip states them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bill:
    """Which lines are looked up, and on what account."""

    refusals: list[str | None]
    """For each line why it is not looked up."""
    charged: list[Asked]
    entered: list[Asked]
    """What enters the patterns, paid for or not: everything but own claims, which did before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A part that was answered, now or before."""

    ref: str
    at_us: int
    lines: tuple[LineAnswer, ...]


def check_key(caller: Caller, named: str, number: int) -> str:
    """Give the key of a part of a check."""
    return f"{caller.user}|{key_part(named)}|{number:04d}"


def answered(unit: WriteUnit, caller: Caller, part: Part, *, settings: CheckSettings) -> Done:
    """Answer one part; the same part again gets the same answer, and nobody is told twice.

    Raises:
        ChangedError: the key was used for another question.
        RightsError, NotFoundError, RowError: as for `open_case_of`.
        StoreError: the store could not do it; nothing was looked up, told or charged.
    """
    purse = locked_purse(unit, caller)
    open_case_of(unit, caller, part.question)
    digest = digest_of(part.question, salt=part.key)
    there = unit.read(CHECK_THERE, CheckKeyParams(key=part.key))
    if len(there) > 0:
        again = _again(there[0], part, digest, caller)
        _log_again(unit, caller, part, again)
        return again
    met = met_by_lines(unit, caller, part.question.lines)
    bill = _bill(caller, part, met, purse, settings)
    sharing = _sharing(unit, caller, part.question, met)
    lines = tuple(
        line_answer(asked, met_by(met, asked), refused=refusal, sharing=sharing)
        for asked, refusal in zip(part.question.lines, bill.refusals, strict=True)
    )
    looked = [a for a, no in zip(part.question.lines, bill.refusals, strict=True) if no is None]
    tell(unit, caller, part.question, met, looked, ref=part.ref)
    entered = [key for asked in bill.entered for key in asked.keys]
    alerted = raise_alerts(
        unit,
        caller,
        Asking(
            ref=part.ref, investigation=part.question.investigation, purpose=part.question.purpose
        ),
        [key for asked in looked for key in asked.keys],
        typed=entered,
        raised=purse.user.alerted,
    )
    _settle(unit, caller, purse, bill.charged, settings=settings, alerted=alerted)
    _keep(unit, caller, part, digest, lines, entered)
    _log(unit, caller, part, lines, met, looked)
    return Done(ref=part.ref, at_us=caller.as_of_us, lines=lines)


def _sharing(unit: ReadUnit, caller: Caller, question: Question, met: Met) -> frozenset[str]:
    """Give the agencies of which more than a pointer may be shown.

    Those with whom an agreement of equal rules is in force (28 CFR 23.20(f)(1), CJIS 5.1); in
    imminent danger all (23.20(f)(2)), which the purpose in the log says.
    """
    owners = {row.agency for rows in met.values() for row in rows if row.shown and shares(row)}
    if purpose_of(question.purpose, used_for=CHECK) == IMMINENT:
        return frozenset(owners)
    own, at_us = agency_of(caller), caller.as_of_us
    return frozenset(
        owner for owner in owners if agreement_between(unit, own, owner, at_us=at_us) is not None
    )


def _again(there: CheckRow, part: Part, digest: str, caller: Caller) -> Done:
    if there.question != digest:
        raise ChangedError(
            "This key was used for another question. Take another key. Nothing was checked."
        )
    if there.result is None or (there.expires_us or 0) <= caller.as_of_us:
        lines = tuple(not_checked(asked, FORGOTTEN) for asked in part.question.lines)
    else:
        lines = _LINES.validate_json(there.result)
        if caller.as_of_us - there.at_us >= STALE_US:
            lines = tuple(gone_stale(line) for line in lines)
    return Done(ref=there.ref, at_us=there.at_us, lines=lines)


def _log_again(unit: WriteUnit, caller: Caller, part: Part, again: Done) -> None:
    """Write the leaf of an answer that is given again: it is shown once more."""
    about = About(
        object=again.ref,
        purpose=part.question.purpose,
        investigation=part.question.investigation,
    )
    outcome = f"given again: {in_numbers(again.lines)}"
    note(unit, caller, [leaf(caller, Deed.CHECK_RUN, about, outcome=outcome)])


def _bill(caller: Caller, part: Part, met: Met, purse: Purse, settings: CheckSettings) -> _Bill:
    """Give for each line why it is not looked up, what is charged, and what enters the patterns."""
    left = purse.left(caller.as_of_us, settings)
    refusal = purse.refusal(caller.as_of_us, settings)
    paid: set[tuple[tuple[str, str], ...]] = set()
    refusals: list[str | None] = []
    charged: list[Asked] = []
    entered: list[Asked] = []
    for asked in part.question.lines:
        own = any(
            row.own and row.investigation == part.question.investigation
            for row in met_by(met, asked)
        )
        is_free = part.is_paid or part.free.issuperset(asked.keys)
        if own or not asked.is_readable or asked.keys in paid:
            refusals.append(None)
        elif is_free:
            paid.add(asked.keys)
            entered.append(asked)
            refusals.append(None)
        elif len(charged) < left:
            paid.add(asked.keys)
            charged.append(asked)
            entered.append(asked)
            refusals.append(None)
        else:
            refusals.append(refusal)
    return _Bill(refusals=refusals, charged=charged, entered=entered)


def _settle(
    unit: WriteUnit,
    caller: Caller,
    purse: Purse,
    charged: Sequence[Asked],
    *,
    settings: CheckSettings,
    alerted: tuple[str, ...],
) -> None:
    if purse.user.used == 0:
        # Once a day for each user: what was kept for a day goes.
        unit.run(FORGET, AsOf(now_us=caller.as_of_us))
    if len(charged) > 0 or len(alerted) > 0:
        charge(unit, caller, purse, len(charged), settings=settings, alerted=alerted)


def _keep(
    unit: WriteUnit,
    caller: Caller,
    part: Part,
    digest: str,
    lines: tuple[LineAnswer, ...],
    entered: Sequence[tuple[str, str]],
) -> None:
    kept = [line.model_dump(mode="json", exclude_defaults=True) for line in lines]
    looked = sorted({f"{kind}|{key}" for kind, key in entered})
    unit.insert_nodes(
        "Check",
        [
            {
                "key": part.key,
                "ref": part.ref,
                "agency": agency_of(caller),
                "asker": caller.user,
                "investigation": part.question.investigation,
                "purpose": part.question.purpose,
                "at_us": caller.as_of_us,
                "question": digest,
                "lines": len(lines),
                "hits": sum(line.outcome is Answered.HIT for line in lines),
                "said": in_numbers(lines),
                "result": json.dumps(kept, ensure_ascii=True, separators=(",", ":")),
                "looked": looked if len(looked) > 0 else None,
                "expires_us": caller.as_of_us + DAY_US,
            }
        ],
    )


def _log(
    unit: WriteUnit,
    caller: Caller,
    part: Part,
    lines: Sequence[LineAnswer],
    met: Met,
    looked: Sequence[Asked],
) -> None:
    """Write the leaf of the question, naming every claim that the answer shows."""
    shown = sorted({row.ref for asked in looked for row in met_by(met, asked) if row.shown})
    about = About(
        object=part.ref, purpose=part.question.purpose, investigation=part.question.investigation
    )
    outcome = in_numbers(lines)
    leaves = [
        leaf(
            caller,
            Deed.CHECK_RUN,
            about,
            outcome=outcome,
            disclosed=tuple(shown[start : start + _SHOWN_TOGETHER]),
        )
        for start in range(0, max(len(shown), 1), _SHOWN_TOGETHER)
    ]
    note(unit, caller, leaves)
