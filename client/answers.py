"""What the API's answers have in common. A field that is not declared is ignored."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Base of all parts of answers."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Answer(Part):
    """Base of all answers."""

    as_of: str
    synthetic: bool
    queries: tuple[str, ...]


class LinkAnswer(Answer):
    """Base of answers that connect something; caveat and cut-offs are always shown with it."""

    caveat: str
    cut_off: tuple[str, ...]


class Asked(BaseModel):
    """Base of what is asked for. A field that the API does not know is refused here already."""

    model_config = ConfigDict(frozen=True, extra="forbid")
