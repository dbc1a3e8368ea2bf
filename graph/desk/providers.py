"""Requests to providers: kinds, stages, and which step leads where; nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from graph.casework.deeds import Deed
from graph.casework.keys import part
from graph.desk.clocks import Clock, letter_clock, process_clock
from graph.desk.moves import NONE, Rule, Side
from graph.errors import RowError


class ProviderKind(StrEnum):
    """What was sent. Each has a clock of its own."""

    LETTER = "preservation letter"
    """18 U.S.C. 2703(f)."""
    SUBPOENA = "subpoena"
    ORDER = "court order"
    """18 U.S.C. 2703(d) and others."""
    WARRANT = "warrant"


class ProviderStage(StrEnum):
    """Where a request stands."""

    SENT = "sent"
    RENEWED = "renewed"
    RETURNED = "returned"
    CALLED_OFF = "called off"
    RUN_OUT = "run out"
    """Of a letter: its time is over, and nothing was returned."""


class ProviderStep(StrEnum):
    """What may happen to a request."""

    SEND = "send"
    RENEW = "renew"
    """Of a letter: once, before its end."""
    RETURN = "return"
    CALL_OFF = "call off"
    RUN_OUT = "run out"


RUNNING = frozenset({ProviderStage.SENT, ProviderStage.RENEWED})
"""Where its clock runs."""
_SEND, _LETTER = Deed.PROVIDER_SEND, frozenset({ProviderKind.LETTER.value})
_ST, _SP = ProviderStage, ProviderStep
_OVER = Rule(
    to=_ST.RUN_OUT, deed=Deed.PROVIDER_CLOCK, side=Side.CLOCK, needs_why=False, kinds=_LETTER
)
_BACK = Rule(to=_ST.RETURNED, deed=_SEND, needs_why=False)
_OFF = Rule(to=_ST.CALLED_OFF, deed=_SEND)
PROVIDERS: Mapping[tuple[str, str], Rule] = MappingProxyType(
    {
        (NONE, _SP.SEND): Rule(to=_ST.SENT, deed=_SEND, needs_why=False),
        (_ST.SENT, _SP.RENEW): Rule(to=_ST.RENEWED, deed=_SEND, needs_why=False, kinds=_LETTER),
        (_ST.SENT, _SP.RETURN): _BACK,
        (_ST.SENT, _SP.CALL_OFF): _OFF,
        (_ST.SENT, _SP.RUN_OUT): _OVER,
        (_ST.RENEWED, _SP.RETURN): _BACK,
        (_ST.RENEWED, _SP.CALL_OFF): _OFF,
        (_ST.RENEWED, _SP.RUN_OUT): _OVER,
        (_ST.RUN_OUT, _SP.RETURN): _BACK,
    }
)
"""What is not in the table cannot be done."""


def clock_of(
    kind: ProviderKind, sent_on: date, due_on: date | None, zone: ZoneInfo, *, is_renewed: bool
) -> Clock:
    """Give the clock of a request.

    Raises:
        RowError: a letter names a day of return, or a process none or one before it was sent.
    """
    if kind is ProviderKind.LETTER:
        if due_on is not None:
            raise RowError("A letter's end follows from the statute: name no day of return.")
        return letter_clock(sent_on, zone, is_renewed=is_renewed)
    if due_on is None or due_on < sent_on:
        raise RowError("A process names the day of its return, not before it was sent.")
    return process_clock(due_on, zone)


def ends_place(agency: str, ends_us: int, key: str) -> str:
    """Give the place of something whose clock runs among all of an agency, the first end first."""
    return f"{part(agency)}|{ends_us:019d}|{key}"
