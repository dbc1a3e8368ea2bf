"""Casework over HTTP, from an investigation to a resolved conflict."""

from __future__ import annotations

from graph.store import Store
from tests.api.offices import STATED, SUBJECT, Offices, tagged, two_offices
from tests.graph.services.casework import LOOKED_AT

LEAD, BOSS, OTHER, CHIEF = "lead.alder", "boss.alder", "lead.birch", "boss.birch"


def test_two_agencies_from_a_claim_to_a_resolved_conflict(store: Store) -> None:
    with two_offices(store, LEAD, BOSS, OTHER, CHIEF, "audit.alder") as offices:
        _investigations(offices)
        _claims(offices)
        _checks_and_conflicts(offices)
        _figures_count_no_work(offices)
        _log_knows_the_request(offices)


def _investigations(offices: Offices) -> None:
    lead, other = offices.people[LEAD], offices.people[OTHER]
    opened = offices.opened(LEAD, "26-1", title="Harbour")
    assert opened.headers["ETag"] == '"1"'
    assert opened.json()["lead"] == LEAD
    offices.opened(LEAD, "26/2 %x")
    listed = lead.get("/v1/investigations").json()
    assert [item["reference"] for item in listed["items"]] == ["26-1", "26/2 %x"]
    pages: list[list[str]] = []
    after: str | None = ""
    while after is not None:
        answer = lead.get("/v1/investigations", params={"limit": 1, "after": after}).json()
        pages.append([item["reference"] for item in answer["items"]])
        after = answer["next_after"]
    # A full page does not know whether it is the last.
    assert pages == [["26-1"], ["26/2 %x"], []]
    odd = lead.get("/v1/investigations", params={"after": "26-1"})
    assert (odd.status_code, odd.json()["code"]) == (422, "question")
    assert lead.get("/v1/investigations/26%252F2 %2525x").json()["reference"] == "26/2 %x"
    # Another agency: the list is empty, and what is there answers as what is not.
    assert other.get("/v1/investigations").json()["items"] == []
    there, not_there = (other.get(f"/v1/investigations/{name}") for name in ("26-1", "none"))
    assert (there.status_code, there.json()) == (404, not_there.json())
    path = "/v1/investigations/26-1"
    changed = lead.patch(path, json={"deputies": ["deputy.alder"]}, headers=tagged(1))
    assert changed.json()["deputies"] == ["deputy.alder"]
    late = lead.patch(path, json={"title": "Late"}, headers=tagged(1))
    assert (late.status_code, late.json()["code"]) == (412, "changed")
    blind = lead.patch(path, json={"title": "Blind"})
    assert (blind.status_code, blind.json()["code"]) == (428, "if-match")
    why = {"why": "On leave."}
    given = lead.post(f"{path}/hand-over", json={"lead": "boss.alder", **why}, headers=tagged(2))
    assert given.json()["lead"] == "boss.alder"
    closed = lead.post(f"{path}/close", json=why, headers=tagged(3))
    assert closed.status_code == 403
    back = offices.people[LEAD].get(path)
    assert back.json()["version"] == 3


def _claims(offices: Offices) -> None:
    lead, other = offices.people[LEAD], offices.people[OTHER]
    path = "/v1/investigations/26%252F2 %2525x/claims"
    body = {"claims": [{"value": "a@example.com", **STATED}, {"value": "nonsense"}]}
    lines = lead.post(path, json=body).json()
    assert [line["outcome"] for line in lines["lines"]] == ["claimed", "refused"]
    assert (lines["claimed"], lines["refused"]) == (1, 1)
    ref = lines["lines"][0]["ref"]
    names = ",".join(STATED)
    stated = ",".join(f'"{value}"' for value in STATED.values())
    values = ("b@example.com", "c@example.com", "")
    rows = [f"email,{value},{stated}" for value in values]
    text = "\n".join([f"kind,value,{names}", *rows]).encode()
    csv = {"Content-Type": "text/csv"}
    found = lead.post(f"{path}/file", content=text, headers=csv).json()
    outcomes = [line["outcome"] for line in found["lines"]]
    assert outcomes == ["claimed", "claimed", "refused"], found["lines"]
    pages: list[str] = []
    after: str | None = ""
    while after is not None:
        answer = lead.get(path, params={"limit": 2, "after": after}).json()
        pages += [item["identifier"] for item in answer["items"]]
        after = answer["next_after"]
        assert after is None or "example" not in after
    assert pages == ["a@example.com", "b@example.com", "c@example.com"]
    shown = lead.get(f"/v1/claims/{ref}")
    assert shown.headers["ETag"] == '"1"'
    assert other.get(f"/v1/claims/{ref}").status_code == 404
    edited = lead.patch(f"/v1/claims/{ref}", json={"source": "Warrant 2."}, headers=tagged(1))
    assert edited.json()["version"] == 2
    silent = lead.put(
        f"/v1/claims/{ref}/visibility", json={"visibility": "silent"}, headers=tagged(2)
    )
    assert silent.status_code == 403
    validated = lead.post(
        f"/v1/claims/{ref}/validate", json={"looked_at": LOOKED_AT}, headers=tagged(2)
    )
    assert validated.headers.get("ETag") == '"3"', validated.text
    assert len(lead.get("/v1/claims/due", params={"days": 1825}).json()["items"]) == 3
    mistaken = {"why": "Mistaken."}
    assert lead.post(f"/v1/claims/{ref}/purge", json=mistaken).status_code == 403
    key = {"Idempotency-Key": "purge-0001"}
    path = f"/v1/claims/{ref}/purge"
    purged, again = (offices.people[BOSS].post(path, json=mistaken, headers=key) for _ in range(2))
    assert purged.status_code == 200, purged.text
    assert (again.status_code, purged.json()["salt"] in again.text) == (409, False)
    assert purged.json()["salt"] != ""
    assert lead.get(f"/v1/claims/{ref}").status_code == 404


