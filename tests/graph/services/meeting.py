"""What became of encounters, as tests look at it from inside the store."""

from __future__ import annotations

from tests.stores import RunningStore


def conflicts_in(running: RunningStore) -> list[tuple[object, ...]]:
    """Give every conflict: who is told on each side, status, severity, and how many reasons."""
    return running.rows(
        "MATCH (f:Conflict) RETURN f.first_agency, f.first_told, f.second_agency, "
        "f.second_told, f.status, f.severity, COUNT { (f)-[:HAS_REASON]->(:Reason) } AS reasons "
        "ORDER BY f.key LIMIT 1000"
    )


def notices_in(running: RunningStore) -> list[tuple[object, ...]]:
    """Give every notice: whose, what about, to whom."""
    return running.rows(
        "MATCH (n:Notification) RETURN n.agency, n.kind, n.recipients "
        "ORDER BY n.agency, n.kind, n.stream, n.number LIMIT 10000"
    )
