"""Answers of the API that tests of the chart make up."""

from __future__ import annotations

from client.client import CrosstipClient
from client.errors import ApiError
from client.links import CutOffs, ExplanationAnswer, LinkReason
from client.search import FoundIdentifier, HistoryAnswer, Use
from client.store import NamedQueryAnswer
from client.tips import TipLine

AS_OF = "2026-11-23T00:00:00Z"


def tip_line(key: str) -> TipLine:
    """Give a tip."""
    return TipLine(
        key=key,
        urgency=2,
        urgency_reasons=None,
        stub=False,
        provisional=False,
        withdrawn_at=None,
        provider_name="Chatterbox",
        incident_types=None,
        incident_at=None,
        received_at=AS_OF,
        ncmec_priority=None,
        file_count=None,
        version_count=1,
    )


def reason(weight: int, identifier: str = "a@example.com") -> LinkReason:
    """Give a reason of a weight."""
    return LinkReason(
        name="email",
        kind="Email",
        identifier=identifier,
        relation="subject",
        weight=weight,
        alone=weight,
        parts=(),
        group="email",
        holders="fewer than 5",
        own_roles=("reported",),
        other_roles=("reported",),
        own_times=(),
        other_times=(),
        own_places=(),
        other_places=(),
        sentence="Both have it.",
    )


def explanation(*weights: int) -> ExplanationAnswer:
    """Give two tips compared, with reasons of these weights."""
    return ExplanationAnswer(
        as_of=AS_OF,
        synthetic=True,
        queries=("links.shared",),
        caveat="investigative lead, not identification",
        cut_off=(),
        own=tip_line("ncmec:1"),
        other=tip_line("ncmec:2"),
        weights="7",
        snapshot_at=None,
        score=sum(weights),
        grade="strong",
        chance="not estimated",
        cut_offs=CutOffs(strong=20_000, moderate=10_000, weak=5_000),
        reasons=tuple(reason(weight) for weight in weights),
        refers=(),
        judgements=(),
    )


def use(tip: str, *, role: str = "reported", linking: bool = True, urgency: int = 2) -> Use:
    """Give a tip's use of an identifier."""
    return Use(
        tip=tip,
        urgency=urgency,
        provider="Chatterbox",
        role=role,
        linking=linking,
        event=None,
        at=None,
        time_raw=None,
        received_at=AS_OF,
        port=None,
        verified=None,
        mined=False,
        path="person/email",
        ended_at=None,
        withdrawn_at=None,
    )


def history(*uses: Use, state: str = "normal", mentions: int | None = None) -> HistoryAnswer:
    """Give an address's uses."""
    return HistoryAnswer(
        as_of=AS_OF,
        synthetic=True,
        queries=("history.uses",),
        identifier=FoundIdentifier(
            kind="Email",
            key="a@example.com",
            state=state,
            state_reason="shared" if state != "normal" else None,
            tip_count=len(uses),
            mention_count=mentions if mentions is not None else len(uses),
            claim_count=0,
        ),
        spread=(),
        uses=uses,
        states=(),
        first_seen=None,
        lists=(),
        cut_off=(),
    )


class Stub(CrosstipClient):
    """Answers what it was given, and counts how often it was asked."""

    def __init__(self, found: HistoryAnswer | ApiError) -> None:
        """Know one address."""
        super().__init__("http://127.0.0.1:9", "t" * 40)
        self.found = found
        self.asked = 0

    def history(self, kind: str, key: str, *, limit: int = 200) -> HistoryAnswer:
        """Give it."""
        self.asked += 1
        assert limit > 0, (kind, key)
        if isinstance(self.found, ApiError):
            raise self.found
        return self.found

    def run_query(self, name: str, params: object) -> NamedQueryAnswer:
        """Give no claims."""
        assert params is not None
        return NamedQueryAnswer(as_of=AS_OF, synthetic=True, queries=(name,), columns=(), rows=())
