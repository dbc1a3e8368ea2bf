"""What may be done about feedback to NCMEC, and a feedback of two agencies for it."""

from __future__ import annotations

from collections.abc import Mapping

from graph.casework.caller import Caller
from graph.feedback.lines import FeedbackFormat
from graph.services.feedback import NewFeedback, make_feedback
from graph.services.feedback_reading import feedback_file, list_feedback, show_feedback
from graph.services.feedback_trials import try_feedback
from graph.services.recording import record
from graph.services.triage_steps import move, take
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome
from tests.deliveries import delivery, email
from tests.graph.services.people import later
from tests.graph.services.rights_trying import Operation

_SECOND_US = 1_000_000


def period(caller: Caller) -> NewFeedback:
    """Give all time until a caller's."""
    return NewFeedback(from_us=0, until_us=caller.as_of_us, synthetic=True)


FEEDBACK: Mapping[str, Operation] = {
    "feedback.make_feedback": lambda at: make_feedback(at.caller, at.store, new=period(at.caller)),
    "feedback_trials.try_feedback": lambda at: try_feedback(
        at.caller, at.store, new=period(at.caller), reads=at.reads
    ),
    "feedback_reading.list_feedback": lambda at: list_feedback(at.caller, at.store, reads=at.reads),
    "feedback_reading.show_feedback": lambda at: show_feedback(
        at.caller, at.store, key=at.key, reads=at.reads
    ),
    "feedback_reading.feedback_file": lambda at: feedback_file(
        at.caller, at.store, key=at.key, kind=FeedbackFormat.CSV, reads=at.reads
    ),
}


def closed(caller: Caller, store: Store, number: int, outcome: Outcome) -> str:
    """Take a tip in for a caller's agency, close it, and give its key."""
    said = [email(f"closed{number}@example.com")]
    record(store, [delivery(str(number), said, holder=caller.agency)], actor="test")
    tip = f"ncmec:{number}"
    row = take(caller, store, tip=tip)
    wanted = Wanted(move=Move.CLOSE, outcome=outcome, why="Because of the test.")
    move(caller, store, tip=tip, expected=row.version or 0, wanted=wanted)
    return tip


def feedback_keys(store: Store, people: Mapping[str, Caller]) -> dict[str, str]:
    """Tell of a tip of north's and one of south's; another one of north's is still to be told."""
    found: dict[str, str] = {}
    for name, user, number in (
        ("own feedback", "boss.north", 31),
        ("another agency's feedback", "boss.south", 32),
    ):
        before = later(people[user], -_SECOND_US)
        closed(before, store, number, Outcome.ARREST)
        found[name] = make_feedback(people[user], store, new=period(people[user])).key
    closed(later(people["boss.north"], -_SECOND_US), store, 33, Outcome.SPAM)
    return found
