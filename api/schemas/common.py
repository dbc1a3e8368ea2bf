"""What every answer carries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.wire import Plain, fields, wire
from graph.casework.caller import Caller
from graph.clock import iso, to_us
from graph.opening import OpenStore
from graph.services.links import CAVEAT


class Part(BaseModel):
    """Base of all parts of answers. It takes from a row what it declares and nothing else."""

    model_config = ConfigDict(frozen=True)


class Answer(Part):
    """Base of all answers."""

    as_of: str = Field(
        description="When the store was read, ISO 8601 in UTC.", examples=["2026-11-22T03:42:19Z"]
    )
    synthetic: bool = Field(description="Whether all of this is made up, about no real person.")
    queries: tuple[str, ...] = Field(
        description="Names of the catalogue's queries that this comes from."
    )


class LinkAnswer(Answer):
    """Base of answers that connect tips or investigations."""

    caveat: str = Field(default=CAVEAT, description="To be shown with it, always.")
    cut_off: tuple[str, ...] = Field(description="What was left out, in sentences.")


A = TypeVar("A", bound=Answer)
I = TypeVar("I", bound=Part)  # noqa: E741 - an item


class Read(Protocol):
    """Who reads, and what kind of store."""

    @property
    def caller(self) -> Caller:
        """Who asks, and as of when."""

    @property
    def synthetic(self) -> bool:
        """Whether nothing in the store is real."""


def answer(
    kind: type[A], found: object, opened: OpenStore, *, queries: tuple[str, ...], **more: Plain
) -> A:
    """Give an answer out of what the core found; `more` adds to or replaces its fields."""
    values = fields(found)
    values["as_of"] = values.pop("as_of_at")
    values["synthetic"] = opened.info.synthetic
    values["queries"] = list(queries)
    return kind.model_validate({**values, **more})


OF_TIPS = (
    "Tips of yours that mention it. Where the last count found 512 or more: at least so many, of "
    "all agencies' tips."
)


class Wanted(BaseModel):
    """Base of what somebody asks for in a body. A field that is not declared is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PageAnswer(Answer, Generic[I]):
    """One page of a list, in an order that stays."""

    items: tuple[I, ...]
    next_after: str | None = Field(
        description="`after` of the next page; null on the last. It names a place, no person."
    )


P = TypeVar("P", bound=PageAnswer[Any])


def one(kind: type[A], found: object, at: Read, *, query: str, **more: Plain) -> A:
    """Give the answer about one record, as of the caller's time."""
    return kind.model_validate({**fields(found), **_stamp(at, query), **more})


def some(kind: type[A], at: Read, *, query: str, **more: Plain) -> A:
    """Give an answer that is put together from `more`."""
    return kind.model_validate({**_stamp(at, query), **more})


def page(
    kind: type[P], rows: Sequence[object], at: Read, *, query: str, next_after: str | None
) -> P:
    """Give a page of rows."""
    values: dict[str, Plain] = {"items": wire(tuple(rows)), "next_after": next_after}
    return kind.model_validate({**_stamp(at, query), **values})


def _stamp(at: Read, query: str) -> dict[str, Plain]:
    return {"as_of": iso(at.caller.as_of_us), "synthetic": at.synthetic, "queries": [query]}


def micro(at: datetime | None) -> int | None:
    """Give a time with its zone as microseconds since 1970 UTC, None for none."""
    return None if at is None else to_us(at)
