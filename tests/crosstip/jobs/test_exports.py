"""Exports and quarantine over HTTP: everything that is one's own, and nothing that is not."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.routers.jobs import _name
from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.jobs import ExportThis
from graph.services import export_files
from graph.services.export_formats import FORMATS
from tests.crosstip.jobs.office import BOSS, LEAD, OTHER, Office, office, tips
from tests.stores import RunningStore


@pytest.fixture
def at(running_store: RunningStore, tmp_path: Path) -> Iterator[Office]:
    """An office."""
    with office(running_store, tmp_path) as found:
        yield found


def ordered(at: Office, user: str = LEAD, **wanted: str) -> str:
    """Have a list taken out and give the job's key."""
    answer = at.people[user].post("/v1/exports", json=wanted)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["key"])


def fetched(at: Office, key: str, user: str = LEAD) -> httpx.Response:
    """Fetch what an export made."""
    return at.people[user].get(f"/v1/exports/{key}/file")


def test_a_list_is_taken_out_whole_and_given_to_its_owner_under_the_rights_of_now(
    at: Office,
) -> None:
    at.handed(tips(*range(198000001, 198000211)))
    at.handed(tips(198000900), user=OTHER)
    assert at.worked() == 2
    key = ordered(at, list="tips")
    assert fetched(at, key).status_code == 422, "not made yet"
    lines = ordered(at, list="tips", format="ndjson")
    lonely = ordered(at, list="tip-links", tip="ncmec:198000001")
    hidden = ordered(at, list="tip-links", tip="ncmec:198000900")
    others = [ordered(at, list=name) for name in ("claims", "conflicts", "notices")]
    assert at.worked() == 7
    given = fetched(at, key)
    rows = list(csv.DictReader(io.StringIO(given.text)))
    assert {row["tip"] for row in rows} == {f"ncmec:{n}" for n in range(198000001, 198000211)}
    assert {row["store"] for row in rows} == {"SYNTHETIC"}
    assert "SYNTHETIC" in given.headers["content-disposition"]
    manifest = at.job(key)["export"]
    assert (manifest["rows"], manifest["bytes"]) == (210, len(given.content))
    assert manifest["sha256"] == hashlib.sha256(given.content).hexdigest()
    assert (manifest["left_out"], manifest["synthetic"]) == ([], True)
    assert given.headers["content-type"].startswith("text/csv")
    said = [json.loads(line) for line in fetched(at, lines).text.splitlines()]
    assert [one["tip"] for one in said] == [row["tip"] for row in rows]
    assert "identification" in at.job(lonely)["export"]["notes"][0]
    assert at.job(hidden)["state"] == "failed", "a tip of others is not there"
    assert {at.job(other)["state"] for other in others} == {"done"}
    leaves = at.running.rows(
        "MATCH (e:AuditEntry) WHERE e.outcome = 'written into an export' AND "
        "'ncmec:198000001' IN e.disclosed RETURN DISTINCT e.actor, e.agency"
    )
    assert leaves == [(LEAD, "alder")]

    for user in (BOSS, OTHER):
        assert fetched(at, key, user).status_code == 404
    at.running.rows("MATCH (t:Tip {key: 'ncmec:198000007'}) SET t.holders = []")
    refused = fetched(at, key)
    assert (refused.status_code, refused.json()["code"]) == (409, "changed")
    assert "198000007" not in refused.text
    again = ordered(at, list="tips")
    assert at.worked() == 1
    assert fetched(at, again).status_code == 200
    at.running.rows("MATCH (u:User {key: $user}) SET u.roles = ['agency administrator']", user=LEAD)
    assert fetched(at, again).status_code == 403


def test_what_a_spreadsheet_would_run_begins_with_a_quote() -> None:
    written = FORMATS["csv"].row(("a",) * 5, ("=1+1", "@x", "-2", -2, 'say "hi"\r\nthere'))
    assert written == b'\'=1+1,\'@x,\'-2,-2,"say ""hi""\r\nthere"\r\n'


