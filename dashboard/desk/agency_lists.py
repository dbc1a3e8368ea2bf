"""Agencies, units and agreements as columns, and who enters what. Pure, from the API's answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from client.resources.agencies import Agency, Agreement, Unit
from dashboard.components.csv_file import Columns
from dashboard.wording import visible

ENTERS: Final = frozenset({"operator"})
"""Who enters agencies."""
CHANGES: Final = frozenset({"operator", "agency administrator"})
"""Who changes an entry: an administrator that of the own agency."""
ADDS_UNITS: Final = frozenset({"agency administrator"})


def agency_columns(items: Sequence[Agency]) -> Columns:
    """Give agencies in the order of their keys."""
    return {
        "Agency": [visible(item.key) for item in items],
        "Name": [visible(item.name) for item in items],
        "Kind": [visible(item.kind) for item in items],
        "State": [visible(item.state) for item in items],
        "Task force": [visible(item.task_force) for item in items],
        "Contact": [visible(item.contact) for item in items],
        "Verified": [_verified(item) for item in items],
        "Zone": [visible(item.zone) for item in items],
        "Until": [item.until_at or "" for item in items],
    }


def _verified(item: Agency) -> str:
    return "yes" if item.verified is True else "no: nobody confirmed it"


def unit_columns(units: Sequence[Unit]) -> Columns:
    """Give the units of an agency."""
    return {
        "Unit": [visible(unit.name) for unit in units],
        "Contact": [visible(unit.contact) for unit in units],
        "Key": [visible(unit.key) for unit in units],
    }


def agreement_columns(items: Sequence[Agreement]) -> Columns:
    """Give the agreements of the own agency, ended ones too."""
    return {
        "With": [f"{visible(item.first)} and {visible(item.second)}" for item in items],
        "Reference": [visible(item.reference) for item in items],
        "Equal rules": ["yes" if item.equal_rules else "no" for item in items],
        "From": [item.from_at for item in items],
        "Until": [item.until_at for item in items],
        "Ended": [
            "" if item.ended_at is None else f"{item.ended_at}: {visible(item.ended_why)}"
            for item in items
        ],
    }


def may_change(roles: Sequence[str], own: str | None, agency: str) -> bool:
    """Say whether somebody is offered to change an agency's entry."""
    if "operator" in roles:
        return True
    return "agency administrator" in roles and own == agency
