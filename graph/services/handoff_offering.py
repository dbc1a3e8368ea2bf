"""Offers a tip to another agency: what it sees is fixed then, word for word."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import optional_text, text_of
from graph.casework.purposes import CHECK, purpose_of
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, require
from graph.casework.vocabulary import AgencyKind, UserRole
from graph.clock import iso
from graph.errors import ChangedError, RowError
from graph.handoff.deciding import Taken, due_of, is_in_force, placed, stage_at
from graph.handoff.permits import permitted
from graph.handoff.showing import (
    Level,
    Shown,
    at_level,
    require_no_identifier,
    sha256_of,
    text_of_shown,
)
from graph.handoff.steps import HANDOFFS, HandoffStep, Kind, Stage
from graph.queries.handoffs import (
    OF_TIP,
    STATED,
    HandoffRow,
    StatedParams,
    TipHandoffsParams,
)
from graph.queries.people import AgencyRow
from graph.queries.recording import LOCK_TIPS, TipKeysParams
from graph.queries.tips import TIPS, TipsParams
from graph.queries.triage import STANDING, PlaceRow
from graph.services.acting import About, act
from graph.services.agencies import agency_there
from graph.services.agreements import agreement_between
from graph.services.case_access import case_there, own_key
from graph.services.handoff_records import Done, keep_step
from graph.services.holders import held_since
from graph.services.tip_names import no_such_tip
from graph.services.triage_steps import locked_place
from graph.store import ReadUnit, Store, WriteUnit
from graph.triage.deciding import team_of
from graph.triage.moves import State
from graph.triage.signals import MAY_BE_CHILDREN
from graph.triage.standing import effective

_MOST_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOffer:
    """An offer as somebody makes it."""

    tip: str
    to: str
    """Key of the agency."""
    kind: Kind
    why: str
    level: Level = Level.POINTER
    purpose: str = "cybertip"
    contact: str | None = None
    """Whom to call; None: the agency's own contact."""
    place: str | None = None
    """General place, in words: a city, a state."""
    due_us: int | None = None
    """Until when it can be answered; None: as its class of urgency has it."""
    scope: str | None = None
    """For a prosecutor's office: what it is handed over for."""
    until_us: int | None = None
    """For a prosecutor's office: until when it holds the tip."""
    investigation: str | None = None
    """Reference of an investigation of the own agency."""


def offer(caller: Caller, store: Store, *, new: NewOffer) -> HandoffRow:
    """Offer a tip to another agency. Of two at once one does, and the other is told who.

    Raises:
        RightsError: the caller offers no tips, or it is somebody else's.
        NotFoundError: the agency holds no such tip; there is no such agency or investigation.
        ChangedError: it is offered already; the sentence says by whom.
        RowError: something that the offer needs is missing, or does not fit its kind or level.
    """
    key = uuid.uuid4().hex

    def work(unit: WriteUnit) -> HandoffRow:
        unit.run(LOCK_TIPS, TipKeysParams(keys=[new.tip]))
        place = locked_place(unit, caller, new.tip)
        _require(caller, place)
        receiver = agency_there(unit, new.to)
        _require_fit(unit, caller, new, receiver)
        _require_no_other(unit, caller, new)
        _require_care(unit, caller, new)
        shown = _shown(unit, caller, new, place)
        row = _row(unit, caller, new, receiver, shown, key=key)
        unit.insert_nodes("Handoff", [row.model_dump()])
        done = Done(
            taken=Taken(row=row, rule=HANDOFFS[Stage.NONE, HandoffStep.OFFER]),
            step=HandoffStep.OFFER,
            caller=caller,
            at_us=caller.as_of_us,
            deed=Deed.HANDOFF_OFFER,
            disclosed=row.shown,
            why=shown.why,
            priority=shown.priority,
        )
        keep_step(unit, done)
        return row

    return act(caller, store, deed=Deed.HANDOFF_OFFER, about=About(object=key), work=work)


def _require(caller: Caller, place: PlaceRow) -> None:
    """Come back when the tip is the caller's to offer."""
    team = None if place.state == State.CLOSED else team_of(place.owner, caller)
    own = Resource(owner=place.agency, team=team, holders=frozenset({place.agency}))
    require(caller, Deed.HANDOFF_OFFER, resource=own)


def _require_fit(unit: ReadUnit, caller: Caller, new: NewOffer, receiver: AgencyRow) -> None:
    """Come back when the kind of offer fits both agencies and has what it needs."""
    own = agency_there(unit, agency_of(caller))
    if receiver.key == own.key:
        raise RowError("A tip is handed to another agency; within one's own it is assigned.")
    if receiver.until_us is not None and receiver.until_us <= caller.as_of_us:
        raise RowError(f"{receiver.name} is no longer here. Nothing was offered.")
    if own.kind == AgencyKind.PROSECUTOR:
        raise RowError("A prosecutor's office hands on nothing that it was handed. Return it.")
    is_office = receiver.kind == AgencyKind.PROSECUTOR
    if is_office is not (new.kind is Kind.PROSECUTION):
        raise RowError(
            "To a prosecutor's office a tip is handed as `prosecution`, and to nobody else. "
            "Nothing was offered."
        )
    if is_office and (new.scope is None or new.until_us is None):
        raise RowError("A prosecutor's office is told for what and until when: scope and until.")
    if not is_office and (new.scope is not None or new.until_us is not None):
        raise RowError("Scope and until are for a prosecutor's office. Nothing was offered.")
    if new.until_us is not None and new.until_us <= caller.as_of_us:
        raise RowError("The office holds the tip until some time ahead. Nothing was offered.")