def test_quarantine_is_there_for_the_agency_that_it_was_handed_in_for(at: Office) -> None:
    broken = b'{"crosstip": "tip/1", "number": tru}'
    job = at.handed(broken)
    assert at.worked() == 1
    (entry,) = at.job(job)["documents"]["quarantine"]
    (line,) = at.people[BOSS].get("/v1/quarantine").json()["items"]
    assert (line["id"], line["state"], line["attempts"]) == (entry, "waiting", 1)
    assert at.people[OTHER].get("/v1/quarantine").json()["items"] == []
    for method, path in (("GET", ""), ("POST", "/retry"), ("POST", "/dismiss")):
        answer = at.people[OTHER].request(
            method, f"/v1/quarantine/{entry}{path}", json={"why": "Not ours."}
        )
        assert answer.status_code == 404
    retried = at.people[BOSS].post(f"/v1/quarantine/{entry}/retry")
    assert retried.status_code == 202
    assert at.worked() == 1
    assert at.job(retried.json()["key"], BOSS)["documents"]["quarantine"] == [entry]
    assert at.people[BOSS].get(f"/v1/quarantine/{entry}").json()["attempts"] == 2
    done = at.people[BOSS].post(f"/v1/quarantine/{entry}/dismiss", json={"why": "Torn."})
    assert (done.json()["state"], done.json()["dismissed_by"]) == ("dismissed", BOSS)
    assert at.people[BOSS].post(f"/v1/quarantine/{entry}/retry").status_code == 422


def test_a_program_hands_in_waits_and_takes_out(at: Office, tmp_path: Path) -> None:
    file = tmp_path / "überlieferung 1.jsonl"
    file.write_bytes(tips(198000001))
    http = at.people[LEAD]
    token = http.headers["Authorization"].removeprefix("Bearer ")
    with CrosstipClient(str(http.base_url), token) as client:
        job = client.documents.upload(file, synthetic=True)
        with pytest.raises(ApiError, match="No worker has looked"):
            client.documents.wait(job.key, within_s=0.0)
        assert at.worked() == 1
        ended = client.documents.wait(job.key)
        assert ended.documents is not None
        assert ended.documents.tips == ("ncmec:198000001",)
        made = client.make_export(ExportThis(list="tips"))
        assert at.worked() == 1
        assert client.documents.wait(made.key).state == "done"
        assert b"ncmec:198000001" in client.export_file(made.key)
        assert [one.kind for one in client.jobs().items] == ["export", "documents"]
    names = at.running.rows("MATCH (d:Document) RETURN d.name")
    assert names == [(file.name,)]


@pytest.mark.parametrize("running_store", ["embedded"], indirect=True)
def test_what_is_not_asked_about_again_is_given_for_an_hour(
    at: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A claim may be purged or hidden after the file was made; of tips each is asked about."""
    at.handed(tips(198000001))
    made = {name: ordered(at, list=name) for name in ("tips", "claims", "conflicts", "notices")}
    at.worked()
    assert {fetched(at, key).status_code for key in made.values()} == {200}
    monkeypatch.setattr(export_files, "_RECENT_US", -1)
    later = {name: fetched(at, key).status_code for name, key in made.items()}
    assert later == {"tips": 200, "claims": 409, "conflicts": 409, "notices": 409}
    (at.data_dir / "exports" / f"{made['tips']}.1.records").unlink()
    assert fetched(at, made["tips"]).status_code == 404, "whose it is cannot be asked any more"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (None, "upload"),
        ('attachment; filename="tip.json"', "tip.json"),
        ("attachment; filename*=UTF-8''t%C3%AFp.json", "tïp.json"),
        ("attachment; filename*=unicode_escape''a%5Cud800.json", "a?.json"),
        ('attachment; filename="\x07\x1b "', "upload"),
        (f'attachment; filename="{"x" * 500}"', "x" * 200),
    ],
)
def test_a_name_can_be_shown_whatever_the_sender_chose(header: str | None, name: str) -> None:
    """Else one user could have an agency's quarantine answer nobody."""
    assert _name(header) == name
