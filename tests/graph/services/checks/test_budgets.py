"""Look-ups are charged once, shared by workers, and not refilled; long lists and patterns."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest

from graph.casework.check_settings import CheckSettings
from graph.errors import NotFoundError, RightsError
from graph.identifiers.core import IdentifierKind, Policy
from graph.identifiers.registry import interpret
from graph.services.audit_reads import ReadLog
from graph.services.check_alerts import list_alerts, plant
from graph.services.check_answers import Answer, Answered
from graph.services.check_budgets import budgets
from graph.services.check_requests import approve, pending
from graph.services.checks import Rules, check_claims
from tests.architecture.sources import ROOT
from tests.deliveries import HOUR_US
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.checks.county import AT_ONCE, County
from tests.graph.services.people import DAY_US, later

HIT, NOTHING, NOT = Answered.HIT, Answered.NOTHING, Answered.NOT_CHECKED


def few(**numbers: int) -> Rules:
    return replace(AT_ONCE, settings=CheckSettings.model_validate(numbers))


def looked_up(answer: Answer) -> int:
    return sum("Over budget" not in str(line.reason) for line in answer.lines)


def mails(start: int, number: int) -> list[str]:
    return [
        f"{chr(97 + at % 26)}{chr(97 + at // 26)}@example.com"
        for at in range(start, start + number)
    ]


def used(county: County, whose: str) -> int:
    rows = county.running.rows("MATCH (b:Budget {key: $key}) RETURN b.used", key=whose)
    return int(str(rows[0][0])) if len(rows) > 0 else 0


def test_a_burst_a_day_and_what_is_refused_looks_the_same(county: County) -> None:
    ten_days = later(county.asker, 10 * DAY_US)
    rules = few(check_burst=5, check_user_day=8)
    texts = ["pointer@example.com", *mails(0, 5), "silent@example.com", "nobody@example.com"]
    answer = county.ask(*texts, "no\x00", "own@example.com", rules=rules, caller=ten_days)
    assert [line.outcome for line in answer.lines] == [
        HIT,
        *[NOTHING] * 4,
        NOT,
        NOT,
        NOT,
        NOT,
        NOTHING,
    ]
    over = {line.model_copy(update={"read_as": ()}) for line in answer.lines[5:8]}
    assert len(over) == 1
    assert used(county, "user|lead.south") == used(county, "agency|south") == 5
    soon = later(ten_days, HOUR_US)
    assert looked_up(county.ask(*mails(0, 5), rules=rules, caller=soon)) == 3
    assert "of today" in str(county.ask("z@example.com", rules=rules, caller=soon).lines[0].reason)
    set_back = later(ten_days, -2 * DAY_US)
    assert looked_up(county.ask("z@example.com", rules=rules, caller=set_back)) == 0
    deputy = replace(soon, user="deputy.south")
    shared = few(check_agency_day=9)
    assert looked_up(county.ask(*mails(5, 3), rules=shared, caller=deputy)) == 1
    assert looked_up(county.ask(*mails(5, 9), caller=later(soon, DAY_US))) == 9


def test_own_claims_cost_nothing_and_wait_for_nobody(county: County) -> None:
    lead = later(county.people["lead.south"], 20 * DAY_US)
    key = case(lead, county.store, "26-S3")
    claimed(lead, county.store, key, *(draft(text) for text in mails(30, 60)))
    question = replace(county.question(), investigation=key)
    answer = check_claims(lead, county.store, question=question, rules=AT_ONCE)
    assert [line.outcome for line in answer.lines] == [NOTHING] * 60
    typed = county.ask(*mails(30, 60), caller=lead, rules=AT_ONCE, investigation=key)
    assert looked_up(typed) == 60
    mine, agency = budgets(
        lead, county.store, settings=CheckSettings(), reads=ReadLog(county.store)
    )[::-1]
    assert (mine.used, agency.used) == (0, 0)


def test_a_long_list_waits_for_another_supervisor(county: County) -> None:
    asker = later(county.people["boss.south"], 30 * DAY_US)
    chief = later(county.people["chief.south"], 30 * DAY_US)
    texts = [*mails(0, 60), "pointer@example.com"]
    answer = county.ask(*texts, caller=asker, rules=AT_ONCE)
    ref = str(answer.request)
    assert {(line.outcome, line.reason) for line in answer.lines} == {
        (NOT, f"waits for approval: a supervisor approves the request {ref} first.")
    }
    assert county.ask(*texts, caller=asker, rules=AT_ONCE).request == ref
    reads = ReadLog(county.store)
    text = "MATCH (e:AuditEntry {object: $ref}) RETURN e.outcome"
    assert county.running.rows(text, ref=ref) == [("waits for approval",)] * 2
    assert [row.key for row in pending(chief, county.store, reads=reads)] == [ref]
    assert pending(later(county.asker, 30 * DAY_US), county.store, reads=reads) == ()
    with pytest.raises(RightsError, match=r"duties\.own_look_ups\. Nobody approves"):
        approve(asker, county.store, ref=ref)
    for caller, name in ((later(county.people["boss.north"], 30 * DAY_US), ref), (chief, "0" * 32)):
        with pytest.raises(NotFoundError):
            approve(caller, county.store, ref=name)
    with pytest.raises(RightsError):
        approve(later(county.asker, 30 * DAY_US), county.store, ref=ref)
    assert approve(chief, county.store, ref=ref).lines == 61
    done = county.ask(*texts, caller=asker, rules=AT_ONCE)
    assert (done.request, done.lines[-1].outcome, looked_up(done)) == (None, HIT, 61)
    assert used(county, "user|boss.south") == 0
    assert county.ask(*texts[1:], "x@example.com", caller=asker, rules=AT_ONCE).request is not None
    late = later(asker, 8 * DAY_US)
    assert county.ask(*texts, caller=late, rules=AT_ONCE).request not in (None, ref)


def test_patterns_and_canaries_raise_alerts_and_change_no_answer(county: County) -> None:
    at = 40 * DAY_US
    asker, boss = later(county.asker, at), later(county.people["boss.south"], at)
    north, ops = later(county.people["boss.north"], at), later(county.people["ops"], at)
    (canary,) = interpret("+15550100177", Policy(synthetic=True))[:1]
    assert canary.kind is IdentifierKind.PHONE
    with pytest.raises(RightsError):
        plant(asker, county.store, identifier=canary)
    plant(north, county.store, identifier=canary)
    for last in range(4):
        county.ask(f"+1555010013{last}", caller=asker)
    reads = ReadLog(county.store)
    assert list_alerts(boss, county.store, reads=reads) == ()
    answer = county.ask("+15550100134", "+15550100177", caller=asker)
    assert [line.outcome for line in answer.lines] == [NOTHING, NOTHING]
    county.ask("+15550100135", caller=asker)
    told = {
        who.user: [
            (row.rule, row.investigation) for row in list_alerts(who, county.store, reads=reads)
        ]
        for who in (boss, ops, north, later(county.people["chief.north"], at))
    }
    both = [("canary", county.south), ("phones in a row", county.south)]
    assert sorted(told["boss.south"]) == both
    assert sorted(rule for rule, _ in told["ops"]) == ["canary", "phones in a row"]
    assert (told["boss.north"], told["chief.north"]) == ([("canary", None)], [])
    # Nobody is shown alerts about their own look-ups, though they supervise or planted it.
    county.ask("+15550100177", caller=boss)
    county.ask("+15550100177", caller=north, investigation=county.north)
    counts = [
        len(list_alerts(who, county.store, reads=reads))
        for who in (boss, later(county.people["chief.south"], at), north, ops)
    ]
    assert counts == [2, 3, 2, 4]
    text = "MATCH (w:Alert) RETURN w.text"
    assert not any("555" in str(row[0]) for row in county.running.rows(text))
    with pytest.raises(RightsError):
        list_alerts(asker, county.store, reads=reads)


def test_many_at_once_share_one_budget(county: County) -> None:
    at = later(county.asker, 50 * DAY_US)
    rules = few(check_burst=50, check_user_day=40)
    counts: list[int] = []

    def work(number: int) -> None:
        for turn in range(10):
            answer = county.ask(f"{number}{turn}@x.example.com", caller=at, rules=rules)
            counts.append(looked_up(answer))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert (len(counts), sum(counts)) == (60, 40)
    assert used(county, "user|lead.south") == 40


_WORKER = """
import sys
from graph.casework.check_settings import CheckSettings
from graph.identifiers.core import Policy
from graph.services.callers import caller_of
from graph.services.check_question import Question
from graph.services.check_reading import asked_text
from graph.services.checks import Rules, check
from graph.services.pacing import Pace
from graph.store import Store
from graph.opening import open_store
from graph.settings import StoreSettings
rules = Rules(
    settings=CheckSettings(check_user_day=60, check_burst=100),
    pace=Pace(bucket_s=1, is_on=False),
)
with open_store(StoreSettings()) as opened:
    caller = caller_of(opened.store, "lead.south", at_us=int(sys.argv[1]))
    for turn in range(80):
        line = asked_text(f"{sys.argv[2]}{turn}@y.example.com", policy=Policy(synthetic=True))
        question = Question(investigation=sys.argv[3], purpose="cybertip", lines=(line,))
        answer = check(caller, opened.store, question=question, rules=rules)
        print(answer.lines[0].outcome.value, flush=True)
