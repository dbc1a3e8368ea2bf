"""Every operation of the API as a request that stands for a row of the matrix of rights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote

from tests.graph.services.casework import LOOKED_AT

_WHY = {"why": "Because of the test."}
_SEEN = {
    "file_id": "f1",
    "about": "classification A1",
    "verdict": "refuted",
    "seen_as": "adult",
    "authority": "Warrant 1",
    **_WHY,
}
_POLICY = {
    "counsel": "C. Ounsel",
    "office": "District Attorney",
    "dated": "2026-03-01",
    "text": "As we said.",
    "not_viewed": "search warrant first",
    "from_at": "2026-03-01T00:00:00Z",
}
_CLOCKS = {"supervisors_minutes": 10, "administrators_minutes": 30}
_REFER = {"move": "refer", "recipient": "Another desk", **_WHY}
_TABLE = {
    "table": "bm8KMQo=",
    "mapping": 'format = "crosstip-mapping/1"\nsource = "web"\nreporter_role = "witness"\n'
    '[columns]\nno = "number"\n',
    "synthetic": True,
}
_UNTIL = "2999-01-01T00:00:00Z"
_CSV = {"Content-Type": "text/csv"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request."""

    method: str
    path: str
    body: Any = None
    version: int | None = None
    text: bytes | None = None
    params: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class On:
    """The record that it is about."""

    key: str
    resolved: str

    @property
    def case(self) -> str:
        """An investigation's place in addresses."""
        return f"/investigations/{quote(self.reference)}"

    @property
    def reference(self) -> str:
        """An investigation's reference."""
        return self.key.partition("|")[2]


Request: TypeAlias = Callable[[On], Ask]


def _check(on: On, path: str, **more: Any) -> Ask:
    body = {"investigation": on.reference, "purpose": "cybertip", **more}
    return Ask(method="POST", path=path, body=body)


def _get(path: str) -> Request:
    return lambda on: Ask(method="GET", path=path.format(quote(on.key, safe="|:")))


def _post(path: str, body: Any = None, version: int | None = None) -> Request:
    return lambda on: Ask(
        method="POST", path=path.format(quote(on.key, safe="|:")), body=body, version=version
    )


def _patch(path: str, body: Any) -> Request:
    return lambda on: Ask(method="PATCH", path=path.format(quote(on.key)), body=body, version=1)


