"""Planted leaks of the API: what a careless change to a route could tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import pytest

from api.conduct.desk import Desk
from api.routers import cases, tips
from api.schemas.common import page
from graph.casework.caller import Caller
from graph.errors import NotFoundError
from graph.queries.claims import OWN_BY_REF, ClaimedRow, RefParams
from graph.queries.workspaces import DRAWN_CASES
from graph.services import claim_access, workspace_sight
from graph.services.figures import figures_of
from graph.services.tips import TipPage, list_tips
from graph.store import ReadUnit, Store
from tests.worlds.history import HIDER

Leak: TypeAlias = Callable[[pytest.MonkeyPatch, Store], None]


def count(patch: pytest.MonkeyPatch, _: Store) -> None:
    """A page says in a header how many investigations there are."""

    def telling(kind: object, rows: object, at: Desk, **more: object) -> object:
        figures = figures_of(at.opened.store, everything=True)
        total = sum(figure.total for figure in figures if figure.label == "Investigation")
        at.response.headers["X-Total-Count"] = str(total)
        return page(kind, rows, at, **more)  # type: ignore[arg-type]

    patch.setattr(cases, "page", telling)


def place(patch: pytest.MonkeyPatch, whole: Store) -> None:
    """Whether there is a next page of tips depends on tips that the caller may not see."""

    def telling(store: Store, *, after: str, limit: int) -> TipPage:
        found = list_tips(store, after=after, limit=limit)
        return replace(found, next_after=list_tips(whole, after=after, limit=limit).next_after)

    patch.setattr(tips, "list_tips", telling)


def error_text(patch: pytest.MonkeyPatch, _: Store) -> None:
    """A refusal tells another agency's claim from one that is not there."""
    honest = claim_access.claim_there

    def telling(unit: ReadUnit, caller: Caller, ref: str) -> ClaimedRow:
        try:
            return honest(unit, caller, ref)
        except NotFoundError:
            params = RefParams(agency=HIDER, user=f"chief.{HIDER}", now_us=caller.as_of_us, ref=ref)
            if len(unit.read(OWN_BY_REF, params)) > 0:
                raise NotFoundError("This claim is another agency's.") from None
            raise

    patch.setattr(claim_access, "claim_there", telling)


def whose_log(patch: pytest.MonkeyPatch, _: Store) -> None:
    """An auditor is given whichever log they name."""
    patch.setattr(Desk, "asks", lambda *_: None)


def drawn(patch: pytest.MonkeyPatch, _: Store) -> None:
    """A saved chart shows every investigation that its keeper guessed the name of."""
    parts = DRAWN_CASES.text.partition("WHERE (i.agency")
    after = parts[2][parts[2].index("RETURN d.kind") :]
    text = f"{parts[0]}WHERE $agency <> '' AND $now_us > 0 {after}"
    telling: Any = replace(DRAWN_CASES, text=text)
    patch.setattr(workspace_sight, "DRAWN_CASES", telling)


LEAKS: Final[Mapping[str, Leak]] = MappingProxyType(
    {
        "/investigations": count,
        "/tips": place,
        "/claims/{claim}": error_text,
        "/audit/export": whose_log,
        "/workspaces/{workspace}": drawn,
    }
)
"""By the route whose answers are to show it."""