def _checks_and_conflicts(offices: Offices) -> None:
    lead, other, chief = offices.people[LEAD], offices.people[OTHER], offices.people[CHIEF]
    offices.claimed(LEAD, "26%252F2 %2525x", SUBJECT)
    offices.opened(OTHER, "B-7")
    asked = {"investigation": "B-7", "purpose": "cybertip"}
    answer = other.post("/v1/checks", json={**asked, "values": [{"value": SUBJECT}]}).json()
    assert [line["outcome"] for line in answer["lines"]] == ["hit"]
    assert answer["lines"][0]["pointers"][0]["reference"] == "26/2 %x"
    miss = other.post("/v1/checks", json={**asked, "values": [{"value": "x@example.org"}]}).json()
    assert [line["outcome"] for line in miss["lines"]] == ["nothing to show"]
    csv = {"Content-Type": "text/csv"}
    file = other.post(
        "/v1/checks/file", params=asked, content=f"value\n{SUBJECT}\n".encode(), headers=csv
    )
    assert file.headers["content-type"].startswith("text/csv")
    assert f"{SUBJECT},hit," in file.text
    assert other.post("/v1/checks/investigation", json=asked).status_code == 422
    budgets = other.get("/v1/checks/budgets").json()["items"]
    assert {item["whose"]: item["used"] for item in budgets}[OTHER] == 3
    (found,) = lead.get("/v1/conflicts").json()["items"]
    assert found["other_reference"] == "B-7"
    known = lead.post(f"/v1/conflicts/{found['ref']}/acknowledge")
    assert known.status_code == 200, known.text
    assert lead.get(f"/v1/conflicts/{found['ref']}").json()["seen_by"] == LEAD
    (notice, *_) = lead.get("/v1/notifications", params={"with_seen": True}).json()["items"]
    assert notice["object"] == found["ref"]
    done = lead.post(f"/v1/notifications/{notice['key']}/acknowledge").json()
    assert done["seen_by"] == LEAD
    assert other.post(f"/v1/notifications/{notice['key']}/acknowledge").status_code == 404
    now = other.get(f"/v1/conflicts/{found['ref']}")
    ended = other.post(
        f"/v1/conflicts/{found['ref']}/resolve",
        json={"resolution": "joined", "why": "Called."},
        headers={"If-Match": now.headers["ETag"]},
    )
    assert ended.json()["status"] == "resolved"
    assert lead.get("/v1/conflicts").json()["items"] == []
    assert len(lead.get("/v1/conflicts", params={"with_resolved": True}).json()["items"]) == 1
    (line,) = chief.get("/v1/conflicts/matrix").json()["items"]
    assert (line["other"], line["total"], line["unresolved"]) == ("alder", 1, 0)


def _figures_count_no_work(offices: Offices) -> None:
    """What agencies work on, and what only they know of, is in no count that people of one see."""
    figures = offices.people[LEAD].get("/v1/figures").json()["figures"]
    shown = {figure["label"] for figure in figures}
    assert shown <= {"Agency", "Document", "File", "Provider", "Tip", "TipVersion"}


def _log_knows_the_request(offices: Offices) -> None:
    lead, auditor = offices.people[LEAD], offices.people["audit.alder"]
    name = "check-me-0001"
    shown = lead.get("/v1/investigations/26-1", headers={"X-Request-Id": name})
    assert shown.headers["X-Request-Id"] == name
    assert lead.get("/v1/figures", headers={"X-Request-Id": "a b"}).headers["X-Request-Id"] != "a b"
    export = auditor.get("/v1/audit/export")
    assert export.status_code == 409  # no checkpoint yet, so no log of its own either
    record = {"record": "alder|26-1"}
    lines = auditor.post("/v1/audit/ledger", json=record).json()["lines"]
    assert lines[0]["action"] == "investigation.read"
    assert lead.post("/v1/audit/ledger", json=record).status_code == 403