REQUESTS: Mapping[str, tuple[str, Request]] = {
    "agencies": ("agencies.list_agencies", _get("/agencies")),
    "agency": ("agencies.show_agency", _get("/agencies/{}")),
    "add_one_agency": (
        "agencies.add_agency",
        _post("/agencies", {"key": "x", "name": "X", "kind": "federal"}),
    ),
    "seed_agencies": ("agencies.seed", _post("/agencies/seed")),
    "update_agency": ("agencies.change_agency", _patch("/agencies/{}", {"name": "New"})),
    "add_one_unit": ("agencies.add_unit", _post("/units", {"name": "Unit"})),
    "agreements": ("agreements.list_agreements", _get("/agreements")),
    "add_one_agreement": (
        "agreements.add_agreement",
        _post(
            "/agreements",
            {"other": "west", "reference": "MOU 1", "equal_rules": True, "until_at": _UNTIL},
        ),
    ),
    "end_one_agreement": ("agreements.end_agreement", _post("/agreements/{}/end", _WHY)),
    "users": ("users.list_users", _get("/users")),
    "user": ("users.show_user", _get("/users/{}")),
    "add_one_user": (
        "users.add_user",
        lambda on: Ask(
            method="POST",
            path="/users",
            body={
                "key": "new.user",
                "name": "New",
                "agency": on.key,
                "roles": ["agency administrator"],
            },
        ),
    ),
    "update_user": ("users.change_user", _patch("/users/{}", {"name": "New"})),
    "prove_one_user": ("users.prove_user", _post("/users/{}/prove")),
    "investigations": ("case_access.list_cases", _get("/investigations")),
    "open_investigation": (
        "cases.open_case",
        _post("/investigations", {"reference": "new", "purpose": "cybertip", "lead": "boss.north"}),
    ),
    "investigation": (
        "case_access.show_case",
        lambda on: Ask(method="GET", path=on.case),
    ),
    "update_investigation": (
        "cases.update_case",
        lambda on: Ask(method="PATCH", path=on.case, body={"title": "New"}, version=1),
    ),
    "hand_over_investigation": (
        "cases.hand_over",
        lambda on: Ask(
            method="POST",
            path=f"{on.case}/hand-over",
            body={"lead": "boss.north", **_WHY},
            version=1,
        ),
    ),
    "close_investigation": (
        "cases.close_case",
        lambda on: Ask(method="POST", path=f"{on.case}/close", body=_WHY, version=1),
    ),
    "reopen_investigation": (
        "cases.reopen_case",
        lambda on: Ask(method="POST", path=f"{on.case}%20closed/reopen", body=_WHY, version=2),
    ),
    "claims": (
        "claim_access.list_claims",
        lambda on: Ask(method="GET", path=f"{on.case}/claims"),
    ),
    "add_claims": (
        "claim_entry.claim",
        lambda on: Ask(
            method="POST",
            path=f"{on.case}/claims",
            body={"claims": [{"value": "new@example.com"}]},
        ),
    ),
    "add_claims_file": (
        "claim_entry.claim",
        lambda on: Ask(
            method="POST", path=f"{on.case}/claims/file", text=b"kind,value\nemail,n@example.com\n"
        ),
    ),
    "due_claims": ("claim_access.list_due", _get("/claims/due")),
    "claim": ("claim_access.show_claim", _get("/claims/{}")),
    "update_claim": ("claims.edit_claim", _patch("/claims/{}", {"source": "Warrant 26-12."})),
    "show_claim_to_others": (
        "claims.show_to_others",
        lambda on: Ask(
            method="PUT",
            path=f"/claims/{on.key}/visibility",
            body={"visibility": "open"},
            version=1,
        ),
    ),
    "validate": (
        "claims.validate_claim",
        _post("/claims/{}/validate", {"looked_at": LOOKED_AT}, 1),
    ),
    "purge": ("purging.purge_claim", _post("/claims/{}/purge", _WHY)),
    "purge_lapsed_claims": ("purging.purge_lapsed", _post("/claims/purge-lapsed")),
    "check": (
        "checks.check",
        lambda on: _check(on, "/checks", values=[{"value": "nobody@example.com"}]),
    ),
    "check_of_investigation": (
        "checks.check_claims",
        lambda on: _check(on, "/checks/investigation"),
    ),
    "check_of_tip": ("checks.check_tip", lambda on: _check(on, "/checks/tip", tip="ncmec:1")),
    "check_file": (
        "checks.check",
        lambda on: Ask(
            method="POST",
            path="/checks/file",
            text=b"nobody@example.com\n",
            params={"investigation": on.reference, "purpose": "cybertip"},
        ),
    ),
    "check_requests_that_wait": ("check_requests.pending", _get("/checks/requests")),
    "approve_check_request": ("check_requests.approve", _post("/checks/requests/{}/approve")),
    "check_budgets": ("check_budgets.budgets", _get("/checks/budgets")),
    "check_alerts": ("check_alerts.list_alerts", _get("/checks/alerts")),
    "conflicts": ("conflict_reading.list_conflicts", _get("/conflicts")),
    "conflict": ("conflict_reading.show_conflict", _get("/conflicts/{}")),
    "conflict_matrix": ("conflict_reading.matrix", _get("/conflicts/matrix")),
    "acknowledge_conflict": ("conflict_steps.acknowledge", _post("/conflicts/{}/acknowledge")),
    "coordinate_conflict": (
        "conflict_steps.coordinate",
        _post("/conflicts/{}/coordinate", None, 1),
    ),
    "resolve_conflict": (
        "conflict_steps.resolve",
        _post("/conflicts/{}/resolve", {"resolution": "no conflict", **_WHY}, 1),
    ),
    "reopen_conflict": (
        "conflict_steps.reopen",
        lambda on: Ask(
            method="POST", path=f"/conflicts/{on.resolved}/reopen", body=_WHY, version=2
        ),
    ),
    "write_conflict_message": (
        "conflict_steps.write_message",
        _post("/conflicts/{}/messages", {"text": "Call me."}),
    ),
    "queue": ("queue_reading.list_queue", _get("/queue")),
    "tally_queue": ("queue_reading.queue_tally", _get("/queue/tally")),
    "queued_tip": ("queue_reading.show_queued", _get("/queue/{}")),
    "tip_routes": ("routing_proposals.routes", _get("/tips/{}/routes")),
    "decide_route": (
        "routing_decisions.decide",
        _post("/tips/{}/routes", {"agency": "west", "acknowledged": "x", **_WHY}),
    ),
    "route_receipts": ("routing_receipts.list_receipts", _get("/route-receipts")),
    "areas": ("routing_areas.list_areas", _get("/areas")),
    "take_tip": ("triage_steps.take", _post("/queue/{}/take")),
    "move_tip": ("triage_steps.move", _post("/queue/{}/moves", _REFER, 0)),
    "tip_evidence": ("evidence.show_evidence", _get("/tips/{}/evidence")),
    "verify_tip_file": ("evidence.verify_file", _post("/tips/{}/verifications", _SEEN)),
    "gate_policies": ("gate_policies.list_policies", _get("/gate/policies")),
    "lay_gate_policy": (
        "gate_policies.lay_policy",
        lambda _: Ask(method="POST", path="/gate/policies", body=_POLICY, version=0),
    ),
    "caseload": ("caseload.show_caseload", _get("/caseload")),
    "own_load": ("caseload.own_caseload", _get("/caseload/own")),
    "caseload_figure": ("caseload.show_caseload", _get("/caseload/open")),
    "rows_of_figure": (
        "caseload.caseload_rows",
        lambda _: Ask(
            method="GET",
            path="/caseload/open/rows",
            params={"label": "new", "second": "today"},
        ),
    ),
    "urgent_tips": ("urgent_tips.list_urgent", _get("/urgent")),
    "acknowledge_urgent_tip": (
        "urgent_tips.acknowledge_urgent",
        _post("/urgent/{}/acknowledge"),
    ),
    "urgent_clocks": ("urgent_tips.show_clocks", _get("/urgent/clocks")),
    "set_urgent_clocks": (
        "urgent_tips.set_clocks",
        lambda _: Ask(method="PUT", path="/urgent/clocks", body=_CLOCKS, version=0),
    ),
    "notifications": ("notices.list_notices", _get("/notifications")),
    "upload_documents": (
        "job_orders.order_documents",
        lambda _: Ask(method="POST", path="/documents", text=b"{}", params={"synthetic": "true"}),
    ),
    "upload_table": ("job_orders.order_documents", _post("/documents/table", _TABLE)),
    "jobs": ("jobs.list_jobs", _get("/jobs")),
    "job": ("jobs.show_job", _get("/jobs/{}")),
    "cancel_one_job": ("jobs.cancel_job", _post("/jobs/{}/cancel")),
    "export_file": ("export_files.fetch_export", _get("/exports/{}/file")),
    "make_export": ("export_files.order_list", _post("/exports", {"list": "tips"})),
    "acknowledge_notification": (
        "notices.acknowledge_notice",
        _post("/notifications/{}/acknowledge"),
    ),
    "dead_letters": ("notices.list_dead", _get("/notifications/dead")),
    "webhooks": ("webhooks.list_webhooks", _get("/webhooks")),
    "register_webhook": (
        "webhooks.add_webhook",
        _post("/webhooks", {"url": "https://hooks.example.org/in"}),
    ),
    "test_webhook": ("webhooks.try_webhook", _post("/webhooks/{}/test")),
    "rotate_webhook_secret": ("webhooks.rotate_webhook", _post("/webhooks/{}/rotate", {}, 1)),
    "switch_webhook_on": (
        "webhooks.resume_webhook",
        lambda on: Ask(method="POST", path=f"/webhooks/{on.resolved}/resume", version=2),
    ),
    "withdraw_webhook": (
        "webhooks.end_webhook",
        lambda on: Ask(method="DELETE", path=f"/webhooks/{on.key}"),
    ),
    "webhook_deliveries": (
        "webhook_outbox.list_deliveries",
        _get("/webhooks/{}/deliveries"),
    ),
    "retry_webhook_deliveries": (
        "webhook_outbox.redrive",
        _post("/webhooks/{}/deliveries/retry", {}),
    ),
    "retry_dead_letters": ("notices.retry", _post("/notifications/dead/retry")),
}
"""By operation id: which operation of the matrix, and the request that does it."""
