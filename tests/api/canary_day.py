"""A day's work over HTTP in which everything that was planted is typed, and much goes wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph.clock import now_us
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.services.recording import record
from graph.statements import FileStatement
from tests.api.canaries import ADMIN, AUDIT, BOSS, LEAD, OTHER, PLANTED, REFUSED, TERMS, Day
from tests.api.offices import tagged
from tests.deliveries import delivery, email, file_hash, says
from tests.faults import Relay
from tests.graph.services.logging_on import code_at
from tests.stores import RunningStore


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
    assert [line["outcome"] for line in found].count("hit") == 2, found
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
    purged = day.ask(BOSS, "POST", f"/claims/{refs[0]}/purge", json={"why": "Entered by mistake."})
    day.planted["salt of a purge"] = purged.json()["salt"]
    for text in (p["e-mail"], p["phone"], p["screen name"], p["name of a person"], "ncmec:1"):
        day.ask(LEAD, "POST", "/search", json={"text": text})
    for text in (p["e-mail"], p["phone"][:6], p["screen name"]):
        day.ask(LEAD, "POST", "/suggestions", json={"text": text})
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
    day.ask(
        LEAD, "POST", "/checks", json={**asked, "values": [{"value": p["e-mail"]}]}, code=REFUSED
    )
    asked = {"investigation": p["e-mail"], "purpose": "cybertip"}
    day.ask(LEAD, "POST", "/checks", json={**asked, "values": [{"value": "x"}]}, code=REFUSED)
    day.ask(LEAD, "POST", "/checks/tip", json={**asked, "tip": p["e-mail"]}, code=REFUSED)
    day.ask(LEAD, "POST", "/queries/meta.counts", json={"params": {"x": p["e-mail"]}}, code=REFUSED)
    day.ask(LEAD, "POST", "/search", content=f'{{"text": {p["e-mail"]}'.encode(), code=REFUSED)
    body = {"claims": [{"value": p["e-mail"], "role": p["name of a person"]}]}
    day.ask(LEAD, "POST", "/investigations/26-1/claims", json=body, code=REFUSED)
    wanted = {"reference": p["e-mail"], "purpose": p["phone"], "lead": p["name of a person"]}
    day.ask(LEAD, "POST", "/investigations", json=wanted, code=REFUSED)
    day.ask(
        LEAD, "PATCH", "/investigations/26-1", json={"title": 5}, headers=tagged(1), code=REFUSED
    )
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
