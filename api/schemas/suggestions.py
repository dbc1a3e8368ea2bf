"""Suggestions on the wire."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Answer, Part, Wanted


class SuggestQuestion(Wanted):
    """What somebody has typed so far. In the body, so that no log of addresses has it."""

    text: str = Field(
        min_length=2,
        max_length=200,
        description="The beginning of a tip's number, or of an identifier.",
        examples=["1980", "dark.f"],
    )


class SuggestReading(Part):
    """An identifier that the text can be read as already."""

    kind: str
    key: str = Field(description="As it is looked up.")
    display: str


class Suggestion(Part):
    """Something that the text may be the beginning of."""

    kind: str = Field(description="`Tip`, or a kind of identifier.")
    key: str
    tip: str = Field(description="A tip of yours that is it, or states it.")


class SuggestAnswer(Answer):
    """What a text was taken for, and what of yours it may become."""

    taken_for: tuple[SuggestReading, ...]
    suggested: tuple[Suggestion, ...]
    cut_off: tuple[str, ...] = Field(description="What was left out, in sentences.")
