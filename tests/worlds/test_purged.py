"""After a purge every route that reads answers as before the tip came, but for log and record."""

from __future__ import annotations

import re
from contextlib import ExitStack
from random import Random

import httpx

from graph.clock import now_us
from graph.retention.classes import RecordClass
from graph.services.recording import record
from graph.services.retention_purge import run_purge
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.deliveries import delivery, email, file_hash
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import staff
from tests.graph.services.retaining import closed, in_force, years_later
from tests.stores import RunningStore
from tests.worlds.history import AGENCIES, ASKER, HIDDEN_TIP, OPEN_CASE, SEEN_TIPS
from tests.worlds.http_asking import Asker, Hidden
from tests.worlds.http_entry import ADMINISTRATOR, AUDITOR, BOSS, LEAD
from tests.worlds.http_questions import GETS

_USERS = (LEAD, BOSS, AUDITOR, ADMINISTRATOR)
_APART = (
    *("/audit", "/retention", "/account/sessions", "/notifications/stream"),
    "/tips/{tip}/custody",
    "/workspaces",
)
"""The log, custody's too, keeps what was done; the record of the purge is one; a stream stays; and
whoever asks for workspaces has made one."""
_TIME = re.compile(
    r"\d{4}-\d\d-\d\dT[0-9:.]+Z|x-request-id: \S+|\"(?:age_s|waited_s)\": ?\d+|\d{16,19}"
)
_RAISED = re.compile(
    r'"(?:raised_at|due_at)": ?(?:"[^"]*"|null)|(?:etag|content-length): \S+|"version": ?\d+'
    r'|"labels":\["(?:median|90th percentile)"\],"value": ?\d+'
)
"""A fellow's own place says that it was looked at again meanwhile, and ages go on."""


def _answers(askers: dict[str, Asker]) -> list[str]:
    found: list[str] = []
    for path, entry in sorted(GETS.items()):
        if path.startswith(_APART):
            continue
        for user in entry.who:
            asker = askers[user]
            asker.said.clear()
            entry.ask(asker)
            found += [_RAISED.sub("-", _TIME.sub("time", said)) for said in asker.said]
    return found


def test_no_route_tells_a_store_that_purged_a_tip_from_one_that_never_had_it(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, *AGENCIES, at_us=now_us())
    lead = people[LEAD]
    claimed(lead, store, case(lead, store, OPEN_CASE), draft("claimed@example.com"))
    for number, said in zip(SEEN_TIPS[:2], ("shared@example.com", "x@example.com"), strict=True):
        record(store, [delivery(str(number), [email(said)], holder=ASKER)], actor="test")
    in_force(people, store, ASKER, RecordClass.TIPS)
    with live_api(opener_of(store)) as live, ExitStack() as stack:
        askers = {
            user: _asker(user, stack.enter_context(logged_on_as(live, store, user)))
            for user in _USERS
        }
        before = _answers(askers)
        stated = ("shared@example.com", "own@example.com")
        one = delivery(
            str(HIDDEN_TIP),
            [*map(email, stated), file_hash("md5:" + "ab" * 16)],
            references=[(f"ncmec:{SEEN_TIPS[1]}", "related")],
            holder=ASKER,
            urgency=0,
        )
        record(store, [one], actor="test")
        closed(lead, store, f"ncmec:{HIDDEN_TIP}")
        there = _answers(askers)
        assert sum(one != other for one, other in zip(before, there, strict=False)) > 3
        assert run_purge(years_later(people["ops"]), store).removed == 1
        after = _answers(askers)
    assert _different(before, after) == []
    assert "own@example.com" not in "\n".join(after)


def _different(before: list[str], after: list[str]) -> list[str]:
    return [
        f"{one[:60]} ... {word} | {other_word}"
        for one, other in zip(before, after, strict=True)
        for word, other_word in zip(one.split(","), other.split(","), strict=False)
        if word != other_word
    ]


def _asker(user: str, http: httpx.Client) -> Asker:
    token = http.headers["Authorization"].removeprefix("Bearer ")
    return Asker(
        user=user,
        http=http,
        token=token,
        begin=lambda: "a" * 32,
        dice=Random(1),
        hidden=Hidden(),
        is_last=True,
    )
