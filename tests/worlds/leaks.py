"""Planted leaks: what a careless change could tell others, and the proof must notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, LiteralString, TypeAlias

import pytest

from graph.casework.caller import Caller
from graph.errors import NotFoundError
from graph.queries.checks import MET
from graph.queries.conflict_views import MATRIX
from graph.queries.core import Query
from graph.queries.gathered import AROUND
from graph.queries.identifiers import CLAIMED_BY, IDENTIFIERS
from graph.queries.investigations import KeysParams
from graph.queries.judgements import JUDGED
from graph.queries.links import ObservationRow
from graph.queries.overlaps import DIRECT
from graph.queries.tips import REFERENCES
from graph.scoring.observations import Observation
from graph.services import (
    case_access,
    check_met,
    comparing,
    conflict_reading,
    judging,
    overlaps,
    search,
    tips,
)
from graph.services.investigation_pages import investigations_of
from graph.store import ReadUnit

_SEEN: Final = "WHERE c.visibility IN ['open', 'pointer'] AND"
_UNSEEN: Final = "WHERE c.visibility IN ['open', 'pointer', 'silent', 'sealed'] AND"
AnyQuery: TypeAlias = Query[Any, Any]


def _changed(query: AnyQuery, old: str, new: LiteralString) -> AnyQuery:
    assert old in query.text
    return replace(query, text=query.text.replace(old, new))


def count(patch: pytest.MonkeyPatch) -> None:
    """The number of claims on an identifier counts hidden ones; so does its being there."""
    patch.setattr(search, "IDENTIFIERS", _changed(IDENTIFIERS, _SEEN, _UNSEEN))


def row(patch: pytest.MonkeyPatch) -> None:
    """A search names the investigations of hidden claims."""
    patch.setattr(search, "CLAIMED_BY", _changed(CLAIMED_BY, _SEEN, _UNSEEN))


def rank(patch: pytest.MonkeyPatch) -> None:
    """Investigations are in the order of how much their agency claims, hidden claims too."""
    by_size: LiteralString = (
        "ORDER BY COUNT { (:Agency {key: agency})-[:RUNS]->()-[:HOLDS]->() }, investigation,"
    )
    patch.setattr(search, "CLAIMED_BY", _changed(CLAIMED_BY, "ORDER BY investigation,", by_size))


def meeting(patch: pytest.MonkeyPatch) -> None:
    """Overlaps are found over hidden claims."""
    text = DIRECT.text.replace("IN ['open', 'pointer']", "IN ['open', 'pointer', 'silent']")
    assert text != DIRECT.text
    patch.setattr(overlaps, "DIRECT", replace(DIRECT, text=text))


def answer(patch: pytest.MonkeyPatch) -> None:
    """A check is answered with silent claims too."""
    seen, unseen = "(c.visibility IN ['open', 'pointer'] OR", "(c.visibility <> 'sealed' OR"
    patch.setattr(check_met, "MET", _changed(MET, seen, unseen))


def conflict(patch: pytest.MonkeyPatch) -> None:
    """The matrix counts conflicts that the own side is not told of; no policy looks at numbers."""
    seen = _changed(MATRIX, "WHERE f.first_told <> 'none'", "WHERE true")
    patch.setattr(
        conflict_reading, "MATRIX", _changed(seen, "WHERE f.second_told <> 'none'", "WHERE true")
    )


def error_text(patch: pytest.MonkeyPatch) -> None:
    """A refusal tells another agency's investigation from one that is not there."""
    honest = case_access.case_there

    def telling(unit: ReadUnit, caller: Caller, key: str) -> object:
        try:
            return honest(unit, caller, key)
        except NotFoundError:
            if key in investigations_of(unit, KeysParams(keys=[key]).keys):
                raise NotFoundError("This investigation is another agency's.") from None
            raise

    patch.setattr(case_access, "case_there", telling)


def link_score(patch: pytest.MonkeyPatch) -> None:
    """A link is weighed by how many tips hold what two share, hidden ones too."""
    honest = comparing.observation_of_row

    def live(row: ObservationRow) -> Observation:
        return replace(honest(row), band=row.mention_count)

    seen = "ELSE COUNT { MATCH (x)<-[m:ASSERTS]-(v) WHERE m.ended_us IS NULL"
    text = " ".join(AROUND.text.split())
    assert seen in text
    start = text.index("COUNT { MATCH (x)<-[m:ASSERTS]-(v)")
    counted = text[start : text.index("RETURN DISTINCT v }", start) + len("RETURN DISTINCT v }")]
    unseen = replace(AROUND, text=text.replace(counted, "x.mention_count"))
    patch.setattr(comparing, "AROUND", unseen)
    patch.setattr(comparing, "observation_of_row", live)


def path(patch: pytest.MonkeyPatch) -> None:
    """Groups and paths lead through tips that the caller may not see, though no list shows them."""
    for query in ("AROUND", "TIPS"):
        patch.setattr(comparing, query, _changed(getattr(comparing, query), _HELD, _ANY))


def judgement(patch: pytest.MonkeyPatch) -> None:
    """Another agency's judgement parts tips."""
    patch.setattr(judging, "JUDGED", _changed(JUDGED, "$everything OR j.agency = $holder", "true"))


def stub(patch: pytest.MonkeyPatch) -> None:
    """A tip that a document names says whether somebody else holds it."""
    seen = "CASE WHEN ($everything OR $holder IN o.holders) THEN o.stub ELSE true END"
    patch.setattr(tips, "REFERENCES", _changed(REFERENCES, seen, "o.stub"))


_HELD: Final = "($everything OR $holder IN "
_ANY: Final = "(true OR $everything OR $holder IN "
_OF_CLAIMS = (count, row, rank, meeting, answer, conflict, error_text)
_OF_TIPS = (link_score, path, judgement, stub)
LEAKS: Mapping[str, Any] = MappingProxyType(
    {leak.__name__: leak for leak in (*_OF_CLAIMS, *_OF_TIPS)}
)