"""


@pytest.mark.neo4j_long
def test_a_killed_worker_refills_nothing(county: County) -> None:
    """One process is killed while it asks; what it and this one were given is in the budget."""
    settings, at = county.running.settings, later(county.asker, 60 * DAY_US)
    environment = os.environ | {
        "CROSSTIP_DATA_DIR": str(settings.data_dir),
        "CROSSTIP_STORE": settings.store,
        "PYTHONPATH": str(ROOT),
    }
    if not settings.is_embedded:
        environment |= {
            "CROSSTIP_STORE_USER": settings.store_user,
            "CROSSTIP_STORE_PASSWORD": settings.require_password(),
        }
    command = [sys.executable, "-c", _WORKER, str(at.as_of_us), "k", county.south]
    worker = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    given = [worker.stdout.readline().strip() for _ in range(8)]
    time.sleep(0.05)
    os.kill(worker.pid, signal.SIGKILL)
    given += [line.strip() for line in worker.stdout]
    worker.wait(timeout=30)
    worker.stdout.close()
    there = given.count(NOTHING.value)
    assert there >= 8
    rules = few(check_user_day=60, check_burst=100)
    here = sum(
        looked_up(county.ask(f"h{n}@y.example.com", caller=at, rules=rules)) for n in range(60)
    )
    assert used(county, "user|lead.south") == 60
    # One answer at most was charged and never arrived.
    assert 59 <= there + here <= 60
