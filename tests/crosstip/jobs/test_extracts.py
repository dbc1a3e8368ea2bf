"""Extracts over HTTP: ordered, made by a worker, fetched, and what the ledger says of them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import httpx
import networkx as nx
import openpyxl
import pytest
import stix2

from api.schemas.extracts import ExtractThis
from graph.casework.vocabulary import Visibility
from graph.exchange.formats import FORMATS
from graph.services.audit_ledger import ledger
from graph.services.callers import caller_of
from graph.services.extract_orders import EXTRACT
from tests.crosstip.jobs.office import BOSS, LEAD, OTHER, Office, commanded, office, tip, tips
from tests.crosstip.jobs.test_exports import fetched
from tests.graph.services.casework import case, claimed, draft
from tests.stores import RunningStore

TIP, LINKED, OTHERS = "ncmec:198000001", "ncmec:198000002", "ncmec:198000900"
ORDER = {"tips": [TIP], "purpose": "cybertip", "recipient": "the county's forensic lab"}

WRONG: tuple[dict[str, Any], ...] = (
    {"tips": []},
    {"format": "docx"},
    {"purpose": "curiosity"},
    {"recipient": "jane@example.com"},
    {"recipient": " "},
    {"colour": "blue"},
)

REASONS = {
    "conditions": "have the handling code `conditions`: their agency is asked first",
    "originator only": "have the handling code `originator only`",
    None: "state no handling code, and so no permission",
}


@pytest.fixture
def at(running_store: RunningStore, tmp_path: Path) -> Iterator[Office]:
    """An office with two tips of one subject, and one of another agency's."""
    with office(running_store, tmp_path) as found:
        shared = tip(198000002).replace("u198000002@", "u198000001@")
        found.handed(f"{tip(198000001)}\n{shared}\n".encode())
        found.handed(tips(198000900), user=OTHER)
        assert found.worked() == 2
        yield found


def ordered(at: Office, user: str = LEAD, **more: Any) -> httpx.Response:
    return at.people[user].post("/v1/extracts", json={**ORDER, **more})


def key_of(answer: httpx.Response) -> str:
    assert answer.status_code == 202, answer.text
    return str(answer.json()["key"])


def test_each_format_is_made_by_a_job_opens_and_stands_in_the_log(at: Office) -> None:
    keys = {name: key_of(ordered(at, format=name)) for name in FORMATS}
    assert at.worked() == len(FORMATS)
    given = {name: fetched(at, key) for name, key in keys.items()}
    for name, answer in given.items():
        assert answer.status_code == 200, (name, answer.text)
        kind = answer.headers["content-type"].split(";")[0]
        assert kind == FORMATS[name].media_type.split(";")[0]
        assert f"SYNTHETIC-{EXTRACT}-" in answer.headers["content-disposition"]
    bundle = stix2.parse(given["stix"].content, allow_custom=True)
    assert len([one for one in bundle.objects if one.type == "report"]) == 2
    assert len(nx.read_graphml(io.BytesIO(given["graphml"].content)).nodes) >= 3
    assert TIP in given["gexf"].text
    assert json.loads(given["vics"].content)["@odata.context"]
    assert "@graph" in json.loads(given["case"].content)
    assert zipfile.ZipFile(io.BytesIO(given["i2"].content)).testzip() is None
    assert openpyxl.load_workbook(io.BytesIO(given["xlsx"].content)).sheetnames != []
    manifest = at.job(keys["stix"])["export"]
    assert manifest["proof"]["tips"] == [TIP, LINKED]
    assert manifest["proof"]["sha256"] == manifest["sha256"]
    assert any("SYNTHETIC" in said for said in manifest["notes"])
    said = at.running.rows(
        "MATCH (e:AuditEntry) WHERE e.outcome STARTS WITH 'into an extract' "
        "RETURN e.purpose AS purpose, e.outcome AS outcome, e.disclosed AS tips"
    )
    assert len(said) == len(FORMATS)
    assert all(purpose == "cybertip" and named == [TIP, LINKED] for purpose, _, named in said)
    outcomes = [line.outcome for line in ledger(at.running.store, LINKED, limit=50)]
    for name, key in keys.items():
        sha256 = at.job(key)["export"]["sha256"]
        told = f"into an extract for {ORDER['recipient']}, without protected: {name}, {sha256}"
        assert told in outcomes


