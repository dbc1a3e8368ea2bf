"""Secrets and identifiers in what is handed in, taken out, delivered and settled: none gets out.

As `tests/api/test_canaries.py`, for uploads, tables, exports, quarantine, jobs and what goes wrong
in them, the queue's free text, and webhooks, with a worker that does the jobs.
"""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Final, LiteralString

import httpx
import pytest

from api.scraping import MetricsSettings
from crosstip.jobs import exports
from crosstip.mailing.worker import deliver
from crosstip.serving.scraped import scraped
from crosstip.webhooks.poster import Poster
from graph.clock import now_us
from graph.errors import IntakeError, StorageFullError
from graph.services.webhook_outbox import WebhookOutbox
from graph.webhooks.keys import key_file, load_key
from graph.webhooks.settings import WebhookSettings
from tests.api.canaries import MARK, REFUSED, Day, found_in
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.api.test_canaries import talkative
from tests.crosstip.jobs.office import Office
from tests.crosstip.jobs.test_tables import MAPPING, csv_of
from tests.graph.services.people import staff
from tests.stores import RunningStore

LEAD, BOSS, ADMIN, OTHER = "lead.alder", "boss.alder", "admin.alder", "lead.birch"
PLANTED: Final[Mapping[str, str]] = {
    "e-mail in an upload": f"{MARK}.up@example.com",
    "e-mail in a table": f"{MARK}.row@example.com",
    "reporter of a table": f"{MARK}.parent@example.org",
    "text of what is broken": f"{MARK} torn narrative",
    "name of a file": f"{MARK}-marlow-quist.jsonl",
    "name of a table": f"{MARK}-quist-family.csv",
    "number as a name": "+12025550163",
    "why of a dismissal": f"{MARK} the mother called",
    "why of a move": f"{MARK} seen at the school",
    "recipient of a move": f"{MARK} Quist, county desk",
    "path of a webhook": f"{MARK}-hook-token-118",
    "a defect's text": f"{MARK}.defect@example.com",
}
KEPT: LiteralString = (
    "MATCH (n) WHERE labels(n)[0] IN ['AuditEntry', 'Alert', 'Budget', 'Duty', 'WebhookDelivery'] "
    "RETURN properties(n) AS properties"
)
JOBS: LiteralString = "MATCH (j:Job) RETURN j.problem, j.key, j.user"


def tip(number: str, value: str) -> str:
    """Give a tip in Crosstip's own format."""
    said = {"kind": "Email", "value": value, "role": "reported"}
    return json.dumps(
        {
            "crosstip": "tip/1",
            "synthetic": True,
            "number": number,
            "provider": "Example",
            "identifiers": [said],
        }
    )


def hand_in(day: Day, at: Office) -> str:
    """Hand in documents and a table, broken ones too, and give the entry in quarantine."""
    p = PLANTED
    named = {"Content-Disposition": f'attachment; filename="{p["name of a file"]}"'}
    text = p["text of what is broken"]
    body = f'{tip("198000001", p["e-mail in an upload"])}\n{{"crosstip": "tip/1", "{text}": tru}}'
    made = day.ask(
        LEAD,
        "POST",
        "/documents",
        content=body.encode(),
        headers=named,
        params={"synthetic": True},
        code=202,
    )
    for params in ({"holder": p["e-mail in an upload"]}, {"report_number": p["number as a name"]}):
        # Named in the address by whoever asks wrongly: it stays out of everything else.
        client = day.people[LEAD]
        answer = client.post("/v1/documents", content=b"{}", params=params)
        assert answer.status_code in (403, 404, 422)
        day.refusals.append(("POST /documents", answer.text))
    row = ("17", p["reporter of a table"], p["e-mail in a table"])
    table = csv_of(("Ticket no", "Your e-mail", "Their e-mail"), row, ("x" * 70, *row[1:]))
    given = {"table": b64encode(table).decode(), "name": p["name of a table"], "synthetic": True}
    day.ask(LEAD, "POST", "/documents/table", json={**given, "mapping": MAPPING}, code=202)
    wrong = {**given, "mapping": p["text of what is broken"]}
    day.ask(LEAD, "POST", "/documents/table", json=wrong, code=REFUSED)
    day.ask(LEAD, "POST", "/documents/table", json={**wrong, "table": "%%%"}, code=REFUSED)
    day.ask(LEAD, "POST", "/documents/table/proposal", json={"table": given["table"]})
    broken = {"table": b64encode(text.encode() + b"\0PK").decode(), "mapping": MAPPING}
    day.ask(LEAD, "POST", "/documents/table/proposal", json=broken, code=REFUSED)
    assert at.worked() == 2
    found = day.ask(LEAD, "GET", f"/jobs/{made.json()['key']}").json()["documents"]
    return str(found["quarantine"][0])


def settle(day: Day, at: Office, entry: str) -> None:
    """Look into quarantine, try again, dismiss, and make mistakes there."""
    p = PLANTED
    day.ask(BOSS, "GET", "/quarantine")
    day.ask(BOSS, "POST", f"/quarantine/{entry}/retry", code=202)
    assert at.worked() == 1
    why = {"why": p["why of a dismissal"]}
    for path in (f"/quarantine/{entry}/dismiss", f"/quarantine/{'0' * 32}/dismiss"):
        day.ask(OTHER, "POST", path, json=why, code=REFUSED)
    day.ask(BOSS, "POST", f"/quarantine/{entry}/dismiss", json={**why, "x": 1}, code=REFUSED)
    day.ask(BOSS, "POST", f"/quarantine/{entry}/dismiss", json=why)
    day.ask(BOSS, "POST", f"/quarantine/{entry}/dismiss", json=why, code=REFUSED)


