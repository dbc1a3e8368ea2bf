"""A whole story of deconfliction, and no identifier in logs, notices, mails, alerts or errors.

What is looked for is made up and stands in every identifier and free text of the story, so that it
is found wherever one of them went.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from typer.testing import CliRunner

from crosstip.main import app
from graph.casework.caller import Caller
from graph.casework.conflict_life import Resolution
from graph.casework.deeds import Deed
from graph.casework.terms import ClaimDraft
from graph.casework.vocabulary import ClaimRole, Visibility
from graph.clock import now_us
from graph.errors import ChangedError, CrosstipError, NotFoundError
from graph.identifiers.core import Identifier, Policy
from graph.identifiers.registry import interpret
from graph.roles import Role
from graph.services.acting import About, named, refusal
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.audit_reads import ReadLog
from graph.services.check_alerts import plant
from graph.services.check_answers import Answered
from graph.services.check_question import Question
from graph.services.check_reading import asked_text
from graph.services.check_requests import approve
from graph.services.checks import check, check_claims, check_tip
from graph.services.conflict_reading import list_conflicts
from graph.services.conflict_steps import acknowledge, reopen, resolve, write_message
from graph.services.notices import retry
from graph.services.recording import record
from graph.services.upkeep import run_escalation, run_sweep
from tests.crosstip.mailing.receiver import Receiver
from tests.deliveries import delivery, email
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.checks.county import PLENTY
from tests.graph.services.people import DAY_US, later, staff
from tests.stores import RunningStore

MARK = "zqx7"
"""In every address, name and free text of the story."""
PHONE, SEALED_PHONE = "+12025550143", "+12025550168"
ROW_OF_PHONES = tuple(f"+1303555012{n}" for n in range(6))
ADDRESS = "198.18.77.143"
NAMES = ("open", "pointer", "silent", "persona", "victim", "met", "held", "own-tip", "trap")
MAILS = {name: f"{MARK}.{name}@example.com" for name in NAMES}
TYPED = (*MAILS.values(), PHONE, SEALED_PHONE, *ROW_OF_PHONES, ADDRESS)
WANTED = (MARK, ADDRESS, *(number[1:] for number in (PHONE, SEALED_PHONE, *ROW_OF_PHONES)))
DIGESTS = tuple(hashlib.sha256(text.encode()).hexdigest()[:32] for text in TYPED)
"""Whoever has a list of numbers computes these; the first half is what refs are made of."""
SCANNED = ("AuditEntry", "Notification", "Alert", "CheckRequest", "Budget", "Reason", "Conflict")
FREE_TEXT = frozenset({"resolved_why"})
"""What one officer wrote for the other; it stays with the conflict and goes nowhere else."""


def found_in(text: str) -> list[str]:
    """Give what of the story's identifiers stands in a text, however its digits are grouped."""
    low = text.casefold()
    digits = re.sub(r"[\s().+-]", "", low)
    return [each for each in (*WANTED, *DIGESTS) if each in low or each in digits]


def read(text: str) -> Identifier:
    """Give what a text is read as."""
    return interpret(text, Policy(synthetic=True))[0]


@dataclass(slots=True, kw_only=True)
class Story:
    """Who works, where, and every text that left."""

    running: RunningStore
    people: dict[str, Caller]
    north: str
    south: str
    said: list[str] = field(default_factory=list)

    def question(self, *texts: str, key: str | None = None) -> Question:
        """Give a question of typed lines for south's investigation."""
        lines = tuple(asked_text(text, policy=Policy(synthetic=True)) for text in texts)
        return Question(investigation=self.south, purpose="cybertip", lines=lines, key=key)

    def crosstip(self, *arguments: str, user: str = "lead.south") -> str:
        """Run a command, whatever comes of it, and keep what it printed."""
        done = CliRunner().invoke(app, [*arguments, "--as", user])
        self.said.append(done.output)
        return done.output


