"""The API's answers about states of identifiers."""

from __future__ import annotations

from client.answers import Answer, Part


class StateDecision(Part):
    """What counting found, or a person decided, about one identifier's state."""

    key: str
    kind: str
    identifier: str
    source: str
    state: str
    undoes: str | None
    why: str
    decided_by: str
    at: str
    until_at: str | None
    snapshot_at: str | None
    rules: str | None


class StatesAnswer(Answer):
    """Decisions about states, newest first."""

    decisions: tuple[StateDecision, ...]
    cut_off: tuple[str, ...]
