"""Three agencies, each claiming in every way and asking about another's, and all that they see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph.casework.caller import Caller
from graph.casework.check_settings import CheckSettings
from graph.casework.vocabulary import Visibility
from graph.queries.conflict_views import MatrixRow
from graph.queries.notices import NoticeRow
from graph.services.audit_reads import ReadLog
from graph.services.case_access import own_key
from graph.services.check_answers import Answer
from graph.services.check_question import Question
from graph.services.check_reading import asked_identifier
from graph.services.checks import Rules, check
from graph.services.conflict_reading import ConflictView, list_conflicts, matrix
from graph.services.notices import list_notices
from graph.store import Store
from tests.deliveries import MONDAY_US
from tests.graph.services.casework import case, claimed, draft, mail
from tests.graph.services.people import DAY_US, later, staff
from tests.stores import RunningStore

AGENCIES: Final = ("north", "south", "west")
V = Visibility
HOUR_US: Final = 3_600_000_000
RULES: Final = Rules(settings=CheckSettings(check_bucket_ms=1))
CHIEF, BOSS, LEAD = "chief", "boss", "lead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One agency claims in one way, another one asks, and the third has no part in it."""

    owner: str
    asker: str
    third: str
    visibility: Visibility
    at_us: int
    """When it is asked about."""

    @property
    def address(self) -> str:
        """What is claimed; equally long in each pair, as an answer's padding depends on it."""
        return f"{self.visibility:x<7}.{self.owner:x<5}@example.com"

    @property
    def claiming(self) -> str:
        """Reference of the owner's investigation."""
        return f"26-{self.visibility}"

    @property
    def asking(self) -> str:
        """Reference of the asker's."""
        return f"26-{self.visibility}-asks"


PAIRS: Final = tuple(
    Pair(
        owner=owner,
        asker=AGENCIES[(at + 1) % 3],
        third=AGENCIES[(at + 2) % 3],
        visibility=visibility,
        at_us=DAY_US + (4 * at + number) * HOUR_US,
    )
    for at, owner in enumerate(AGENCIES)
    for number, visibility in enumerate(Visibility)
)
NEWEST: Final = tuple(sorted(PAIRS, key=lambda pair: -pair.at_us))
USERS: Final = tuple(f"{role}.{agency}" for agency in AGENCIES for role in (LEAD, BOSS, CHIEF))


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What everybody sees in their lists, by user."""

    conflicts: dict[str, tuple[ConflictView, ...]]
    notices: dict[str, tuple[NoticeRow, ...]]
    matrices: dict[str, tuple[MatrixRow, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Everything that was seen in one store."""

    refs: dict[Pair, str]
    """Of the claims."""
    asked: dict[Pair, Answer]
    missed: dict[Pair, Answer]
    """To the same question about what nobody claims."""
    own: dict[Pair, Answer]
    """To the owner's lead, about the own claim."""
    colleague: dict[Pair, Answer]
    """To a supervisor of the owner's, whom it is not sealed to."""
    thirds: dict[Pair, Answer]
    """To the third agency, a day later."""
    before: Looks
    """Before the third agencies asked."""
    after: Looks


def everything_seen(running: RunningStore) -> Seen:
    """Play it in an empty store, and give what everybody sees."""
    running.wipe(synthetic=True)
    store = running.store
    people = staff(store, *AGENCIES)
    for agency in AGENCIES:
        for visibility in Visibility:
            for reference in (f"26-{visibility}", f"26-{visibility}-asks"):
                contact = f"desk@{agency}.example.com"
                case(people[f"lead.{agency}"], store, reference, contact=contact)
    refs = {pair: _claim(people, store, pair) for pair in PAIRS}

    def ask(
        pair: Pair, user: str, reference: str, address: str | None = None, *, after_us: int = 0
    ) -> Answer:
        caller = later(people[user], pair.at_us + after_us)
        question = Question(
            investigation=own_key(caller, reference),
            purpose="cybertip",
            lines=(asked_identifier(mail(address or pair.address)),),
        )
        return check(caller, store, question=question, rules=RULES)

    asked, missed, own, colleague = {}, {}, {}, {}
    for pair in PAIRS:
        lead = f"lead.{pair.asker}"
        asked[pair] = ask(pair, lead, pair.asking)
        missed[pair] = ask(pair, lead, pair.asking, "nobodyx.nobod@example.com")
        own[pair] = ask(pair, f"lead.{pair.owner}", pair.claiming)
        colleague[pair] = ask(pair, f"boss.{pair.owner}", pair.claiming)
    before = _looks(people, store)
    thirds = {pair: ask(pair, f"lead.{pair.third}", pair.asking, after_us=DAY_US) for pair in PAIRS}
    return Seen(
        refs=refs,
        asked=asked,
        missed=missed,
        own=own,
        colleague=colleague,
        thirds=thirds,
        before=before,
        after=_looks(people, store),
    )


def _claim(people: dict[str, Caller], store: Store, pair: Pair) -> str:
    is_silent = pair.visibility is V.SILENT
    caller = people[f"{'boss' if is_silent else 'lead'}.{pair.owner}"]
    wanted = draft(
        pair.address,
        visibility=pair.visibility,
        silent_until_us=MONDAY_US + 100 * DAY_US if is_silent else None,
        sealed_to=f"chief.{pair.owner}" if pair.visibility is V.SEALED else None,
    )
    return claimed(caller, store, own_key(caller, pair.claiming), wanted)[0]


def _looks(people: dict[str, Caller], store: Store) -> Looks:
    reads = ReadLog(store)
    now = {user: later(people[user], 3 * DAY_US) for user in people}
    bosses = [f"{role}.{agency}" for agency in AGENCIES for role in (BOSS, CHIEF, "audit")]
    return Looks(
        conflicts={user: list_conflicts(now[user], store, reads=reads) for user in USERS},
        notices={user: list_notices(now[user], store, reads=reads) for user in USERS},
        matrices={user: matrix(now[user], store, reads=reads) for user in bosses},
    )
