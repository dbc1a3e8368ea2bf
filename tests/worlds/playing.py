"""A history played in a store, and every answer that the asker's people got."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any, Final
from unittest.mock import patch
from uuid import UUID

from graph.casework.caller import Caller
from graph.casework.conflict_life import Resolution
from graph.casework.tip_scope import scope_of
from graph.casework.vocabulary import Visibility
from graph.errors import CrosstipError
from graph.identifiers.core import Policy
from graph.services.audit_reads import ReadLog
from graph.services.case_access import list_cases, own_key, show_case
from graph.services.caseload import show_caseload
from graph.services.cases import NewCase, close_case, open_case, reopen_case
from graph.services.check_alerts import list_alerts
from graph.services.check_budgets import budgets
from graph.services.check_question import Question
from graph.services.check_reading import asked_text
from graph.services.checks import check
from graph.services.claim_access import list_claims, list_due, show_claim
from graph.services.claim_entry import claim
from graph.services.claims import show_to_others, validate_claim
from graph.services.conflict_reading import list_conflicts, matrix, show_conflict
from graph.services.conflict_steps import acknowledge, coordinate, resolve, write_message
from graph.services.holders import release_tips
from graph.services.judgements import judge
from graph.services.notices import list_notices
from graph.services.purging import purge_claim
from graph.services.queue_reading import list_queue, queue_tally
from graph.services.recording import record
from graph.store import Store
from tests.answers import with_names_in_order, written
from tests.deliveries import HOUR_US, delivery, email
from tests.graph.services.casework import LOOKED_AT, draft
from tests.graph.services.checks.county import PLENTY
from tests.graph.services.people import DAY_US, later
from tests.linking import BASIS
from tests.stores import RunningStore
from tests.worlds.history import (
    AGENCIES,
    ASKER,
    BOTH,
    HIDER,
    OPEN_CASE,
    SECRET_CASE,
    SEEN_TIPS,
    Arrives,
    Asks,
    Changes,
    Claims,
    Deed,
    History,
    Judges,
    Looks,
    Releases,
    Settles,
    Turns,
    is_hidden,
    tells_supervisors,
)
from tests.worlds.on_tips import tip_questions

_STAY: Final = ("Agency", "Unit", "User", "StoreInfo")
"""What no deed makes, and no edge leads from one of it to another."""
_ASKERS: Final = (f"lead.{ASKER}", f"boss.{ASKER}")


def names_of(seed: int | str) -> Callable[[], UUID]:
    """Give random names that are the same whenever this deed of a history is played.

    Whoever names something of their own does so before anything hidden can be met.
    """
    dice = Random(seed)
    return lambda: UUID(int=dice.getrandbits(128))


class Player:
    """Plays histories for people who stay the same."""

    def __init__(self, running: RunningStore, people: Mapping[str, Caller]) -> None:
        """Play in this store; these are its people."""
        self._running, self._people = running, people
        self._store = running.store
        self._reads = ReadLog(running.store)

    def answers(self, history: History, *, hidden: bool) -> tuple[str, ...]:
        """Give the asker's answers, with or without the hider's hidden deeds."""
        self._running.empty(keeping=_STAY)
        self._running.rows("MATCH (s:StoreInfo) SET s.tip_total = 0")
        self._running.rows("MATCH (g:Agency) REMOVE g.tip_total")
        self._askers = _ASKERS[:1] if tells_supervisors(history) else _ASKERS
        texts: list[str] = []
        for agency in AGENCIES:
            self._open(agency, OPEN_CASE)
        if hidden:
            self._open(HIDER, SECRET_CASE)
        self._begin()
        for place, deed in enumerate(history):
            if hidden or not is_hidden(deed):
                with patch("uuid.uuid4", names_of(place)):
                    texts += self._play(deed, at_us=(place + 1) * HOUR_US)
        return with_names_in_order(texts)

    @property
    def store(self) -> Store:
        """The store, as the installation sees it."""
        return self._store

    def _begin(self) -> None:
        """Do what is to be done before the first deed."""

    def _open(self, agency: str, reference: str) -> None:
        new = NewCase(reference=reference, purpose="cybertip")
        open_case(self._people[f"lead.{agency}"], self._store, new=new)

    def _play(self, deed: Deed, *, at_us: int) -> list[str]:
        if isinstance(deed, Looks):
            looks = [text for who in self._askers for text in self._look(who, at_us)]
            return [*looks, *self._on_tips(at_us)]
        if isinstance(deed, Arrives):
            said = [email(address) for address in deed.addresses]
            refers = [] if deed.refers is None else [("related", f"ncmec:{deed.refers}")]
            holders = (HIDER, ASKER) if deed.holder == BOTH else (deed.holder,)
            when_us = self._people[f"boss.{ASKER}"].as_of_us + at_us
            found = [
                record(
                    self._store,
                    [delivery(str(deed.number), said, references=refers, holder=holder)],
                    actor="test",
                    at_us=when_us,
                )
                for holder in holders
            ]
            return [written(found[-1])] if holders[-1] == ASKER else []
        boss = later(self._people[f"boss.{deed.agency}"], at_us)
        if isinstance(deed, Claims):
            text = self._asked(lambda: self._claim(boss, deed))
        elif isinstance(deed, Changes):
            text = self._asked(lambda: self._change(boss, deed))
        elif isinstance(deed, Asks):
            text = self._asked(lambda: self._ask(boss, deed))
        elif isinstance(deed, Releases):
            text = self._asked(lambda: self._release(boss, deed))
        elif isinstance(deed, Judges):
            text = self._asked(lambda: self._judge(boss, deed))
        elif isinstance(deed, Settles):
            text = self._asked(lambda: self._settle(boss, deed))
        else:
            text = self._asked(lambda: self._turn(boss, deed))
        return [text] if deed.agency == ASKER else []

    def _claim(self, boss: Caller, deed: Claims) -> object:
        placed: dict[str, object] = {"role": deed.role, "visibility": deed.visibility}
        if deed.visibility is Visibility.SILENT:
            placed["silent_until_us"] = boss.as_of_us + DAY_US
        if deed.visibility is Visibility.SEALED:
            placed["sealed_to"] = f"chief.{deed.agency}"
        key = own_key(boss, deed.case)
        drafts = [draft(deed.address, **placed)]
        return claim(boss, self._store, investigation=key, drafts=drafts)

    def _change(self, boss: Caller, deed: Changes) -> object:
        key = own_key(boss, deed.case)
        rows = list_claims(boss, self._store, investigation=key, reads=self._reads)
        of_it = [row for row in rows if row.identifier == deed.address]
        if len(of_it) == 0:
            return "no such claim"
        ref, expected = of_it[0].ref, of_it[0].version or 0
        if deed.what == "purge":
            return purge_claim(boss, self._store, ref=ref, why="Entered by mistake.").ref
        if deed.what == "validate":
            return validate_claim(
                boss, self._store, ref=ref, expected=expected, looked_at=LOOKED_AT
            )
        visibility = Visibility(deed.what)
        return show_to_others(
            boss,
            self._store,
            ref=ref,
            expected=expected,
            visibility=visibility,
            silent_until_us=boss.as_of_us + DAY_US if visibility is Visibility.SILENT else None,
            sealed_to=f"chief.{deed.agency}" if visibility is Visibility.SEALED else None,
        )

    def _ask(self, boss: Caller, deed: Asks) -> object:
        lines = tuple(asked_text(each, policy=Policy(synthetic=True)) for each in deed.addresses)
        key = own_key(boss, OPEN_CASE)
        question = Question(investigation=key, purpose="cybertip", lines=lines)
        return check(boss, self._store, question=question, rules=PLENTY)

    def _settle(self, boss: Caller, deed: Settles) -> object:
        lead = replace(self._people[f"lead.{deed.agency}"], as_of_us=boss.as_of_us)
        told = list_conflicts(lead, self._store, reads=self._reads)
        if len(told) == 0:
            return "no conflict"
        first = told[0]
        if deed.what == "acknowledge":
            return acknowledge(boss, self._store, ref=first.ref)
        if deed.what == "coordinate":
            return coordinate(boss, self._store, ref=first.ref, expected=first.version)
        if deed.what == "message":
            return write_message(boss, self._store, ref=first.ref, text="Call me, please.")
        return resolve(
            boss,
            self._store,
            ref=first.ref,
            expected=first.version,
            resolution=Resolution.NO_CONFLICT,
            why="Two persons of one name.",
        )

    def _turn(self, boss: Caller, deed: Turns) -> object:
        key = own_key(boss, deed.case)
        now = show_case(boss, self._store, key=key, reads=self._reads)
        turn = close_case if deed.what == "close" else reopen_case
        return turn(boss, self._store, key=key, expected=now.version or 0, why="As it stands.")

    def _look(self, who: str, at_us: int) -> list[str]:
        """Give everything that one of the asker's people can look at."""
        caller, store, reads = later(self._people[who], at_us), self._store, self._reads
        cases = list_cases(caller, store, reads=reads)
        claims = [
            row
            for one in cases
            for row in list_claims(caller, store, investigation=one.key, reads=reads)
        ]
        questions: Sequence[Callable[[], object]] = [
            lambda: cases,
            lambda: claims,
            *(
                lambda key=row.ref: show_claim(caller, store, ref=key, reads=reads)
                for row in claims
            ),
            lambda: show_case(caller, store, key=f"{HIDER}|{OPEN_CASE}", reads=reads),
            lambda: show_case(caller, store, key=f"{HIDER}|{SECRET_CASE}", reads=reads),
            lambda: list_due(caller, store, before_us=at_us + 1000 * DAY_US, reads=reads),
            *self._on_conflicts(caller),
        ]
        return [self._asked(question) for question in questions]

    def _release(self, boss: Caller, deed: Releases) -> object:
        return release_tips(boss, self._store, [f"ncmec:{deed.number}"], agency=deed.agency)

    def _judge(self, boss: Caller, deed: Judges) -> object:
        first, second = (f"ncmec:{number}" for number in SEEN_TIPS[:2])
        seen = self._store.seen_by(scope_of(boss))
        terms: dict[str, Any] = {
            "verdict": deed.verdict,
            "why": "As seen.",
            "basis": BASIS,
            "actor": boss.user,
        }
        with patch("graph.services.judgements.now_us", lambda: boss.as_of_us):
            made = judge(seen, first, second, **terms)
        return made.verdict

    def _on_tips(self, at_us: int) -> list[str]:
        """Give what the asker's people see of tips; of the dearer questions one each time."""
        store = self._store.seen_by(scope_of(self._people[f"lead.{ASKER}"]))
        return [self._asked(question) for question in tip_questions(store, Random(at_us))]

    def _on_conflicts(self, caller: Caller) -> list[Callable[[], object]]:
        store, reads = self._store, self._reads
        conflicts = list_conflicts(caller, store, reads=reads, with_resolved=True)
        return [
            lambda: conflicts,
            *(
                lambda ref=f.ref: show_conflict(caller, store, ref=ref, reads=reads)
                for f in conflicts
            ),
            lambda: matrix(caller, store, reads=reads),
            lambda: list_notices(caller, store, reads=reads, with_seen=True),
            lambda: budgets(caller, store, settings=PLENTY.settings, reads=reads),
            lambda: list_alerts(caller, store, reads=reads),
            lambda: list_queue(caller, store, reads=reads),
            lambda: queue_tally(caller, store, reads=reads),
            lambda: show_caseload(caller, store, reads=reads),
        ]

    def _asked(self, question: Callable[[], object]) -> str:
        """Give an answer as text; a refusal is one too."""
        try:
            return written(question())
        except CrosstipError as error:
            return f"{type(error).__name__}: {error}"
