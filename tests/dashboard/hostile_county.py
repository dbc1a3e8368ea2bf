"""A county whose every text is hostile: what tips carry, and what people type about them.

North works there. East, whose own name is hostile as well, meets it and hands a tip to it.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from graph.assignment.staff import RecordKind
from graph.assignment.staff import Subject as Interest
from graph.casework.caller import Caller
from graph.casework.vocabulary import AgencyKind, UserRole
from graph.casework.workspace_rules import Drawing, Group, Kept, Shared, Thing
from graph.clock import now_us
from graph.desk.assistance import HelpKind
from graph.desk.providers import ProviderKind
from graph.desk.tasks import TaskKind
from graph.handoff.steps import Kind
from graph.retention.classes import RecordClass
from graph.services.agencies import NewAgency, add_agency
from graph.services.assignment_staff import NewRecord, declare_conflict, keep_record
from graph.services.assistance import NewHelp, ask_help
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of
from graph.services.conflict_reading import list_conflicts
from graph.services.conflict_steps import write_message
from graph.services.desk_notes import write_note
from graph.services.desk_subjects import Subject
from graph.services.evidence import NewVerification, verify_file
from graph.services.feedback import make_feedback
from graph.services.gate_policies import NewPolicy, lay_policy
from graph.services.handoff_offering import NewOffer, offer
from graph.services.judgements import judge
from graph.services.judging import Verdict
from graph.services.legal_holds import HeldKind, NewHold, place_hold
from graph.services.providers import NewProviderRequest, enter_request
from graph.services.recording import record
from graph.services.retention_policies import propose_policy
from graph.services.tasks import NewTask, give_task
from graph.services.triage_steps import take
from graph.services.user_rules import NewUser
from graph.services.users import add_user
from graph.services.workspaces import make_workspace, share_workspace
from graph.triage.gate import Said
from graph.triage.moves import Outcome
from graph.triage.verifying import SeenAs
from graph.triage.verifying import Verdict as SeenVerdict
from tests.dashboard.hostile_texts import Turns, texts, typed
from tests.dashboard.hostile_tips import hostile_tips
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.handing import County, county
from tests.graph.services.people import DAY_US, later
from tests.graph.services.retaining import wanted
from tests.graph.services.rights_feedback import closed, period
from tests.linking import BASIS
from tests.stores import RunningStore

OPENED: Final = "ncmec:700000001"
"""The tip with every payload in every field."""
LINKED: Final = "ncmec:700000002"
OFFERED: Final = "ncmec:700000003"
INCOMING: Final = "ncmec:700000004"
REFERENCE: Final = "<b>26</b>-{{7*7}}-\u202e1"


def fill(running: RunningStore) -> County:
    """Enter everything."""
    there = county(running)
    turns = Turns()
    _neighbour(there, turns)
    record(there.store, hostile_tips(), actor="test")
    _cases(there, turns)
    _desk(there, turns)
    _handed(there)
    _kept(there, turns)
    return there


def _neighbour(there: County, turns: Turns) -> None:
    """Enter east, and somebody of north, with hostile names."""
    people, store = there.people, there.store
    new = NewAgency(
        key="east",
        name=turns.next(),
        kind=AgencyKind.TASK_FORCE,
        contact=turns.next(),
        source=turns.next(),
    )
    add_agency(people["ops"], store, new=new)
    roles = (UserRole.INVESTIGATOR, UserRole.SUPERVISOR)
    for key, by, held in (
        ("admin.east", "ops", (UserRole.AGENCY_ADMINISTRATOR,)),
        ("boss.east", "admin.east", roles),
        ("odd.north", "admin.north", (UserRole.ANALYST,)),
    ):
        agency = key.rpartition(".")[2]
        user = NewUser(key=key, name=turns.next(), agency=agency, roles=held)
        add_user(people[by], store, new=user)
        people[key] = caller_of(store, key, at_us=people["ops"].as_of_us)


def _cases(there: County, turns: Turns) -> None:
    """Open investigations that meet, and let both sides write."""
    people, store = there.people, there.store
    terms = {"predicate": typed(2000), "source": typed(2000), "support": typed(2000)}
    for user, reference in (("boss.north", REFERENCE), ("boss.east", turns.next())):
        key = case(people[user], store, reference, title=typed(2000), contact=turns.next())
        claimed(people[user], store, key, draft("met@example.com", **terms))
    reads = ReadLog(store)
    (met,) = list_conflicts(people["boss.north"], store, reads=reads)
    for user in ("boss.north", "boss.east"):
        write_message(people[user], store, ref=met.ref, text=typed(2000))


def _desk(there: County, turns: Turns) -> None:
    """Let people work on tips: tasks, notes, requests, help, judgements, verified files."""
    people, store = there.people, there.store
    boss, lead = people["boss.north"], people["lead.north"]
    subject = Subject(tip=OPENED)
    due_us = now_us() + 3 * DAY_US
    for person in ("lead.north", "boss.north"):
        task = NewTask(
            subject=subject, kind=TaskKind.CALL, text=typed(2000), due_us=due_us, person=person
        )
        give_task(boss, store, new=task)
    write_note(lead, store, subject=subject, text=typed(2000))
    letter = NewProviderRequest(
        subject=subject,
        kind=ProviderKind.SUBPOENA,
        provider=turns.next(),
        reference=turns.next(),
        sent_on=date(2026, 1, 2),
        due_on=date(2026, 2, 2),
    )
    enter_request(boss, store, new=letter)
    for asker, to in (("boss.north", "east"), ("boss.east", "north")):
        wish = NewHelp(
            to=to,
            kind=HelpKind.IMAGING,
            reference=turns.next(),
            needed=typed(2000, is_free=False),
            due_us=due_us,
            contact=turns.next(),
        )
        ask_help(people[asker], store, new=wish)
    _decided(there, turns)


def _decided(there: County, turns: Turns) -> None:
    """Let people judge, verify and declare."""
    store, boss, lead = there.store, there.people["boss.north"], there.people["lead.north"]
    judge(
        store, OPENED, LINKED, verdict=Verdict.SAME, why=typed(2000), basis=BASIS, actor=lead.user
    )
    seen = NewVerification(
        file_id="1",
        about=f"classification {texts(500)[1]}",
        verdict=SeenVerdict.REFUTED,
        seen_as=SeenAs.ADULT,
        why=typed(2000),
        authority=typed(200),
    )
    verify_file(lead, store, tip=OPENED, new=seen)
    keep_record(boss, store, new=NewRecord(kind=RecordKind.LISTED, subject=turns.next()))
    declare_conflict(
        lead,
        store,
        about=Interest.RELATION,
        subject=typed(200, is_free=False),
        why=typed(2000, is_free=False),
    )
    take(lead, store, tip=OPENED)


def _handed(there: County) -> None:
    """Hand a tip to east, and one of east's to north."""
    for user, tip, to in (("boss.north", OFFERED, "east"), ("boss.east", INCOMING, "north")):
        new = NewOffer(tip=tip, to=to, kind=Kind.TRANSFER, why=typed(2000, is_free=False))
        offer(there.people[user], there.store, new=new)


