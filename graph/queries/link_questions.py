"""What queries of links are asked with."""

from __future__ import annotations

from graph.queries.scope import Seeing


class SharedParams(Seeing):
    """Tips, the largest identifier to walk through, and how many rows are wanted for each tip."""

    tips: list[str]
    walk_limit: int
    limit: int


class OwnParams(Seeing):
    """Tips and how many assertions of each are wanted."""

    tips: list[str]
    limit: int


class TwoHopsParams(Seeing):
    """A tip, the largest identifier to walk through, and how many rows are wanted."""

    tip: str
    walk_limit: int
    limit: int


class HubPairsParams(Seeing):
    """Tips found otherwise, and hubs of the tip that they were found for."""

    tips: list[str]
    identifiers: list[str]
    subnets: list[str]


class ComparedParams(Seeing):
    """Tips that are compared."""

    tips: list[str]
