"""What every answer carries."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.wire import Plain, fields
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


def answer(
    kind: type[A], found: object, opened: OpenStore, *, queries: tuple[str, ...], **more: Plain
) -> A:
    """Give an answer out of what the core found; `more` adds to or replaces its fields."""
    values = fields(found)
    values["as_of"] = values.pop("as_of_at")
    values["synthetic"] = opened.info.synthetic
    values["queries"] = list(queries)
    return kind.model_validate({**values, **more})
