"""What a check answers, line by line, in words that promise no more than was looked at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from graph.casework.vocabulary import Handling, Status, Visibility
from graph.queries.checks import MetRow
from graph.services.check_reading import Asked
from graph.services.state_order import NORMAL

ABOUT = "Subject deconfliction, not event safety: it says nothing about raids or other operations."
SEARCHED = (
    "Claims of all agencies in force at that time, of all four kinds of visibility, on exactly the "
    "normalised identifier. Silent and sealed ones, and victims', are shown to nobody who asks."
)
NOTHING = "No match in what you may be told. That is not a statement that nobody works this."
STORE_DOWN = "The store could not answer or not write its log; nothing is known. Ask again."
FORGOTTEN = "This question was answered more than a day ago. Ask it anew, with another key."
_STALE = "There was no match in what you may be told then. Ask it anew, with another key."
IMMINENT = "imminent danger"
NOT_AGREED = (
    "The owner shares more on an open claim; it is not shown, for your agencies have no agreement "
    "of equal rules in force here (28 CFR 23.20(f)(1))."
)


class Answered(StrEnum):
    """How a line is answered. There is no word for "nobody works this": nobody can know."""

    HIT = "hit"
    NOTHING = "nothing to show"
    NOT_CHECKED = "not checked"
    STALE = "stale"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Shared(_Part):
    """What an owner shares on an open claim, unless its handling code keeps it back."""

    title: str | None
    role: str
    reliability: str | None
    content: str | None
    handling: str | None


class Pointer(_Part):
    """Whom to call about a match: never the other agency's facts."""

    agency: str
    agency_name: str
    contact: str | None
    """Of the investigation, else of its unit, else of the agency."""
    reference: str
    kind: str
    entered_us: int | None
    urgency: str
    """`imminent danger` where that is the purpose of the owner's investigation, else `routine`."""
    is_historical: bool
    """The owner's investigation is closed; nobody was told of this hit."""
    downgraded: str | None
    """Why the match says little: many people have this identifier."""
    shared: Shared | None = None


class OwnClaim(_Part):
    """A claim of the asker's own agency: no hit."""

    ref: str
    reference: str
    kind: str
    role: str


class ReadAs(_Part):
    """What a line was looked up as."""

    kind: str
    key: str
    note: str | None = None


class LineAnswer(_Part):
    """The answer to one line."""

    outcome: Answered
    reason: str | None = None
    read_as: tuple[ReadAs, ...] = ()
    pointers: tuple[Pointer, ...] = ()
    own: tuple[OwnClaim, ...] = ()


class Answer(_Part):
    """The answer to a question, with what was searched and when."""

    ref: str
    """Names the check in the log."""
    as_of_us: int
    """Every claim that was committed by then and is still in force was looked at."""
    investigation: str
    purpose: str
    lines: tuple[LineAnswer, ...]
    """One for each line of the question, in its order."""
    request: str | None = None
    """The request that waits for a supervisor, where one does."""
    searched: str = SEARCHED
    nothing_means: str = NOTHING
    about: str = ABOUT
    padding: str = ""
    """Fills the answer, so that its size tells little."""

    def padded(self, to_bytes: int) -> Answer:
        """Give the answer filled to a full multiple of so many bytes of JSON."""
        size = len(self.model_dump_json().encode())
        return self.model_copy(update={"padding": " " * (-size % to_bytes)})


def line_answer(
    asked: Asked,
    met: Sequence[MetRow],
    *,
    refused: str | None,
    sharing: Collection[str] = (),
) -> LineAnswer:
    """Give the answer to a line from the claims on its identifiers.

    `refused` says why it was not looked at, `sharing` are the agencies of which more than a
    pointer may be shown. What is neither shown nor own does not enter here.
    """
    read_as = tuple(
        ReadAs(kind=item.kind.value, key=item.key, note=item.state_reason)
        for item in asked.readings
    )
    if refused is not None or not asked.is_readable:
        reason = refused if refused is not None and asked.is_readable else asked.reason
        return LineAnswer(outcome=Answered.NOT_CHECKED, reason=reason, read_as=read_as)
    pointers = tuple(_pointer(row, sharing) for row in met if row.shown)
    is_kept = any(row.shown and shares(row) and row.agency not in sharing for row in met)
    own = tuple(
        OwnClaim(ref=row.ref, reference=row.reference, kind=row.kind, role=row.role)
        for row in met
        if row.own
    )
    if len(pointers) > 0:
        outcome, reason = Answered.HIT, asked.reason
        if is_kept:
            reason = f"{reason} {NOT_AGREED}" if reason is not None else NOT_AGREED
    elif asked.reason is not None:
        outcome, reason = Answered.NOT_CHECKED, asked.reason
    else:
        outcome, reason = Answered.NOTHING, None
    return LineAnswer(outcome=outcome, reason=reason, read_as=read_as, pointers=pointers, own=own)


def gone_stale(line: LineAnswer) -> LineAnswer:
    """Give a line whose answer is old: what was found stays, a miss no longer stands."""
    if line.outcome is not Answered.NOTHING:
        return line
    return line.model_copy(update={"outcome": Answered.STALE, "reason": _STALE})


def not_checked(asked: Asked, reason: str) -> LineAnswer:
    """Give a line that was not looked at, with the reason; the line's own fault comes first."""
    return line_answer(asked, (), refused=reason)


def in_numbers(lines: Sequence[LineAnswer]) -> str:
    """Give how lines were answered, for the log: nothing that the asker was not told."""
    said = [f"{sum(line.outcome is kind for line in lines)} {kind.value}" for kind in Answered]
    return f"{len(lines)} lines: {', '.join(said)}"


def shares(row: MetRow) -> bool:
    """Tell whether the owner of a claim shares more than a pointer."""
    return row.visibility == Visibility.OPEN and row.handling != Handling.ORIGINATOR_ONLY


def _pointer(row: MetRow, sharing: Collection[str]) -> Pointer:
    return Pointer(
        agency=row.agency,
        agency_name=row.agency_name,
        contact=row.contact or row.unit_contact or row.agency_contact,
        reference=row.reference,
        kind=row.kind,
        entered_us=row.entered_us,
        urgency=IMMINENT if row.purpose == IMMINENT else "routine",
        is_historical=row.status != Status.OPEN,
        downgraded=_downgraded(row),
        shared=_shared(row) if row.agency in sharing else None,
    )


def _downgraded(row: MetRow) -> str | None:
    if row.state == NORMAL:
        return None
    why = f" {row.state_reason}" if row.state_reason is not None else ""
    return f"The identifier is {row.state}: many may have it, and no conflict is opened.{why}"


def _shared(row: MetRow) -> Shared | None:
    if not shares(row):
        return None
    return Shared(
        title=row.title,
        role=row.role,
        reliability=row.reliability,
        content=row.content,
        handling=row.handling,
    )