def begun(running: RunningStore) -> Story:
    """Let north claim in every way, and south open an investigation."""
    store = running.store
    people = staff(store, "north", "south", at_us=now_us())
    boss = people["boss.north"]
    contact = "desk@north.example.com"
    north = case(boss, store, "26-N", contact=contact, title=f"Operation {MARK}")
    soon = boss.as_of_us + DAY_US

    def one(text: str, **more: Any) -> ClaimDraft:
        facts: dict[str, Any] = {
            "predicate": f"Chat with {MARK}.facts@example.com",
            "source": f"File {MARK}",
        }
        return draft(identifier=read(text), **(facts | more))

    claims = [
        one(MAILS["open"], visibility=Visibility.OPEN),
        one(MAILS["pointer"]),
        one(MAILS["silent"], visibility=Visibility.SILENT, silent_until_us=soon),
        one(MAILS["persona"], role=ClaimRole.OFFICER_PERSONA, predicate=None),
        one(MAILS["victim"], role=ClaimRole.VICTIM, predicate=None),
        *(one(MAILS[name]) for name in ("met", "held", "own-tip")),
        one(PHONE),
        one(ADDRESS),
        one(SEALED_PHONE, visibility=Visibility.SEALED, sealed_to="chief.north"),
    ]
    claimed(boss, store, north, *claims)
    plant(boss, store, identifier=read(MAILS["trap"]))
    lead = people["lead.south"]
    contact = "desk@south.example.com"
    south = case(lead, store, "26-S", contact=contact, deputies=("deputy.south",))
    return Story(running=running, people=people, north=north, south=south)


def meet(at: Story) -> None:
    """Let south's checks, claims and tips, and north's tip, meet all that north claims."""
    store, lead = at.running.store, at.people["lead.south"]
    texts = (*TYPED, f"{MARK} ???", "(202) 555-0143")
    answer = check(lead, store, question=at.question(*texts, key="a"), rules=PLENTY)
    outcomes = [line.outcome for line in answer.lines]
    assert outcomes.count(Answered.HIT) == 7
    assert outcomes[2:4] == [Answered.NOTHING] * 2
    at.said += [str(line.reason) for line in answer.lines]
    victim = draft(identifier=read(MAILS["victim"]), role=ClaimRole.VICTIM, predicate=None)
    claimed(lead, store, at.south, draft(identifier=read(MAILS["met"])), victim)
    check_claims(lead, store, question=at.question(), rules=PLENTY)
    for number, name, holder in (("1", "held", "south"), ("2", "own-tip", "north")):
        tip = [email(MAILS[name]), email(MAILS["victim"], role=Role.VICTIM)]
        record(store, [replace(delivery(number, tip), holder=holder)], actor="test")
    check_tip(lead, store, tip="ncmec:1", question=at.question(), rules=PLENTY)
    many = at.question(*(f"{MARK}.{n}@example.com" for n in range(60)))
    waits = check(lead, store, question=many, rules=PLENTY)
    approve(at.people["boss.south"], store, ref=str(waits.request))
    check(lead, store, question=many, rules=PLENTY)


def work(at: Story) -> None:
    """Let both sides work a conflict, and time and the sweep do their part."""
    store, lead, boss = at.running.store, at.people["lead.south"], at.people["boss.north"]
    reads = ReadLog(store)
    assert len(list_conflicts(at.people["boss.south"], store, reads=reads)) > 2
    (view,) = list_conflicts(lead, store, reads=reads)
    ref = view.ref
    acknowledge(lead, store, ref=ref)
    write_message(lead, store, ref=ref, text=f"About {MAILS['met']}: call me.")
    done = resolve(
        boss,
        store,
        ref=ref,
        expected=acknowledge(boss, store, ref=ref).version,
        resolution=Resolution.JOINED,
        why=f"One {MARK}.",
    )
    reopen(lead, store, ref=ref, expected=done.version, why=f"Not {MARK}.")
    ops = later(at.people["ops"], 9 * DAY_US)
    assert len(run_escalation(ops, store)) > 1
    at.running.rows("MATCH (r:Reason) DETACH DELETE r")
    assert run_sweep(at.people["ops"], store, mend=True).mended > 0
    for shown in ("list", "matrix"):
        at.crosstip("conflicts", shown, "--json", user="boss.north")
    for view in list_conflicts(boss, store, reads=reads):
        if view.ref != ref:
            at.crosstip("conflicts", "show", view.ref, user="boss.north")
    for user in ("lead.south", "boss.south", "boss.north", "chief.north"):
        at.crosstip("notices", "list", user=user)
    for about in (("check", "pending"), ("check", "alerts"), ("budgets",)):
        at.crosstip(*about, user="boss.south")