def _require_care(unit: ReadUnit, caller: Caller, new: NewOffer) -> None:
    """Come back unless the offer shows who a child may be, and no supervisor makes it.

    A subject of a stated age below 18, or an exchange between minors, may be a child that was
    pressed (`docs/cases.md`, case 16): until the tip is accepted its identifiers stay here.
    """
    if new.level is Level.POINTER or UserRole.SUPERVISOR in caller.roles:
        return
    rows = unit.read(STANDING, TipKeysParams(keys=[new.tip]))
    if any(not MAY_BE_CHILDREN.isdisjoint(row.signals or ()) for row in rows):
        raise RowError(
            f"The subject of {new.tip} may be a child. Offer it as `{Level.POINTER.value}`, or let "
            "a supervisor offer it with its identifiers. Nothing was offered."
        )


def _require_no_other(unit: ReadUnit, caller: Caller, new: NewOffer) -> None:
    """Come back when no offer of the agency's stands in the way of this one.

    Of a transfer there is one at a time: two could be accepted, and nobody would know whose it is.
    """
    since = held_since(unit, new.tip)
    for row in unit.read(OF_TIP, TipHandoffsParams(tip=new.tip)):
        is_own = row.giver == agency_of(caller)
        is_waiting = stage_at(row, caller.as_of_us) is Stage.OFFERED
        is_shared = row.kind != Kind.TRANSFER and is_in_force(row, since)
        is_same = row.receiver == new.to and (is_waiting or is_shared)
        excludes = is_waiting and Kind.TRANSFER in {Kind(row.kind), new.kind}
        if is_own and (is_same or excludes):
            how = "is offered" if is_waiting else "was handed"
            raise ChangedError(
                f"{new.tip} {how} to {row.receiver} ({row.kind}) by {row.offered_by} since "
                f"{iso(row.offered_us)}: `crosstip handoff show {row.key}`. Nothing was offered."
            )


def _shown(unit: ReadUnit, caller: Caller, new: NewOffer, place: PlaceRow) -> Shown:
    """Give what the offer shows, of the level that was chosen."""
    lines = unit.read(TIPS, TipsParams(tips=[new.tip]))
    if len(lines) == 0:
        raise no_such_tip(new.tip)
    tip = lines[0]
    if place.state == State.WITHDRAWN:
        raise RowError(f"{new.tip} was withdrawn; it is handed to nobody. Nothing was offered.")
    if tip.provisional or tip.stub:
        raise RowError(f"{new.tip} has no report number yet; it is offered once it has.")
    why = text_of(new.why, "A reason")
    where = optional_text(new.place, "A place")
    scope = optional_text(new.scope, "A scope")
    for text, what in ((why, "The reason"), (where, "The place"), (scope, "The scope")):
        require_no_identifier(text, what, level=new.level)
    case = None
    if new.investigation is not None:
        case = case_there(unit, caller, own_key(caller, new.investigation)).reference
        require_no_identifier(case, "The reference", level=new.level, numbers=False)
    stated = unit.read(STATED, StatedParams(tip=new.tip))
    cut = f"Only the first {_MOST_SHOWN} are shown." if len(stated) > _MOST_SHOWN else None
    whole = Shown(
        tip=new.tip,
        giver=agency_of(caller),
        contact=_contact(unit, caller, new),
        why=why,
        kind=new.kind.value,
        purpose=purpose_of(new.purpose, used_for=CHECK),
        priority=effective(place),
        provider=tip.provider_name,
        files=tip.file_count,
        place=where,
        scope=scope,
        investigation=case,
        until_us=new.until_us,
        incident_types=tuple(tip.incident_types or ()),
        incident_us=tip.incident_us,
        reasons=tuple(place.reasons or ()),
        identifiers=tuple(f"{row.kind}: {row.identifier}" for row in stated[:_MOST_SHOWN]),
        cut_off=cut,
    )
    return at_level(whole, new.level)


def _contact(unit: ReadUnit, caller: Caller, new: NewOffer) -> str:
    """Give whom the receiver calls.

    Raises:
        RowError: nobody is entered.
    """
    if new.contact is not None:
        return text_of(new.contact, "A contact", most=200)
    own = agency_there(unit, agency_of(caller))
    return text_of(own.contact or caller.user, "A contact", most=2000)


def _row(
    unit: ReadUnit,
    caller: Caller,
    new: NewOffer,
    receiver: AgencyRow,
    shown: Shown,
    *,
    key: str,
) -> HandoffRow:
    at_us = caller.as_of_us
    text = text_of_shown(shown)
    agreement = agreement_between(unit, agency_of(caller), receiver.key, at_us=at_us)
    row = HandoffRow(
        key=key,
        tip=new.tip,
        giver=agency_of(caller),
        receiver=receiver.key,
        kind=new.kind.value,
        stage=Stage.OFFERED.value,
        level=new.level.value,
        purpose=shown.purpose,
        offered_us=at_us,
        offered_by=caller.user,
        due_us=due_of(shown.priority, new.due_us, at_us=at_us),
        until_us=new.until_us,
        answered_us=None,
        answered_by=None,
        answered_why=None,
        held_before=None,
        shown=text,
        shown_sha256=sha256_of(text),
        permitted=permitted(AgencyKind(receiver.kind)),
        agreement=None if agreement is None else agreement.reference,
        steps=1,
        clock_us=None,
        giver_place=None,
        receiver_place=None,
        version=1,
    )
    return placed(row)
