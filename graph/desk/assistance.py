"""Assistance that one agency asks of another: kinds, stages, steps, and what the helper is shown.

The helper is shown what the request itself says and nothing else: no tip, no identifier is added,
and no right to any record comes of it. A person sees the very text before it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pydantic import TypeAdapter

from graph.audit.records import Field, encode
from graph.casework.deeds import Deed
from graph.casework.keys import part
from graph.desk.moves import NONE, Rule, Side

LONGEST_US = 366 * 24 * 3_600_000_000
_LAST = (1 << 62) - 1


class HelpKind(StrEnum):
    """What kind of help."""

    IMAGING = "imaging"
    HEADERS = "header analysis"
    PREVIEW = "forensic preview"
    OTHER = "other"


class HelpStage(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DELIVERED = "delivered"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"


class HelpStep(StrEnum):
    """What may happen to a request."""

    ASK = "ask"
    ACCEPT = "accept"
    DECLINE = "decline"
    DELIVER = "deliver"
    RECEIVE = "receive"
    WITHDRAW = "withdraw"


OPEN = frozenset({HelpStage.ASKED, HelpStage.ACCEPTED, HelpStage.DELIVERED})
"""What waits for one side or the other."""
_S, _T = HelpStage, HelpStep
_ASK, _ANSWER = Deed.ASSISTANCE_ASK, Deed.ASSISTANCE_ANSWER
_HELPS = Side.HELPER
ASSISTANCE: Mapping[tuple[str, str], Rule] = MappingProxyType(
    {
        (NONE, _T.ASK): Rule(to=_S.ASKED, deed=_ASK, side=Side.ASKER, needs_why=False),
        (_S.ASKED, _T.ACCEPT): Rule(to=_S.ACCEPTED, deed=_ANSWER, side=_HELPS, needs_why=False),
        (_S.ASKED, _T.DECLINE): Rule(to=_S.DECLINED, deed=_ANSWER, side=_HELPS),
        (_S.ASKED, _T.WITHDRAW): Rule(to=_S.WITHDRAWN, deed=_ASK, side=Side.ASKER),
        (_S.ACCEPTED, _T.DELIVER): Rule(to=_S.DELIVERED, deed=_ANSWER, side=_HELPS),
        (_S.ACCEPTED, _T.DECLINE): Rule(to=_S.DECLINED, deed=_ANSWER, side=_HELPS),
        (_S.ACCEPTED, _T.WITHDRAW): Rule(to=_S.WITHDRAWN, deed=_ASK, side=Side.ASKER),
        (_S.DELIVERED, _T.RECEIVE): Rule(
            to=_S.RECEIVED, deed=_ASK, side=Side.ASKER, needs_why=False
        ),
    }
)
"""What is not in the table cannot be done. Of a delivery the reason says what was delivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpShown:
    """What the helper is shown: all of it, and nothing else."""

    asker: str
    reference: str
    """The asker's own number of the matter, as it chooses to tell it."""
    kind: str
    needed: str
    """What is needed, in words."""
    contact: str
    due_us: int


_SHOWN = TypeAdapter(HelpShown)


def shown_text(shown: HelpShown) -> str:
    """Give what is shown as canonical text (RFC 8785)."""
    return canonical(
        {
            "asker": shown.asker,
            "contact": shown.contact,
            "due_us": shown.due_us,
            "kind": shown.kind,
            "needed": shown.needed,
            "reference": shown.reference,
        }
    )


def shown_from(text: str) -> HelpShown:
    """Give what a canonical text shows."""
    return _SHOWN.validate_json(text)


def canonical(found: dict[str, Field]) -> str:
    """Give fields as canonical text.

    Raises:
        RowError: it is too large for one record.
    """
    return encode(found).decode("utf-8")


def order_of(stage: str, asked_us: int, moved_us: int, key: str) -> str:
    """Give what orders a list: what waits first, the oldest first; then the last done."""
    if stage in OPEN:
        return f"0|{asked_us:019d}|{key}"
    return f"1|{_LAST - moved_us:019d}|{key}"


def agency_place(agency: str, rest: str = "") -> str:
    """Give a place in an agency's list, or with no rest where it begins."""
    return f"{part(agency)}|{rest}"
