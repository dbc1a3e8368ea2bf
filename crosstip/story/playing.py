"""Three agencies that work one subject, day by day, through the services that people use.

What happens is dated back, so that a supervisor has something to measure: the store is synthetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crosstip.story.people import (
    AGENCIES,
    HARROW,
    LARKSPUR,
    OPERATOR,
    STONEPINE,
    enter_people,
    user_of,
)
from crosstip.story.subject import Subject
from graph.casework.caller import Caller
from graph.casework.conflict_life import Resolution
from graph.casework.terms import DAY_US, ClaimDraft
from graph.casework.vocabulary import Content, Handling, Reliability, Visibility
from graph.identifiers.core import Identifier
from graph.queries.conflict_views import MatrixRow
from graph.queries.notices import NoticeRow
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of
from graph.services.case_access import own_key
from graph.services.cases import NewCase, open_case
from graph.services.check_answers import Answer
from graph.services.check_question import Question
from graph.services.check_reading import asked_identifier
from graph.services.checks import check
from graph.services.claim_entry import claim
from graph.services.conflict_reading import ConflictView, list_conflicts, matrix
from graph.services.conflict_steps import acknowledge, coordinate, resolve, write_message
from graph.services.escalation import escalate_due
from graph.services.holders import hold_tips
from graph.services.notices import list_notices
from graph.store import Store

INVESTIGATOR, SUPERVISOR, AUDITOR = "investigator", "supervisor", "auditor"
PURPOSE: Final = "cybertip"
BEGIN, ASKED, SEEN, LATE, SPLIT = 8, 7, 6, 3, 2
"""Days before the last one: people come, everybody asks, one side acknowledges, the other is late,
another conflict is resolved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What everybody saw."""

    end_us: int
    answers: dict[str, Answer]
    """Of each agency's check."""
    notices: dict[str, tuple[NoticeRow, ...]]
    """Of each user who was told something."""
    conflicts: dict[str, tuple[ConflictView, ...]]
    """Of each supervisor's agency, resolved ones too."""
    matrices: dict[str, tuple[MatrixRow, ...]]
    """Of each supervisor's agency."""


def reference_of(agency: str) -> str:
    """Give the reference of the investigation that an agency opens in the story."""
    return f"{agency.upper()}-DEMO"


class Story:
    """Plays the story in a store that has the county and no people yet."""

    def __init__(self, store: Store, subject: Subject, *, end_us: int) -> None:
        """Take the store, whom they work, and when the last day is."""
        self._store = store
        self._subject = subject
        self._end_us = end_us
        self._reads = ReadLog(store)
        self._answers: dict[str, Answer] = {}

    def until_asked(self) -> None:
        """Play the days on which people come, claim and ask."""
        enter_people(self._store, at_us=self._at(BEGIN))
        for agency in AGENCIES:
            new = NewCase(reference=reference_of(agency), purpose=PURPOSE)
            open_case(self._who(INVESTIGATOR, agency, BEGIN), self._store, new=new)
        self._claim(INVESTIGATOR, LARKSPUR, self._subject.phone, Visibility.POINTER)
        self._claim(SUPERVISOR, STONEPINE, self._subject.file, Visibility.SILENT)
        for agency in AGENCIES:
            self._answers[agency] = self._ask(agency)
        self._acknowledge(HARROW, SEEN)

    def until_now(self) -> Played:
        """Play the rest, and give what everybody saw."""
        store, tip = self._store, self._subject.tip
        escalate_due(store, at_us=self._at(LATE), actor=OPERATOR)
        operator = caller_of(store, OPERATOR, at_us=self._at(LATE))
        hold_tips(operator, store, [tip], agency=STONEPINE)
        self._split_with_stonepine()
        told = [user_of(role, a) for a in AGENCIES for role in (INVESTIGATOR, SUPERVISOR)]
        bosses = {agency: self._who(SUPERVISOR, agency, 0) for agency in AGENCIES}
        return Played(
            end_us=self._end_us,
            answers=self._answers,
            notices={user: self._notices(user) for user in told},
            conflicts={
                agency: list_conflicts(boss, store, reads=self._reads, with_resolved=True)
                for agency, boss in bosses.items()
            },
            matrices={
                agency: matrix(boss, store, reads=self._reads) for agency, boss in bosses.items()
            },
        )

    def _at(self, days_before: int) -> int:
        return self._end_us - days_before * DAY_US

    def _who(self, role: str, agency: str, days_before: int) -> Caller:
        return caller_of(self._store, user_of(role, agency), at_us=self._at(days_before))

    def _claim(self, role: str, agency: str, what: Identifier, visibility: Visibility) -> None:
        caller = self._who(role, agency, BEGIN)
        is_silent = visibility is Visibility.SILENT
        draft = ClaimDraft(
            identifier=what,
            visibility=visibility,
            silent_until_us=caller.as_of_us + 90 * DAY_US if is_silent else None,
            predicate="Synthetic: a chat that was seized names it as the subject's own.",
            source="Synthetic: a search warrant that was never written.",
            support="Synthetic: a paper file that does not exist.",
            reliability=Reliability.RELIABLE,
            content=Content.PROBABLE,
            handling=Handling.PERMITTED,
        )
        key = own_key(caller, reference_of(agency))
        claim(caller, self._store, investigation=key, drafts=[draft])

    def _ask(self, agency: str) -> Answer:
        caller = self._who(INVESTIGATOR, agency, ASKED)
        question = Question(
            investigation=own_key(caller, reference_of(agency)),
            purpose=PURPOSE,
            lines=tuple(asked_identifier(item) for _, item in self._subject.asked),
        )
        return check(caller, self._store, question=question)

    def _conflict(self, caller: Caller, other: str) -> ConflictView:
        """Give the conflict of larkspur's investigation in the story and another one's."""
        rows = list_conflicts(caller, self._store, reads=self._reads)
        pair = (reference_of(LARKSPUR), reference_of(other))
        return next(row for row in rows if (row.own_reference, row.other_reference) == pair)

    def _acknowledge(self, other: str, days_before: int) -> None:
        larkspur = self._who(INVESTIGATOR, LARKSPUR, days_before)
        ref = self._conflict(larkspur, other).ref
        acknowledge(larkspur, self._store, ref=ref)
        write_message(larkspur, self._store, ref=ref, text="Call me before you act.")

    def _split_with_stonepine(self) -> None:
        larkspur = self._who(INVESTIGATOR, LARKSPUR, SPLIT)
        found = self._conflict(larkspur, STONEPINE)
        now = coordinate(larkspur, self._store, ref=found.ref, expected=found.version)
        stonepine = self._who(INVESTIGATOR, STONEPINE, SPLIT)
        resolve(
            stonepine,
            self._store,
            ref=found.ref,
            expected=now.version,
            resolution=Resolution.SPLIT,
            why="They take the phone, we take the file.",
        )

    def _notices(self, user: str) -> tuple[NoticeRow, ...]:
        caller = caller_of(self._store, user, at_us=self._end_us)
        return list_notices(caller, self._store, reads=self._reads, with_seen=True)
