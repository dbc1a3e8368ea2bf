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
from graph.exchange.formats import FORMATS
from graph.services.audit_ledger import ledger
from graph.services.extract_orders import EXTRACT
from tests.crosstip.jobs.office import BOSS, LEAD, OTHER, Office, commanded, office, tip, tips
from tests.crosstip.jobs.test_exports import fetched
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


def test_the_route_names_every_format() -> None:
    assert get_args(ExtractThis.model_fields["format"].annotation) == tuple(FORMATS)
