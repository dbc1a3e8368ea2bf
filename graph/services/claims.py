"""Claims are edited, shown to others in another way, and validated: each by a named person.

Editing is not validation: it never moves the review date (28 CFR 23.20(h), rule 23-10).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import text_of
from graph.casework.life import ClaimStep, life_of, require_step
from graph.casework.terms import needed, predicate_of, review_due, warnings_of
from graph.casework.vocabulary import (
    ClaimRole,
    Content,
    Handling,
    Reliability,
    Visibility,
)
from graph.errors import ChangedError, NotFoundError, RightsError, RowError
from graph.queries.claims import RENAME, ClaimedRow, ClaimRow, RenameParams
from graph.rows import PropertyRow
from graph.services.acting import About, act, leaf, note
from graph.services.case_access import locked_case
from graph.services.claim_access import claim_there, recipients_of
from graph.services.claim_visibility import Placing, placing_of
from graph.services.claiming import is_sealed_key, sealed_key
from graph.services.encounter import in_force
from graph.services.pacing import paced
from graph.services.watch import watch_claims
from graph.store import Store, WriteUnit

_LEAST_REVIEW = 20
"""Characters of what was looked at."""
_REFUSED = (RowError, RightsError, NotFoundError)
_Changed: TypeAlias = Callable[[WriteUnit, ClaimedRow], PropertyRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimEdit:
    """What is to change; None leaves a field as it is. The review date is not among them."""

    role: ClaimRole | None = None
    predicate: str | None = None
    predicate_by: str | None = None
    source: str | None = None
    support: str | None = None
    reliability: Reliability | None = None
    content: Content | None = None
    handling: Handling | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A claim as it is now, and the agencies that were shown it and are to be told."""

    ref: str
    version: int
    review_due_us: int
    to_tell: tuple[str, ...] = ()
    """Keys of agencies (28 CFR 23.20(h), rule 23-11)."""
    warnings: tuple[str, ...] = ()


@paced
def edit_claim(
    caller: Caller, store: Store, *, ref: str, expected: int, edit: ClaimEdit
) -> Changed:
    """Correct what a claim states. It does not move the review date.

    Raises:
        RightsError, NotFoundError, ChangedError: as for every change of a claim.
        RowError: nothing is to change, or what is left would break a rule.
    """

    def changed(unit: WriteUnit, row: ClaimedRow) -> PropertyRow:
        if edit == ClaimEdit():
            raise RowError("Say what is to change. Nothing was changed.")
        now = _stated(edit)
        if edit.predicate is not None:
            now |= predicate_of(
                edit.predicate, edit.predicate_by, None, caller.user, caller.as_of_us
            )
        role = now.get("role", row.role)
        if role == ClaimRole.SUSPECT and now.get("predicate", row.predicate) is None:
            raise RowError("A suspect needs the facts that make suspicion reasonable (rule 23-1).")
        if row.role == ClaimRole.OFFICER_PERSONA and role != row.role:
            raise RowError(
                "An officer's persona stays one: as anything else it would be shown to others, or "
                "be silent without a supervisor. Purge this claim and enter it anew."
            )
        is_placed = row.visibility == Visibility.SEALED
        if role == ClaimRole.OFFICER_PERSONA and row.role != role and not is_placed:
            now |= placing_of(unit, caller, Placing(role=ClaimRole.OFFICER_PERSONA))
        return now

    return _change(
        caller,
        store,
        ref,
        expected,
        step=ClaimStep.EDIT,
        deed=Deed.CLAIM_EDIT,
        changed=changed,
        warnings=warnings_of(edit.predicate, edit.source),
    )


@paced
def show_to_others(
    caller: Caller,
    store: Store,
    *,
    ref: str,
    expected: int,
    visibility: Visibility,
    silent_until_us: int | None = None,
    sealed_to: str | None = None,
) -> Changed:
    """Set what others may learn of a claim; silence needs a supervisor and ends on a day.

    Raises:
        RightsError: silence, or showing a persona, by anybody but a supervisor.
        NotFoundError: there is no such claim, or no such supervisor to seal it to.
        ChangedError: somebody changed it meanwhile.
        RowError: the end of the silence does not fit.
    """

    def changed(unit: WriteUnit, row: ClaimedRow) -> PropertyRow:
        wanted = Placing(
            role=ClaimRole(row.role),
            visibility=visibility,
            silent_until_us=silent_until_us,
            sealed_to=sealed_to,
        )
        return placing_of(unit, caller, wanted)

    return _change(
        caller,
        store,
        ref,
        expected,
        step=ClaimStep.SHOW,
        deed=Deed.CLAIM_VISIBILITY,
        changed=changed,
    )


