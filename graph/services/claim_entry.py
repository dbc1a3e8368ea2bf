"""Claims come in, one by one or as lines of a file, by a named person who states why."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.casework.budgets import Account
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.life import Step, after
from graph.casework.rights import agency_of
from graph.casework.terms import ClaimDraft, terms_of, warnings_of
from graph.casework.vocabulary import Visibility
from graph.errors import NotFoundError, RightsError, RowError
from graph.queries.investigations import CLAIMS_THERE, BareKeysParams
from graph.queries.investigations import ClaimRow as ThereRow
from graph.services.acting import About, act, leaf, note
from graph.services.case_access import locked_case
from graph.services.check_alerts import Asking, raise_alerts
from graph.services.check_budgets import locked_account, note_alerts
from graph.services.claim_visibility import Placing, placing_of
from graph.services.claiming import NewClaim, add_claims, claim_key
from graph.services.pacing import paced
from graph.services.removing import remove
from graph.store import Store, WriteUnit

_REFUSED = (RowError, RightsError, NotFoundError)
_HIDDEN = (Visibility.SILENT, Visibility.SEALED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What became of one draft, in the order in which they were given."""

    outcome: str
    """`claimed`, `claimed before` or `refused`."""
    ref: str | None
    reason: str | None = None
    warnings: tuple[str, ...] = ()


@paced
def claim(
    caller: Caller, store: Store, *, investigation: str, drafts: Sequence[ClaimDraft]
) -> tuple[Line, ...]:
    """Claim identifiers for an investigation: what can be claimed is, the rest says why not.

    Raises:
        RightsError: the caller neither works on it nor supervises.
        NotFoundError: there is no such investigation that the caller may see.
        RowError: it is closed; nothing was claimed.
        StoreError: the store could not do it; nothing was claimed.
    """
    about = About(object=investigation, investigation=investigation)
    named = [(draft, uuid.uuid4().hex) for draft in drafts]

    def work(unit: WriteUnit) -> tuple[Line, ...]:
        account = locked_account(unit, caller)
        found = locked_case(unit, caller, investigation, deed=Deed.CLAIM_ADD)
        after(found.status, Step.CLAIM, what=found.reference)
        about_it = replace(about, purpose=found.purpose)
        there = _there(unit, caller, investigation, drafts)
        new: dict[str, NewClaim] = {}
        lines = [
            _line(unit, caller, investigation, draft, ref, there=there, new=new)
            for draft, ref in named
        ]
        _alert(unit, caller, account, list(new.values()), purpose=found.purpose)
        add_claims(unit, list(new.values()), actor=caller.user, at_us=caller.as_of_us)
        leaves = [
            leaf(
                caller,
                Deed.CLAIM_ADD,
                replace(about_it, object=line.ref),
                outcome=line.outcome,
            )
            for line in lines
            if line.outcome == "claimed"
        ]
        refused = sum(line.outcome == "refused" for line in lines)
        if len(leaves) == 0 or refused > 0:
            outcome = f"{refused} of {len(lines)} refused"
            leaves.append(leaf(caller, Deed.CLAIM_ADD, about_it, outcome=outcome))
        note(unit, caller, leaves)
        return tuple(lines)

    return act(caller, store, deed=Deed.CLAIM_ADD, about=about, work=work)


def _alert(
    unit: WriteUnit,
    caller: Caller,
    account: Account,
    claims: Sequence[NewClaim],
    *,
    purpose: str | None,
) -> None:
    """Raise the alerts of claims: whoever claims many identifiers tries them out as well."""
    if len(claims) == 0:
        return
    keys = {(c.identifier.kind.value, c.identifier.key): c for c in claims}
    hidden = {key for key, claim in keys.items() if claim.row["visibility"] in _HIDDEN}
    asking = Asking(
        ref=str(claims[0].row["ref"]),
        investigation=claims[0].investigation,
        purpose=purpose if purpose is not None else "not stated",
    )
    alerted = raise_alerts(
        unit, caller, asking, list(keys), typed=list(keys), raised=account.alerted, hidden=hidden
    )
    if len(alerted) > 0:
        note_alerts(unit, caller, account, alerted)


def _there(
    unit: WriteUnit, caller: Caller, investigation: str, drafts: Sequence[ClaimDraft]
) -> dict[str, ThereRow]:
    """Give the claims that are there already; one that has lapsed is purged and comes in anew."""
    keys = sorted({claim_key(investigation, draft.identifier) for draft in drafts})
    rows = [
        row
        for start in range(0, len(keys), 5000)
        for row in unit.read(CLAIMS_THERE, BareKeysParams(keys=keys[start : start + 5000]))
    ]
    lapsed = [row for row in rows if (row.review_due_us or 0) <= caller.as_of_us]
    at_us = caller.as_of_us
    remove(unit, lapsed, why="lapsed, claimed anew", actor=caller.user, at_us=at_us)
    return {row.key: row for row in rows if row not in lapsed}


def _line(
    unit: WriteUnit,
    caller: Caller,
    investigation: str,
    draft: ClaimDraft,
    ref: str,
    *,
    there: dict[str, ThereRow],
    new: dict[str, NewClaim],
) -> Line:
    key = claim_key(investigation, draft.identifier)
    if key in there:
        return Line(outcome="claimed before", ref=there[key].ref)
    if key in new:
        return Line(outcome="claimed before", ref=str(new[key].row["ref"]))
    wanted = Placing(
        role=draft.role,
        visibility=draft.visibility,
        silent_until_us=draft.silent_until_us,
        sealed_to=draft.sealed_to,
    )
    try:
        row = terms_of(draft, user=caller.user, at_us=caller.as_of_us)
        row |= placing_of(unit, caller, wanted)
    except _REFUSED as error:
        return Line(outcome="refused", ref=None, reason=str(error))
    row |= {"ref": ref, "agency": agency_of(caller)}
    new[key] = NewClaim(investigation=investigation, identifier=draft.identifier, row=row)
    return Line(outcome="claimed", ref=ref, warnings=warnings_of(draft.predicate, draft.source))
