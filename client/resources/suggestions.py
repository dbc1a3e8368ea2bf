"""The API's suggestions: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from client.answers import Answer, Asked, Part
from client.calls import Calls, read


class SuggestQuestion(Asked):
    """What somebody has typed so far. In the body, so that no log of addresses has it."""

    text: str


class SuggestReading(Part):
    """An identifier that the text can be read as already."""

    kind: str
    key: str
    display: str


class Suggestion(Part):
    """Something that the text may be the beginning of."""

    kind: str
    key: str
    tip: str


class SuggestAnswer(Answer):
    """What a text was taken for, and what of yours it may become."""

    taken_for: tuple[SuggestReading, ...]
    suggested: tuple[Suggestion, ...]
    cut_off: tuple[str, ...]


class Suggestions(Calls):
    """Calls about suggestions."""

    def suggestions(self, wanted: SuggestQuestion) -> SuggestAnswer:
        """What of your own tips a text may be the beginning of, and what it is taken for so far."""
        return read(self._call("POST", "suggestions", body=wanted), SuggestAnswer)
