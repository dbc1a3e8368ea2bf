"""Whose tips a question may see. It is part of the question: hidden tips are never counted."""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class TipScope:
    """The tips that an answer is computed from."""

    everything: bool = False
    """All of them: for work that belongs to the installation, never for somebody's answer."""
    holder: str = ""
    """Key of the agency whose tips they are; empty: nobody's, as no tip is held by nobody."""


EVERYTHING = TipScope(everything=True)
NOTHING = TipScope()


def scope_of(caller: Caller) -> TipScope:
    """Give the tips that a caller may see: those that their agency holds now, operators none.

    While no user was ever entered, whoever has the machine sees everything.
    """
    if caller.unnamed:
        return EVERYTHING
    return NOTHING if caller.agency is None else TipScope(holder=caller.agency)
