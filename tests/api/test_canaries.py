"""Thirty secrets and identifiers planted in a day's work over HTTP and by command: none gets out.

Out is: any logger at its most talkative, error bodies, figures for Prometheus, addresses as a proxy
would log them, and the log of who did what. `tests/crosstip/test_no_identifier_outside.py` follows
one identifier through deconfliction in the core; here is what comes and goes over the wire, and
what goes wrong there.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, LiteralString

import httpx
import pytest
from typer.testing import CliRunner

from api.scraping import MetricsSettings
from crosstip.main import app
from crosstip.serving.scraped import scraped
from graph.clock import now_us
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.services.recording import record
from graph.statements import FileStatement
from tests.api.live import LiveApi, live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.api.offices import STATED, tagged
from tests.deliveries import delivery, email, file_hash, says
from tests.faults import Relay, relayed
from tests.graph.services.logging_on import code_at
from tests.graph.services.people import staff
from tests.stores import RunningStore

MARK = "zq7c"
"""In every planted text, so that a part of one is found too."""
PLANTED: Final[Mapping[str, str]] = {
    "e-mail": f"{MARK}.seller@example.com",
    "e-mail of a child": f"{MARK}.child@example.net",
    "e-mail of a persona": f"{MARK}.persona@example.com",
    "e-mail that only a check names": f"{MARK}.asked@example.org",
    "phone": "+12025550147",
    "phone in brackets": "(303) 555-0129",
    "address": "198.18.91.203",
    "address of six groups": "2001:db8:7c7c:9e1::f00d",
    "hash": "9f2ce1d07b4a58631f0e5ad27c96b834",
    "near hash": "c3a95f0e71d2846b" * 4,
    "account id": f"{MARK}-account-7719",
    "screen name": f"{MARK}_dark_fox",
    "name of a person": f"{MARK} Marlow Quist",
    "name of a file": f"{MARK}-holiday.jpg",
    "incident description": f"{MARK} narrative of the reporter",
    "reason of escalation": f"{MARK} escalated because",
    "title of an investigation": f"{MARK} Operation Lantern",
    "contact of an investigation": f"{MARK}-desk@example.com",
    "predicate": f"{MARK} seized chat names it as the seller's",
    "source of a claim": f"{MARK} warrant 26-11, executed 3 March",
    "support of a claim": f"{MARK} paper file 26-1, tab four",
    "why of a judgement": f"{MARK} the same handwriting in both",
    "why of a resolution": f"{MARK} two persons of one name",
    "message of a conflict": f"{MARK} call me tonight",
    "line of a check list": f"{MARK} no address at all",
    "line of a claims file": f"{MARK}.filed@example.com",
    "quarantined document": f"{MARK} quarantined text",
    "password": f"{MARK} violet kettle under 9 moons",
    "wrong password": f"{MARK} not the password at all",
    "name that nobody has": f"{MARK}.nobody",
}
"""Whatever a person types or a document says. What the product makes itself is planted as it comes:
session, API key, enrolment code, second factor, its codes, recovery codes, salt of a purge."""
REFUSED: Final = 4
"""Instead of a status: any that says that the request does not fit."""
LOGGERS = ("", "crosstip", "uvicorn", "uvicorn.access", "uvicorn.error", "neo4j", "neo4j.io")
KEPT: LiteralString = (
    "MATCH (n) WHERE labels(n)[0] IN ['AuditEntry', 'Notification', 'Alert', 'Budget', 'Job'] "
    "RETURN properties(n) AS properties"
)
TERMS: Final = {
    **STATED,
    "predicate": PLANTED["predicate"],
    "source": PLANTED["source of a claim"],
    "support": PLANTED["support of a claim"],
}


def found_in(text: str, planted: Mapping[str, str]) -> list[str]:
    """Give the names of what stands in a text, in any case and however digits are grouped."""
    low = text.casefold()
    digits = "".join(sign for sign in low if sign not in " ().+-")
    names = [
        name for name, value in planted.items() if value.casefold() in low or _bare(value) in digits
    ]
    return [*names, *(["the mark"] if MARK in low and names == [] else [])]


def _bare(value: str) -> str:
    low = value.casefold()
    return "".join(sign for sign in low if sign not in " ().+-")


@dataclass(slots=True, kw_only=True)
class Day:
    """Who is at work, and what left."""

    live: LiveApi
    people: dict[str, httpx.Client]
    planted: dict[str, str] = field(default_factory=lambda: dict(PLANTED))
    urls: list[str] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)

    def ask(
        self, who: str | None, method: str, path: str, *, code: int = 200, **more: Any
    ) -> httpx.Response:
        """Ask as somebody, None for nobody; what is refused is kept with its headers."""
        client = self.live.anonymous if who is None else self.people[who]
        answer = client.request(method, f"/v1{path}", **more)
        wanted = range(400, 500) if code == REFUSED else (code,)
        assert answer.status_code in wanted, (method, path, answer.text)
        self.urls.append(str(answer.request.url))
        self.urls += [value for name, value in answer.headers.items() if name != "set-cookie"]
        if not answer.is_success:
            self.refusals.append((f"{method} {path}", answer.text))
        return answer


LEAD, BOSS, ADMIN, OTHER, AUDIT = (
    "lead.north",
    "boss.north",
    "admin.north",
    "lead.south",
    "audit.north",
)


def tips(running: RunningStore) -> None:
    """Record two tips with all kinds of identifiers and all that a reporter writes."""
    p = PLANTED
    kinds = IdentifierKind
    said = [
        email(p["e-mail"]),
        says(kinds.EMAIL, p["e-mail of a child"], role=Role.VICTIM),
        says(kinds.PHONE, p["phone"]),
        says(kinds.IP_ADDRESS, p["address"]),
        says(kinds.IP_ADDRESS, p["address of six groups"]),
        says(kinds.ACCOUNT, f"chatterbox||{p['account id']}"),
        says(kinds.SCREEN_NAME, p["screen name"]),
        file_hash(f"md5:{p['hash']}", file_id="1"),
        file_hash(f"pdq:{p['near hash']}", file_id="1"),
    ]
    notes = (("incident/notes", p["incident description"]), ("person/name", p["name of a person"]))
    for number in ("1", "2"):
        more = delivery(
            number,
            said,
            holder="north",
            files=[FileStatement(file_id="1", name=p["name of a file"])],
            urgency=1,
            urgency_reasons=(p["reason of escalation"],),
            notes=notes,
        )
        record(running.store, [more], actor="test")


def log_ons(day: Day) -> None:
    """Enrol, log on rightly and wrongly, make and withdraw an API key."""
    p, planted = PLANTED, day.planted
    made = day.ask(ADMIN, "POST", "/users/deputy.north/enrolments").json()
    planted["enrolment code"] = made["enrolment_code"]
    asked = {"user": "deputy.north", "enrolment_code": made["enrolment_code"]}
    offer = day.ask(None, "POST", "/enrolments/offers", json=asked).json()
    planted["second factor"] = offer["secret"]
    code = code_at(offer["secret"], now_us())
    weak = {**asked, "password": "short", "code": code}
    day.ask(None, "POST", "/enrolments", json=weak, code=422)
    done = day.ask(None, "POST", "/enrolments", json={**weak, "password": p["password"]})
    for number, each in enumerate(done.json()["recovery_codes"][:3]):
        planted[f"recovery code {number}"] = each
    banner = day.ask(None, "GET", "/log-on").json()["banner_version"]
    right = {"user": "deputy.north", "password": p["password"], "banner": banner}
    right["code"] = planted["recovery code 0"]
    for wrong in (
        {"password": p["wrong password"]},
        {"user": p["name that nobody has"]},
        {"code": planted["recovery code 1"][::-1]},
    ):
        day.ask(None, "POST", "/sessions", json=right | wrong, code=401)
    day.ask(None, "POST", "/sessions", json={**right, "password": [p["password"]]}, code=422)
    day.ask(None, "POST", "/sessions", content=json.dumps(right)[:-9].encode(), code=422)
    token = day.ask(None, "POST", "/sessions", json=right).json()["token"]
    planted["session"] = token
    for header in (f"Bearer {token[:-4]}", f"Basic {token}", f"Bearer {token} {token}"):
        day.ask(None, "GET", "/tips", headers={"Authorization": header}, code=401)
    wanted = {"user": "rms.north", "scopes": ["figures.read"], "networks": ["198.18.0.0/24"]}
    made = day.ask(ADMIN, "POST", "/api-keys", json=wanted).json()
    planted["API key"] = made["key"]
    day.ask(None, "GET", "/figures", headers={"Authorization": f"Bearer {made['key']}"}, code=401)
    day.ask(ADMIN, "DELETE", f"/api-keys/{made['ref']}")


def casework(day: Day) -> None:
    """Claim, check, meet, write to each other, judge, purge."""
    p = PLANTED
    case = {"purpose": "cybertip", "title": p["title of an investigation"]}
    case["contact"] = p["contact of an investigation"]
    day.ask(LEAD, "POST", "/investigations", json={**case, "reference": "26-1"}, code=201)
    day.ask(OTHER, "POST", "/investigations", json={**case, "reference": "S-1"}, code=201)
    named = ("e-mail", "phone", "address", "address of six groups")
    claims: list[dict[str, Any]] = [{"value": p[name], **TERMS} for name in named]
    claims.append({"value": f"md5:{p['hash']}", **TERMS})
    claims.append({"value": p["e-mail of a persona"], **TERMS, "role": "officer persona"})
    claims.append({"value": p["line of a check list"], **TERMS})
    made = day.ask(LEAD, "POST", "/investigations/26-1/claims", json={"claims": claims}).json()
    refs = [line["ref"] for line in made["lines"]]
    assert made["claimed"] == len(claims) - 1, made
    columns = ",".join(TERMS)
    stated = ",".join(f'"{text}"' for text in TERMS.values())
    rows = f"kind,value,{columns}\nemail,{p['line of a claims file']},{stated}\n"
    csv = {"Content-Type": "text/csv"}
    path = "/investigations/26-1/claims/file"
    day.ask(LEAD, "POST", path, content=rows.encode(), headers=csv)
    asked = {"investigation": "S-1", "purpose": "cybertip"}
    typed = [p["e-mail"], p["e-mail that only a check names"], p["phone in brackets"], p["address"]]
    values = [{"value": value} for value in (*typed, p["line of a check list"])]
    found = day.ask(OTHER, "POST", "/checks", json={**asked, "values": values}).json()["lines"]
    assert [line["outcome"] for line in found].count("hit") == 2, found  # noqa: PLR2004
    day.ask(
        OTHER, "POST", "/checks/file", params=asked, content="\n".join(typed).encode(), headers=csv
    )
    met = day.ask(LEAD, "GET", "/conflicts").json()["items"][0]["ref"]
    said = {"text": p["message of a conflict"]}
    day.ask(LEAD, "POST", f"/conflicts/{met}/messages", json=said)
    stands = day.ask(LEAD, "GET", f"/conflicts/{met}")
    ended = {"resolution": "no conflict", "why": p["why of a resolution"]}
    tag = {"If-Match": stands.headers["ETag"]}
    day.ask(LEAD, "POST", f"/conflicts/{met}/resolve", json=ended, headers=tag)
    judged = {"first": "ncmec:1", "second": "ncmec:2", "verdict": "same actor"}
    day.ask(LEAD, "POST", "/judgements", json={**judged, "why": p["why of a judgement"]})
    purged = day.ask(BOSS, "POST", f"/claims/{refs[0]}/purge", json={"why": p["source of a claim"]})
    day.planted["salt of a purge"] = purged.json()["salt"]
    for text in (p["e-mail"], p["phone"], p["screen name"], p["name of a person"], "ncmec:1"):
        day.ask(LEAD, "POST", "/search", json={"text": text})
    day.ask(LEAD, "POST", "/history", json={"kind": "Email", "key": p["e-mail"]})
    day.ask(LEAD, "POST", "/near", json={"pdq": p["near hash"]})
    for what in ("", "/links", "/group", "/neighbourhood", "/links/ncmec:2", "/paths/ncmec:2"):
        day.ask(LEAD, "GET", f"/tips/ncmec:1{what}")
    day.ask(AUDIT, "POST", "/audit/ledger", json={"record": p["e-mail"]})


def mistakes(day: Day) -> None:
    """Let people type identifiers where names belong, and send what does not fit."""
    p = PLANTED
    asked = {"investigation": p["e-mail"], "purpose": p["phone"]}
    many = {**asked, "values": [{"value": p["e-mail"]}], p["screen name"]: p["name of a person"]}
    day.ask(LEAD, "POST", "/checks", json=many, code=REFUSED)
    day.ask(LEAD, "POST", "/checks", json={**asked, "values": [{"value": p["e-mail"]}]}, code=REFUSED)
    asked = {"investigation": p["e-mail"], "purpose": "cybertip"}
    day.ask(LEAD, "POST", "/checks", json={**asked, "values": [{"value": "x"}]}, code=REFUSED)
    day.ask(LEAD, "POST", "/checks/tip", json={**asked, "tip": p["e-mail"]}, code=REFUSED)
    day.ask(LEAD, "POST", "/queries/meta.counts", json={"params": {"x": p["e-mail"]}}, code=REFUSED)
    day.ask(LEAD, "POST", "/search", content=f'{{"text": {p["e-mail"]}'.encode(), code=REFUSED)
    body = {"claims": [{"value": p["e-mail"], "role": p["name of a person"]}]}
    day.ask(LEAD, "POST", "/investigations/26-1/claims", json=body, code=REFUSED)
    wanted = {"reference": p["e-mail"], "purpose": p["phone"], "lead": p["name of a person"]}
    day.ask(LEAD, "POST", "/investigations", json=wanted, code=REFUSED)
    day.ask(LEAD, "PATCH", "/investigations/26-1", json={"title": 5}, headers=tagged(1), code=REFUSED)
    judged = {"first": p["e-mail"], "second": p["phone"], "verdict": "same actor", "why": "x"}
    day.ask(LEAD, "POST", "/judgements", json=judged, code=REFUSED)
    kept = {"kept": {"note": p["password"]}}
    day.ask(AUDIT, "POST", "/audit/proofs/growth", json=kept, code=REFUSED)


def failures(day: Day, relay: Relay, patch: pytest.MonkeyPatch) -> None:
    """Let a defect, a slow store and a store that is cut off meet identifiers."""
    p = PLANTED
    asked = {"text": p["e-mail"]}

    def defect(_: object, text: str) -> None:
        raise RuntimeError(f"{text} broke it")

    with patch.context() as broken:
        broken.setattr("api.routers.search.search_store", defect)
        day.ask(LEAD, "POST", "/search", json=asked, code=500)
    check = {"investigation": "S-1", "purpose": "cybertip", "values": [{"value": p["e-mail"]}]}
    relay.delay_s = 0.02
    day.ask(OTHER, "POST", "/checks", json=check)
    relay.delay_s = 0.0
    relay.cut()
    for who, path, body in (
        (LEAD, "/search", asked),
        (OTHER, "/checks", check),
        (None, "/sessions", {"user": "lead.north", "password": p["password"], "banner": "x"}),
    ):
        day.ask(who, "POST", path, json=body, code=503)
    relay.mend()


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
        (place, found, text[:300])
        for place, texts in places.items()
        for text in texts
        if (found := found_in(text, day.planted))
    ]
    assert leaks == []
    assert "crosstip_requests_total" in figures
    assert any(record.name == "crosstip.api" for record in caplog.records)


def test_what_is_planted_would_be_found() -> None:
    for name, value in PLANTED.items():
        for text in (value, f"x{value.upper()}y"):
            assert name in found_in(text, PLANTED)
    assert found_in("202-555-0147", {"phone": "2025550147"}) == ["phone"]
    assert found_in(f"only {MARK}", PLANTED) == ["the mark"]
    assert found_in("nothing of it", PLANTED) == []
