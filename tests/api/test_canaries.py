"""Thirty secrets and identifiers planted in a day's work over HTTP and by command: none gets out.

Out is: any logger at its most talkative, error bodies, figures for Prometheus, addresses as a proxy
would log them, and the log of who did what. `tests/crosstip/test_no_identifier_outside.py` follows
one identifier through deconfliction in the core; here is what comes and goes over the wire, and
what goes wrong there.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import LiteralString

import httpx
import pytest
from typer.testing import CliRunner

from api.scraping import MetricsSettings
from crosstip.main import app
from crosstip.serving.scraped import scraped
from graph.clock import now_us
from tests.api.canaries import ADMIN, AUDIT, BOSS, LEAD, MARK, OTHER, PLANTED, Day, found_in
from tests.api.canary_day import casework, failures, log_ons, mistakes, tips
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.faults import relayed
from tests.graph.services.people import staff
from tests.stores import RunningStore

LOGGERS = ("", "crosstip", "uvicorn", "uvicorn.access", "uvicorn.error", "neo4j", "neo4j.io")
KEPT: LiteralString = (
    "MATCH (n) WHERE labels(n)[0] IN ['AuditEntry', 'Alert', 'Budget', 'Job'] "
    "RETURN properties(n) AS properties"
)


def commands(running: RunningStore, patch: pytest.MonkeyPatch, directory: Path) -> Iterator[str]:
    """Give what commands print that fail over what they are given."""
    settings = running.settings
    patch.setenv("CROSSTIP_DATA_DIR", str(directory))
    patch.setenv("CROSSTIP_STORE", settings.store)
    if settings.is_embedded:
        patch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    else:
        patch.setenv("CROSSTIP_STORE_USER", settings.store_user)
        patch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())
    broken = directory / "document.json"
    broken.write_text(f'{{"report": "{PLANTED["quarantined document"]}", ')
    for words in (
        ("ingest", "--synthetic", str(broken)),
        ("quarantine", "list"),
        ("claim", "add", "26-none", PLANTED["e-mail"]),
        ("check", PLANTED["phone"], "--investigation", "none", "--purpose", "cybertip"),
        ("show", PLANTED["screen name"]),
    ):
        done = CliRunner().invoke(app, [*words, "--as", "lead.north"])
        assert "Traceback" not in done.output
        assert done.exit_code != 0 or words[0] == "quarantine", (words, done.output)
        yield done.output


@contextmanager
def talkative() -> Iterator[None]:
    """Let every logger say everything, as somebody would who looks for a fault."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def test_nothing_that_was_planted_gets_out(
    running_store: RunningStore,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    assert len(PLANTED) == 30
    staff(running_store.store, "north", "south", at_us=now_us())
    tips(running_store)
    with (
        relayed(running_store) as (relay, store),
        live_api(opener_of(store)) as live,
        ExitStack() as stack,
        scraped(live.app, MetricsSettings(port=0)) as metrics,
        caplog.at_level(logging.DEBUG),
        talkative(),
    ):
        people = {
            user: stack.enter_context(logged_on_as(live, running_store.store, user))
            for user in (LEAD, BOSS, ADMIN, OTHER, AUDIT)
        }
        day = Day(live=live, people=people)
        log_ons(day)
        casework(day)
        mistakes(day)
        failures(day, relay, monkeypatch)
        figures = httpx.get(f"{metrics}/metrics", trust_env=False, timeout=60).text
        printed = "\n".join(commands(running_store, monkeypatch, tmp_path))
    kept = [json.dumps(row[0], default=str) for row in running_store.rows(KEPT)]
    assert len(kept) > 60
    assert len(day.refusals) >= 25
    places = {
        "a log": [record.getMessage() + str(record.exc_text) for record in caplog.records],
        "a refusal": [text for _, text in day.refusals],
        "the figures": figures.split("\n"),
        "an address or header": day.urls,
        "the record of who did what": kept,
        "what a command says": [printed],
    }
    leaks = [
        (place, found, text[-600:])
        for place, texts in places.items()
        for text in texts
        if (found := found_in(text, day.planted))
    ]
    assert leaks == [], "\n".join(map(str, leaks))
    assert "crosstip_requests_total" in figures
    assert any(record.name == "crosstip.api" for record in caplog.records)


def test_what_is_planted_would_be_found() -> None:
    for name, value in PLANTED.items():
        for text in (value, f"x{value.upper()}y"):
            assert name in found_in(text, PLANTED)
    assert found_in("202-555-0147", {"phone": "2025550147"}) == ["phone"]
    assert found_in(f"only {MARK}", PLANTED) == ["the mark"]
    assert found_in("nothing of it", PLANTED) == []