def queue(day: Day) -> None:
    """Move a tip in the queue, with reasons, rightly and wrongly."""
    p = PLANTED
    there = day.ask(LEAD, "POST", "/queue/ncmec:198000001/take")
    move = {
        "move": "refer",
        "why": p["why of a move"],
        "recipient": p["recipient of a move"],
    }
    tag = {"If-Match": there.headers["ETag"]}
    for wrong in ({"move": p["why of a move"]}, {"assignee": p["recipient of a move"]}):
        asked = {**move, "move": "assign", **wrong}
        day.ask(LEAD, "POST", "/queue/ncmec:198000001/moves", json=asked, headers=tag, code=REFUSED)
    day.ask(LEAD, "POST", "/queue/ncmec:198000001/moves", json=move, headers=tag)
    day.ask(OTHER, "POST", "/queue/ncmec:198000001/moves", json=move, headers=tag, code=REFUSED)


def take_out(day: Day, at: Office, patch: pytest.MonkeyPatch) -> None:
    """Take lists out, with a disk that is full, a defect in the middle, and wrong wishes."""
    p = PLANTED
    for list_ in ("tips", "claims", "checks", "notices"):
        day.ask(LEAD, "POST", "/exports", json={"list": list_}, code=202)
    by_link = {"list": "tip-links", "tip": p["e-mail in an upload"]}
    asked = day.ask(LEAD, "POST", "/exports", json=by_link, code=202).json()["key"]
    day.ask(LEAD, "POST", "/exports", json={"list": p["e-mail in an upload"]}, code=REFUSED)
    for error in (
        StorageFullError("no room at /srv/exports"),
        IntakeError(p["a defect's text"]),
    ):

        def failing(*_: object, error: Exception = error) -> None:
            raise error

        with patch.context() as broken:
            broken.setattr(exports, "_written", failing)
            at.worked()
        at.running.rows("MATCH (j:Job) WHERE j.ended_us IS NULL SET j.until_us = 0")
    assert at.worked() > 0
    day.ask(LEAD, "GET", "/jobs")
    day.ask(LEAD, "GET", f"/jobs/{asked}")


def webhooks(day: Day, at: Office) -> None:
    """Register a webhook whose address is a secret, and have its delivery fail."""
    p = PLANTED
    url = f"https://receiver.invalid/{p['path of a webhook']}"
    day.ask(ADMIN, "POST", "/webhooks", json={"url": f"http://{p['path of a webhook']}"}, code=422)
    made = day.ask(ADMIN, "POST", "/webhooks", json={"url": url}).json()
    day.planted["webhook secret"] = made["secret"]
    day.ask(ADMIN, "POST", f"/webhooks/{made['webhook']['key']}/test")
    box = WebhookOutbox(store=at.running.store, worker="canary")
    poster = Poster(WebhookSettings(), lambda: load_key(key_file()))
    done = deliver(box, poster)
    assert (done.sent, done.failed) == (0, 1)


@pytest.mark.parametrize("running_store", ["embedded"], indirect=True)
def test_nothing_that_stands_in_files_gets_out(
    running_store: RunningStore,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("CROSSTIP_KEYS_DIR", str(tmp_path / "keys"))
    staff(running_store.store, "alder", "birch", at_us=now_us())
    tmp_path.chmod(0o700)
    with (
        live_api(opener_of(running_store.store), data_dir=tmp_path) as live,
        ExitStack() as stack,
        scraped(live.app, MetricsSettings(port=0)) as metrics,
        caplog.at_level(logging.DEBUG),
        talkative(),
    ):
        people = {
            user: stack.enter_context(logged_on_as(live, running_store.store, user))
            for user in (LEAD, BOSS, ADMIN, OTHER)
        }
        at = Office(running=running_store, data_dir=tmp_path, people=people)
        day = Day(live=live, people=people, planted=dict(PLANTED))
        settle(day, at, hand_in(day, at))
        queue(day)
        take_out(day, at, monkeypatch)
        webhooks(day, at)
        figures = httpx.get(f"{metrics}/metrics", trust_env=False, timeout=60).text
    assert len(day.refusals) >= 14
    kept = [json.dumps(row[0], default=str) for row in running_store.rows(KEPT)]
    assert len(kept) > 20
    said = [str(row) for row in running_store.rows(JOBS)]
    assert not any("/srv" in row for row in said), "no place on the machine"
    places = {
        "a log": [
            record.getMessage() + str(record.exc_text)
            for record in caplog.records
            if not record.name.startswith(("httpx", "httpcore"))
        ],
        "a refusal": [text for _, text in day.refusals],
        "the figures": figures.split("\n"),
        "an address or header": day.urls,
        "the record of who did what": kept,
        "what a job says": said,
    }
    leaks = [
        (place, found, text[-600:])
        for place, texts in places.items()
        for text in texts
        if (found := found_in(text, day.planted))
    ]
    assert leaks == []