def go_wrong(at: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let people type identifiers where names belong, and do what they may not."""
    store, lead = at.running.store, at.people["lead.south"]
    with pytest.raises(ChangedError) as changed:
        check(lead, store, question=at.question(PHONE, key="a"), rules=PLENTY)
    with pytest.raises(NotFoundError) as lost:
        retry(at.people["boss.south"], store, key=MAILS["met"])
    at.said += [str(changed.value), str(lost.value)]
    monkeypatch.setenv("CROSSTIP_CHECK_BUCKET_MS", "1")
    purpose, of_south = ("--purpose", "cybertip"), ("--investigation", "26-S")
    typed = MAILS["met"]
    for name in (("conflicts", "show"), ("conflicts", "acknowledge"), ("check", "approve")):
        at.crosstip(*name, typed, user="boss.south")
        at.crosstip(*name, typed, user="audit.south")
    at.crosstip("notices", "acknowledge", typed)
    at.crosstip("check", typed, *of_south, "--purpose", typed)
    at.crosstip("check", typed, *of_south, *purpose, user="audit.south")
    for typed in (MAILS["met"], PHONE[2:]):
        at.crosstip("check", typed, "--investigation", typed, *purpose)
        at.crosstip("check", "--tip", typed, *of_south, *purpose)
    assert not any("Traceback" in text for text in at.said)


def mailed(at: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deliver every notice, the first time to a server that takes none."""
    monkeypatch.setenv("CROSSTIP_MAIL_HOST", "127.0.0.1")
    monkeypatch.setenv("CROSSTIP_MAIL_SECURITY", "none")
    with Receiver() as receiver:
        monkeypatch.setenv("CROSSTIP_MAIL_PORT", str(receiver.port))
        receiver.refused_for_good = True
        assert "0 sent" in at.crosstip("notices", "deliver", user="ops")
        at.crosstip("notices", "dead", "--json", user="boss.south")
        at.crosstip("notices", "retry", user="ops")
        receiver.refused_for_good = False
        assert "0 tries failed" in at.crosstip("notices", "deliver", user="ops")
        assert len(receiver.mails) > 5
        at.said += [mail.decode() for mail in receiver.mails]


def kept(running: RunningStore) -> Iterator[tuple[str, str]]:
    """Give everything that is kept of log, notices and alerts, by label."""
    text = "MATCH (n) WHERE labels(n)[0] IN $labels RETURN labels(n)[0], properties(n)"
    for label, values in running.rows(text, labels=list(SCANNED)):
        assert isinstance(values, dict)
        shown = {name: value for name, value in values.items() if name not in FREE_TEXT}
        yield str(label), json.dumps(shown, default=str, ensure_ascii=False)


def test_no_identifier_leaves_its_place(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings = running_store.settings
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())
    with caplog.at_level(logging.DEBUG):
        at = begun(running_store)
        meet(at)
        work(at)
        go_wrong(at, monkeypatch)
        mailed(at, monkeypatch)
    stored = list(kept(running_store))
    assert {label for label, _ in stored} == set(SCANNED)
    kinds = {row[0] for row in running_store.rows("MATCH (n:Notification) RETURN n.kind")}
    assert {"child.protected", "conflict.opened", "conflict.escalated", "tip.named"} <= kinds
    leaks = [(label, found_in(text), text) for label, text in stored]
    leaks += [("said", found_in(text), text) for text in (*at.said, caplog.text)]
    assert [leak for leak in leaks if len(leak[1]) > 0] == []


def test_the_story_would_find_one(running_store: RunningStore) -> None:
    leaf = Leaf(action="check.run", object=PHONE, outcome="done", agency="north")
    running_store.store.writing(
        lambda unit: add_leaves(unit, [leaf], actor="test", at_us=1), name="test"
    )
    assert [found_in(text) for _, text in kept(running_store)] == [[PHONE[1:]]]
    assert found_in("Call (202) 555-0143") == []
    assert found_in("+1 (202) 555-0143") == [PHONE[1:]]
    assert found_in(f"ref {DIGESTS[0]}") == [DIGESTS[0]]
    assert found_in("Zqx7.OPEN@example.com") == [MARK]


def test_a_refusal_names_only_what_can_be_a_record() -> None:
    caller = Caller(user="lead", agency="north", roles=frozenset(), as_of_us=1)
    ref = "0123456789abcdef" * 2
    for text, name in ((ref, ref), ("ncmec:123", "ncmec:123"), (PHONE, None), (None, None)):
        assert named(text) == name
    for typed in (MAILS["met"], f"ncmec:{PHONE[2:]}", "north|zqx7"):
        about = About(object=typed, investigation=typed)
        lost = refusal(caller, Deed.CHECK_RUN, about, NotFoundError("x"))
        assert (lost.object, lost.investigation) == (None, None)
    kept_one = refusal(caller, Deed.CHECK_RUN, About(object=ref), CrosstipError("x"))
    assert kept_one.object == ref
