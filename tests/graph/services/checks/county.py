"""Two agencies, one of which checks what the other claims, for tests of checks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from graph.casework.caller import Caller
from graph.casework.check_settings import CheckSettings
from graph.casework.vocabulary import ClaimRole, Handling, Visibility
from graph.identifiers.core import Policy
from graph.services.agreements import add_agreement
from graph.services.cases import close_case
from graph.services.check_answers import Answer
from graph.services.check_question import Question
from graph.services.check_reading import asked_text
from graph.services.checks import Rules, check
from graph.services.pacing import Pace
from graph.store import Store
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import DAY_US, later, staff
from tests.stores import RunningStore

V, R = Visibility, ClaimRole
AT_ONCE: Final = Rules(pace=Pace(bucket_s=1, is_on=False))
"""Rules for tests that do not measure time."""
PLENTY: Final = replace(
    AT_ONCE,
    settings=CheckSettings(check_user_day=10_000, check_burst=3000, check_agency_day=10_000),
)
"""Budgets that no test but those of budgets meets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """The store, everybody in it, and the refs of north's claims by the name of the address."""

    running: RunningStore
    people: dict[str, Caller]
    north: str
    south: str
    refs: dict[str, str]

    @property
    def store(self) -> Store:
        """The store."""
        return self.running.store

    @property
    def asker(self) -> Caller:
        """The lead of south's investigation, a day after everything was claimed."""
        return later(self.people["lead.south"], DAY_US)

    def ask(
        self, *texts: str, rules: Rules = PLENTY, caller: Caller | None = None, **more: Any
    ) -> Answer:
        """Check what somebody types, for south's investigation."""
        question = self.question(*texts, **more)
        return check(caller or self.asker, self.store, question=question, rules=rules)

    def question(self, *texts: str, **more: Any) -> Question:
        """Give a question of typed lines."""
        policy = Policy(synthetic=True)
        lines = tuple(asked_text(text, policy=policy) for text in texts)
        asked: dict[str, Any] = {"investigation": self.south, "purpose": "cybertip"}
        return Question(lines=lines, **(asked | more))


def agreed(store: Store, admin: Caller, other: str, *, days: int = 100) -> None:
    """Enter an agreement of equal rules with another agency, for some days."""
    add_agreement(
        admin,
        store,
        other=other,
        reference="MOU 7",
        equal_rules=True,
        from_us=admin.as_of_us,
        until_us=admin.as_of_us + days * DAY_US,
    )


def made(running: RunningStore) -> County:
    """Fill an empty store."""
    running.wipe(synthetic=True)
    store = running.store
    people = staff(store, "north", "south")
    boss = people["boss.north"]
    agreed(store, people["admin.south"], "north")
    north = case(boss, store, title="Operation Example", contact="Unit 3, 555-0100")
    soon = boss.as_of_us + DAY_US
    silent: dict[str, Any] = {"visibility": V.SILENT, "silent_until_us": soon + DAY_US}
    sealed: dict[str, Any] = {"visibility": V.SEALED, "sealed_to": "chief.north"}
    persona: dict[str, Any] = {"role": R.OFFICER_PERSONA, "predicate": None}
    wanted: dict[str, dict[str, Any]] = {
        "open": {"visibility": V.OPEN},
        "kept": {"visibility": V.OPEN, "handling": Handling.ORIGINATOR_ONLY},
        "pointer": {},
        "silent": silent,
        "spoken": silent | {"silent_until_us": soon},
        "sealed": sealed,
        "persona": persona,
        "victim": {"role": R.VICTIM, "predicate": None},
        "lapsed": {"review_due_us": soon},
    }
    drafts = [draft(f"{name}@example.com", **terms) for name, terms in wanted.items()]
    refs = dict(zip(wanted, claimed(boss, store, north, *drafts), strict=True))
    old = case(boss, store, "25-900")
    refs["closed"], refs["hush"] = claimed(
        boss, store, old, draft("closed@example.com"), draft("hush@example.com", **silent)
    )
    close_case(boss, store, key=old, expected=1, why="Charged.")
    lead = people["lead.south"]
    south = case(lead, store, "26-S1", deputies=("deputy.south",))
    (refs["own"],) = claimed(lead, store, south, draft("own@example.com"))
    return County(running=running, people=people, north=north, south=south, refs=refs)
