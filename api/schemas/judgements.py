"""Judgements on the wire."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted
from graph.services.judging import Verdict


class Ruling(StrEnum):
    """What a person may decide about two tips."""

    SAME = Verdict.SAME.value
    NOT_SAME = Verdict.NOT_SAME.value
    UNSURE = Verdict.UNSURE.value


class JudgementLine(Part):
    """A person's decision about two tips. It is never overwritten."""

    key: str
    tips: tuple[str, ...]
    verdict: str
    undoes: str | None
    why: str
    judged_by: str
    at: str
    weights: str | None
    score: int | None = Field(description="Thousandths of a bit, as it was seen.")
    grade: str | None


class JudgementPage(PageAnswer[JudgementLine]):
    """Judgements, newest first, undone ones included."""


class JudgementMade(Answer):
    """A judgement that was recorded."""

    key: str
    verdict: str
    at: str


class Judge(Wanted):
    """A decision about two tips."""

    first: str = Field(min_length=1, max_length=200, examples=["ncmec:198000001"])
    second: str = Field(min_length=1, max_length=200, examples=["ncmec:198000002"])
    verdict: Ruling
    why: str = Field(min_length=1, max_length=2000, examples=["Same device in both returns."])