def validate_claim(
    caller: Caller,
    store: Store,
    *,
    ref: str,
    expected: int,
    looked_at: str,
    review_due_us: int | None = None,
) -> Changed:
    """State that current activity is still suspected, and on what that rests.

    The claim then stands until a new review date: in a year, or `review_due_us`, five years on at
    most (28 CFR 23.20(h)).

    Raises:
        RightsError, NotFoundError, ChangedError: as for every change of a claim.
        RowError: nothing was looked at, the facts were never stated, or the claim has lapsed.
    """

    def changed(_: WriteUnit, row: ClaimedRow) -> PropertyRow:
        what = text_of(looked_at, "What was looked at (rule 23-10)")
        if len(what) < _LEAST_REVIEW:
            raise RowError(
                f"A validation says what was looked at, in {_LEAST_REVIEW} characters at least "
                "(rule 23-10)."
            )
        if row.role == ClaimRole.SUSPECT and row.predicate is None:
            raise RowError("State the facts first, with an edit (rule 23-1); then validate.")
        return {
            "validated_us": caller.as_of_us,
            "validated_by": caller.user,
            "validated_what": what,
            "review_due_us": review_due(new_due_us, at_us=caller.as_of_us),
        }

    new_due_us = review_due_us
    return _change(
        caller,
        store,
        ref,
        expected,
        step=ClaimStep.VALIDATE,
        deed=Deed.CLAIM_VALIDATE,
        changed=changed,
    )


def _stated(edit: ClaimEdit) -> PropertyRow:
    """Give the properties that an edit states anew, but for the predicate."""
    texts: PropertyRow = {
        name: needed(value, what, rule)
        for name, value, what, rule in (
            ("source", edit.source, "How it was lawfully obtained", "23-3"),
            ("support", edit.support, "Where the supporting file is", "23-13"),
        )
        if value is not None
    }
    labels: PropertyRow = {
        name: value.value
        for name, value in (
            ("role", edit.role),
            ("reliability", edit.reliability),
            ("content", edit.content),
            ("handling", edit.handling),
        )
        if value is not None
    }
    return texts | labels


def _change(
    caller: Caller,
    store: Store,
    ref: str,
    expected: int,
    *,
    step: ClaimStep,
    deed: Deed,
    changed: _Changed,
    warnings: tuple[str, ...] = (),
) -> Changed:
    about = About(object=ref)

    def work(unit: WriteUnit) -> Changed:
        seen = claim_there(unit, caller, ref)
        locked_case(unit, caller, seen.investigation, deed=deed)
        row = claim_there(unit, caller, ref)
        _require_version(row, expected)
        life = life_of(row.review_due_us, row.status, at_us=caller.as_of_us)
        require_step(life, step, what=f"The claim {ref}")
        now = ClaimRow.model_validate(row.model_dump(include=set(ClaimRow.model_fields)))
        now = now.model_copy(
            update=changed(unit, row)
            | {
                "changed_us": caller.as_of_us,
                "changed_by": caller.user,
                "version": expected + 1,
            }
        )
        unit.update_nodes("Claim", [now.model_dump()])
        key = _sealed(unit, now)
        if _meets_as(row, caller.as_of_us) != _meets_as(now, caller.as_of_us):
            unit.count_claims(row.kind, {row.identifier: 0})
            watch_claims(unit, [key], actor=caller.user, at_us=caller.as_of_us)
        done = About(object=ref, investigation=row.investigation)
        note(unit, caller, [leaf(caller, deed, done, outcome=step.value)])
        to_tell = recipients_of(unit, ref, owner=now.agency) if step is ClaimStep.EDIT else ()
        return Changed(
            ref=ref,
            version=expected + 1,
            review_due_us=now.review_due_us,
            to_tell=to_tell,
            warnings=warnings,
        )

    return act(caller, store, deed=deed, about=about, work=work)


def _meets_as(row: ClaimRow, at_us: int) -> tuple[object, ...]:
    """Give all that decides whom a claim meets and who is told; what leaves it leads to nothing."""
    shown = in_force(row.visibility, row.role, row.silent_until_us, at_us=at_us)
    return row.role, shown, row.sealed_to


def _require_version(row: ClaimedRow, expected: int) -> None:
    if (row.version or 0) != expected:
        raise ChangedError(
            f"The claim has version {row.version or 0}, not {expected}: it was changed "
            "meanwhile. Look at it again; nothing was overwritten."
        )


def _sealed(unit: WriteUnit, now: ClaimRow) -> str:
    """Give the key of a claim from now on: one that was sealed gets its own."""
    if now.visibility != Visibility.SEALED or is_sealed_key(now.key):
        return now.key
    sealed = RenameParams(key=now.key, new_key=sealed_key(now.key, now.ref))
    unit.run(RENAME, sealed)
    return sealed.new_key