def test_it_is_its_owners_alone_of_tips_that_they_see_and_by_command(
    at: Office, tmp_path: Path
) -> None:
    with httpx.Client(base_url=at.people[LEAD].base_url) as anybody:
        assert anybody.post("/v1/extracts", json=ORDER).status_code == 401
    assert ordered(at, tips=[OTHERS]).status_code == 404
    assert ordered(at, tips=[TIP, OTHERS]).status_code == 404
    assert ordered(at, OTHER).status_code == 404
    for wrong in WRONG:
        assert ordered(at, **wrong).status_code == 422, wrong
    many = ordered(at, tips=[f"ncmec:{number}" for number in range(201)])
    assert (many.status_code, "Make 2 extracts" in many.text) == (422, True)
    listed = at.people[LEAD].post("/v1/exports", json={"list": EXTRACT, "format": "stix"})
    assert listed.status_code == 422, "it has an order of its own"
    assert at.worked() == 0
    key = key_of(ordered(at))
    assert at.worked() == 1
    assert fetched(at, key).status_code == 200
    for user in (BOSS, OTHER):
        assert fetched(at, key, user).status_code == 404
    out = tmp_path / "ring.graphml"
    words = ("extract", "198000001", "--to", str(out), "--purpose", "cybertip")
    said = commanded(at, LEAD, *words, "--for", "the lab", "--format", "graphml", "--no-linked")
    assert "SHA-256" in said
    manifest = json.loads(out.with_name("ring.graphml.manifest.json").read_bytes())
    assert manifest["tips"] == [TIP]
    assert LINKED not in out.read_text()
    at.running.rows("MATCH (t:Tip {key: $tip}) SET t.holders = ['birch']", tip=LINKED)
    assert fetched(at, key).status_code == 409, "a linked tip that is theirs no more holds it back"
    late = key_of(ordered(at))
    at.running.rows("MATCH (t:Tip {key: $tip}) SET t.holders = ['birch']", tip=TIP)
    assert at.worked() == 1
    assert at.job(late)["state"] == "failed", "rights are asked when it is made"


def test_claims_leave_as_their_handling_codes_permit(at: Office) -> None:
    store = at.running.store
    lead = caller_of(store, LEAD)
    investigation = case(lead, store, "A-1")
    value = "u198000001@example.com"
    (ref,) = claimed(lead, store, investigation, draft(value, visibility=Visibility.OPEN))
    order: dict[str, Any] = {"claims": True, "linked": False, "format": "xlsx"}
    assert ordered(at, **{**order, "format": "vics"}).status_code == 422, "it has hashes alone"
    key = key_of(ordered(at, **order))
    assert at.worked() == 1
    book = openpyxl.load_workbook(io.BytesIO(fetched(at, key).content))
    _, row = book["claims"].iter_rows(values_only=True)
    assert row[1:8] == (ref, "alder", "A-1", "Email", value, "suspect", "permitted")
    assert at.job(key)["export"]["proof"]["claims"] == [ref]
    told = [line.outcome for line in ledger(store, ref, limit=50)]
    assert any(str(said).startswith("into an extract for") for said in told)
    for handling, reason in REASONS.items():
        at.running.rows("MATCH (c:Claim {ref: $ref}) SET c.handling = $to", ref=ref, to=handling)
        assert fetched(at, key).status_code == 409, "it may leave no more"
        other = key_of(ordered(at, **order))
        assert at.worked() == 1
        assert fetched(at, other).status_code == 200
        made = at.job(other)["export"]
        assert made["proof"]["claims"] == []
        assert f"Kept back: claims that {reason} (1)." in made["left_out"]
    at.running.rows(
        "MATCH (c:Claim {ref: $ref}) SET c.visibility = 'silent', c.handling = 'permitted'", ref=ref
    )
    silent = key_of(ordered(at, **order))
    assert at.worked() == 1
    assert "claims" not in str(at.job(silent)["export"]["left_out"]), "silent is not counted either"
    book = openpyxl.load_workbook(io.BytesIO(fetched(at, silent).content))
    assert book["claims"].max_row == 1


def test_the_route_names_every_format() -> None:
    assert get_args(ExtractThis.model_fields["format"].annotation) == tuple(FORMATS)
