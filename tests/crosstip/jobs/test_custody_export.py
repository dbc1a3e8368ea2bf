"""A custody bundle taken out by a job, and by command: with originals out of the vault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.audit.keys import load_signer, new_signer, save_signer
from graph.audit.settings import AuditSettings
from graph.audit.standalone_custody import check_bundle, members_of
from graph.services.audit_checkpoints import publish_if_due
from tests.crosstip.jobs.office import BOSS, LEAD, OTHER, Office, commanded, office, tip, tips
from tests.crosstip.jobs.test_exports import fetched
from tests.stores import RunningStore

TIP = "ncmec:198000001"
ORDER = {"list": "custody", "format": "zip", "tip": TIP}


@pytest.fixture
def at(
    running_store: RunningStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """An office with a key that signs, whose worker keeps originals."""
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(tmp_path))
    save_signer(AuditSettings().keys.signing, new_signer())
    with office(running_store, tmp_path) as found:
        found.handed(tips(198000001))
        assert found.worked() == 1
        yield found


def test_a_job_makes_the_bundle_with_originals_for_its_owner_alone(at: Office) -> None:
    publish_if_due(at.running.store, AuditSettings(), at_once=True)
    own, foreign = at.people[LEAD], at.people[OTHER]
    wanted = {**ORDER, "originals": True, "given_to": "the defence"}
    answer = own.post("/v1/exports", json=wanted)
    assert answer.status_code == 202, answer.text
    key = str(answer.json()["key"])
    hidden = str(foreign.post("/v1/exports", json=ORDER).json()["key"])
    for wrong in (
        {**ORDER, "format": "csv"},
        {"list": "tips", "format": "zip"},
        {**ORDER, "given_to": "jane@example.com"},
        {"list": "custody", "format": "zip"},
    ):
        assert own.post("/v1/exports", json=wrong).status_code == 422, wrong
    assert at.worked() == 2
    assert at.job(hidden, OTHER)["state"] == "failed", "a tip of others is not there"
    given = fetched(at, key)
    assert given.headers["content-type"] == "application/zip"
    public = _public()
    assert "1 of 1 originals are in it" in check_bundle(given.content, keys=[public])
    members = members_of(given.content)
    (original,) = [data for name, data in members.items() if name.startswith("originals/")]
    assert original.decode().strip() == tip(198000001)
    manifest = at.job(key)["export"]
    assert (manifest["rows"], manifest["bytes"]) == (0, len(given.content))
    assert "entries of the log" in manifest["notes"][0]
    for user in (BOSS, OTHER):
        assert fetched(at, key, user).status_code == 404
    at.running.rows("MATCH (t:Tip {key: $tip}) SET t.holders = []", tip=TIP)
    assert fetched(at, key).status_code == 409, "whoever holds it no more is given it no more"


def test_the_page_over_http_and_the_bundle_by_command(at: Office) -> None:
    out = at.data_dir / "bundle.zip"
    page = own_page(at)
    assert page["documents"][0]["held"] == "in the vault"
    assert page["versions"][0]["received_by"] == [LEAD]
    _log_is_paged(at)
    words = ("export", "custody", "--tip", TIP, "--originals", "--out", str(out))
    said = commanded(at, BOSS, *words)
    assert "No checkpoint covers the log yet" in said
    assert "1 of 1 originals" in check_bundle(out.read_bytes(), keys=[_public()])


def own_page(at: Office) -> dict[str, list[dict[str, object]]]:
    """Give the page of custody as the lead sees it."""
    answer = at.people[LEAD].get(f"/v1/tips/{TIP}/custody")
    assert answer.status_code == 200, answer.text
    found: dict[str, list[dict[str, object]]] = answer.json()
    assert at.people[OTHER].get(f"/v1/tips/{TIP}/custody").status_code == 404
    return found


def _log_is_paged(at: Office) -> None:
    http, found = at.people[LEAD], list[str]()
    after: str | None = ""
    while after is not None:
        path = f"/v1/tips/{TIP}/custody/log"
        answer = http.get(path, params={"limit": 1, "after": after}).json()
        found += [item["action"] for item in answer["items"]]
        after = answer["next_after"]
    assert found[0] == "tip.received"
    assert found.count("custody.read") == 1, "what the reading itself wrote is not in its list"


def _public() -> str:
    return load_signer(AuditSettings().keys.signing).public.text