def _kept(there: County, turns: Turns) -> None:
    """Save charts, lay policies, place holds, write feedback."""
    people, store = there.people, there.store
    boss: Caller = people["boss.north"]
    things = tuple(
        Thing(kind="Tip", key=tip, x=40 * at, y=30 * at, in_group=0)
        for at, tip in enumerate((OPENED, LINKED))
    )
    for name in (turns.next()[:120], typed(120)):
        drawing = Drawing(things=things, groups=(Group(name=turns.next()[:120], look="orange"),))
        kept = Kept(name=name, note=typed(2000), drawing=drawing)
        made = make_workspace(boss, store, kept=kept)
        share_workspace(boss, store, key=made.workspace, expected=1, shared=Shared.AGENCY)
    policy = wanted(RecordClass.TIPS, name=typed(200), why=typed(2000))
    propose_policy(people["admin.north"], store, expected=0, new=policy)
    gate = NewPolicy(
        counsel=turns.next(),
        office=turns.next(),
        dated="2026-03-01",
        text=typed(2000),
        not_viewed=Said.WARRANT,
        from_us=0,
    )
    lay_policy(boss, store, expected=0, new=gate)
    hold = NewHold(about=HeldKind.TIP, subject=OPENED, why=typed(2000), reference=typed(200))
    place_hold(boss, store, new=hold)
    closed(later(boss, now_us() - boss.as_of_us - 1_000_000), store, 31, Outcome.ARREST)
    after = later(boss, now_us() - boss.as_of_us)
    make_feedback(after, store, new=period(after))
