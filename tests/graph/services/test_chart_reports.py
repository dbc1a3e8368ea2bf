"""A report of a chart is in the log before it is handed out: whose, what, over which tips."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.audit.keys import load_signer
from graph.audit.records import canonical
from graph.clock import now_us
from graph.errors import NotFoundError, QuestionError, RightsError, RowError
from graph.queries.audit import KeysParams
from graph.queries.leaves import ENTRIES_BY_KEY
from graph.services.audit_leaves import record_from
from graph.services.audit_proofs import prove_entry
from graph.services.audit_reads import ReadLog
from graph.services.chart_reports import MOST_TIPS, NewReport, enter_chart_report
from graph.services.custody_ledger import list_custody_log
from graph.store import Store
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.graph.services.logbook import publish, settings_in
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore

DIGEST = "5" * 64


def _new(*tips: str, sha256: str = DIGEST, given_to: str | None = None) -> NewReport:
    return NewReport(sha256=sha256, tips=tips, given_to=given_to)


def _entries(running: RunningStore) -> int:
    return int(str(running.rows("MATCH (e:AuditEntry) RETURN count(e) AS n")[0][0]))


def test_an_entry_names_the_report_and_stands_in_each_tip_s_custody(
    running_store: RunningStore, tmp_path: Path
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    for number in (1, 2):
        take_in(store, number, said=f"{number}@example.com")
    take_in(store, 3, said="3@example.com", holder="south")
    lead = people["lead.north"]
    new = _new("ncmec:2", "ncmec:1", "ncmec:2", given_to="the task force meeting")
    entered = enter_chart_report(lead, store, new=new)
    assert (entered.tips, entered.sha256) == (2, DIGEST)
    (row,) = store.read(ENTRIES_BY_KEY, KeysParams(keys=[entered.entry]))
    said = canonical(record_from(row)).decode()
    for text in (DIGEST, "2 tips; for: the task force meeting", "lead.north", "ncmec:2"):
        assert text in said
    assert (entered.log, entered.at_us, entered.outcome) == (row.log, row.at_us, row.outcome)
    for tip in ("ncmec:1", "ncmec:2"):
        later = replace(lead, as_of_us=now_us())
        page = list_custody_log(later, store, tip=tip, reads=ReadLog(store))
        (found,) = (item for item in page.items if item.entry == entered.entry)
        assert (found.kind, found.outcome) == ("export", entered.outcome)
    before = _entries(running_store)
    for wrong in (_new("ncmec:1", "ncmec:3"), _new("ncmec:1", "ncmec:99"), _new("ncmec:3")):
        with pytest.raises(NotFoundError):
            enter_chart_report(lead, store, new=wrong)
    with pytest.raises(RightsError):
        enter_chart_report(people["audit.north"], store, new=_new("ncmec:1"))
    with pytest.raises(RowError):
        enter_chart_report(lead, store, new=_new("ncmec:1", given_to="a@example.com"))
    refused = _entries(running_store) - before
    assert refused == 5, "each refusal has its entry, and none says that it was handed out"
    assert len(running_store.rows(f"MATCH (e:AuditEntry) WHERE {_SAYS} RETURN e.key")) == 1

    settings = settings_in(tmp_path)
    publish(running_store, settings)
    proof = prove_entry(store, entered.entry, only=entered.log)
    proof.check(load_signer(settings.keys.signing).public)
    assert DIGEST in proof.record


_SAYS = f"e.outcome STARTS WITH 'chart report sha256:{DIGEST}'"


def test_what_is_no_digest_and_what_no_chart_holds_is_refused(store: Store) -> None:
    people = staff(store, "north", at_us=now_us() - DAY_US)
    many = tuple(f"ncmec:{at}" for at in range(MOST_TIPS + 1))
    for wrong in (_new(sha256="5" * 63), _new(sha256="A" * 64), _new(*many)):
        with pytest.raises(QuestionError):
            enter_chart_report(people["lead.north"], store, new=wrong)


def test_over_http_it_is_done_once_and_for_nobody_without_a_name(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    with live_api(opener_of(store)) as live:
        staff(store, "north", "south", at_us=now_us() - DAY_US)
        take_in(store, 1, said="1@example.com")
        body = {"sha256": DIGEST, "tips": ["ncmec:1"]}
        path, once = "/v1/chart-reports", {"Idempotency-Key": "one-report"}
        assert live.anonymous.post(path, json=body).status_code == 401
        with (
            logged_on_as(live, store, "lead.north") as lead,
            logged_on_as(live, store, "lead.south") as other,
        ):
            made = lead.post(path, json=body, headers=once).json()
            assert made["actor"] == "lead.north"
            assert made["log"] == "agency:north"
            assert lead.post(path, json=body, headers=once).json()["entry"] == made["entry"]
            assert other.post(path, json=body, headers=once).status_code == 404
            assert lead.post(path, json=body | {"sha256": "x"}).status_code == 422
    assert len(running_store.rows(f"MATCH (e:AuditEntry) WHERE {_SAYS} RETURN e.key")) == 1
