"""The API's judgements: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from typing import Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read
from client.resources.investigations import Reason


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
    score: int | None
    grade: str | None


class JudgementPage(Answer):
    """Judgements, newest first, undone ones included."""

    items: tuple[JudgementLine, ...]
    next_after: str | None


Ruling: TypeAlias = Literal["same actor", "not the same", "unsure"]


class Judge(Asked):
    """A decision about two tips."""

    first: str
    second: str
    verdict: Ruling
    why: str


class JudgementMade(Answer):
    """A judgement that was recorded."""

    key: str
    verdict: str
    at: str


class Judgements(Calls):
    """Calls about judgements."""

    def judgements(self, *, after: str = "", limit: int = 50) -> JudgementPage:
        """Judgements, newest first, undone ones included."""
        return read(
            self._call("GET", "judgements", params={"after": after, "limit": limit}), JudgementPage
        )

    def make_judgement(self, wanted: Judge, *, key: str | None = None) -> JudgementMade:
        """Decide about two tips; with the score that was seen it stays on record."""
        return read(self._call("POST", "judgements", body=wanted, key=once(key)), JudgementMade)

    def undo_judgement(
        self, judgement: str, wanted: Reason, *, key: str | None = None
    ) -> JudgementMade:
        """Take a judgement back; it stays on record."""
        return read(
            self._call("POST", f"judgements/{part(judgement)}/undo", body=wanted, key=once(key)),
            JudgementMade,
        )
