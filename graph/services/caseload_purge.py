"""What the next purge takes away, as a number and as rows: by the dry run's own functions."""

from __future__ import annotations

from collections.abc import Iterator

from graph.queries.evidence import AgencyParams
from graph.queries.retention import POLICIES
from graph.retention.classes import RecordClass
from graph.retention.due import Fate
from graph.services.caseload_asked import Asked
from graph.services.retention_due import Candidate, candidates
from graph.services.retention_policies import in_force
from graph.services.retention_purge import asked_of
from graph.store import ReadUnit

MOST_LOOKED_AT = 2000
_TOGETHER = 500


def due_for_purge(unit: ReadUnit, asked: Asked) -> dict[RecordClass, int]:
    """Give how many records go with the next purge, by kind."""
    return {kind: sum(1 for _ in due_of(unit, asked, kind)) for kind in RecordClass}


def due_of(unit: ReadUnit, asked: Asked, kind: RecordClass) -> Iterator[Candidate]:
    """Give the records of a kind that go with the next purge, in the order of the dry run."""
    rows = unit.read(POLICIES, AgencyParams(agency=asked.agency))
    policy = in_force(rows, at_us=asked.now_us).get((asked.agency, kind))
    if policy is None or policy.days is None:
        return
    question = asked_of(unit, policy, at_us=asked.now_us)
    after, seen = "", 0
    while seen < MOST_LOOKED_AT:
        page = candidates(unit, question, after=after, limit=_TOGETHER)
        yield from (each for each in page if each.fate is Fate.DUE)
        if len(page) < _TOGETHER:
            return
        seen, after = seen + len(page), page[-1].place
