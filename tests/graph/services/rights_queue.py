"""What may be done about the queue."""

from __future__ import annotations

from collections.abc import Mapping

from graph.services.caseload import caseload_rows, own_caseload, show_caseload
from graph.services.queue_reading import list_queue, queue_tally, show_queued
from graph.services.triage_steps import move, take
from graph.services.triage_together import Looked, move_together
from graph.triage.deciding import Wanted
from graph.triage.moves import Move
from tests.graph.services.rights_trying import Operation

REFER = Wanted(move=Move.REFER, recipient="Another desk", why="Because of the test.")

QUEUE: Mapping[str, Operation] = {
    "queue_reading.list_queue": lambda at: list_queue(at.caller, at.store, reads=at.reads),
    "queue_reading.queue_tally": lambda at: queue_tally(at.caller, at.store, reads=at.reads),
    "queue_reading.show_queued": lambda at: show_queued(
        at.caller, at.store, tip=at.key, reads=at.reads
    ),
    "caseload.show_caseload": lambda at: show_caseload(at.caller, at.store, reads=at.reads),
    "caseload.own_caseload": lambda at: own_caseload(at.caller, at.store, reads=at.reads),
    "caseload.caseload_rows": lambda at: caseload_rows(
        at.caller, at.store, figure="open", labels=("new", "today"), reads=at.reads
    ),
    "triage_steps.take": lambda at: take(at.caller, at.store, tip=at.key),
    "triage_steps.move": lambda at: move(at.caller, at.store, tip=at.key, expected=0, wanted=REFER),
    "triage_together.move_together": lambda at: move_together(
        at.caller, at.store, tip=at.key, records=[Looked(tip=at.key, version=0)], wanted=REFER
    ),
}
