"""Every operation of the API as a request that stands for a row of the matrix of rights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote

from tests.graph.services.casework import LOOKED_AT

_WHY = {"why": "Because of the test."}
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


def get(path: str) -> Request:
    """Give a request that reads what stands there."""
    return lambda on: Ask(method="GET", path=path.format(quote(on.key, safe="|:")))


def post(path: str, body: Any = None, version: int | None = None) -> Request:
    """Give a request that posts there."""
    return lambda on: Ask(
        method="POST", path=path.format(quote(on.key, safe="|:")), body=body, version=version
    )


def _patch(path: str, body: Any) -> Request:
    return lambda on: Ask(method="PATCH", path=path.format(quote(on.key)), body=body, version=1)


REQUESTS: Mapping[str, tuple[str, Request]] = {
    "agencies": ("agencies.list_agencies", get("/agencies")),
    "agency": ("agencies.show_agency", get("/agencies/{}")),
    "add_one_agency": (
        "agencies.add_agency",
        post("/agencies", {"key": "x", "name": "X", "kind": "federal"}),
    ),
    "seed_agencies": ("agencies.seed", post("/agencies/seed")),
    "update_agency": ("agencies.change_agency", _patch("/agencies/{}", {"name": "New"})),
    "add_one_unit": ("agencies.add_unit", post("/units", {"name": "Unit"})),
    "agreements": ("agreements.list_agreements", get("/agreements")),
    "add_one_agreement": (
        "agreements.add_agreement",
        post(
            "/agreements",
            {"other": "west", "reference": "MOU 1", "equal_rules": True, "until_at": _UNTIL},
        ),
    ),
    "end_one_agreement": ("agreements.end_agreement", post("/agreements/{}/end", _WHY)),
    "users": ("users.list_users", get("/users")),
    "user": ("users.show_user", get("/users/{}")),
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
    "prove_one_user": ("users.prove_user", post("/users/{}/prove")),
    "investigations": ("case_access.list_cases", get("/investigations")),
    "open_investigation": (
        "cases.open_case",
        post("/investigations", {"reference": "new", "purpose": "cybertip", "lead": "boss.north"}),
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
    "due_claims": ("claim_access.list_due", get("/claims/due")),
    "claim": ("claim_access.show_claim", get("/claims/{}")),
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
        post("/claims/{}/validate", {"looked_at": LOOKED_AT}, 1),
    ),
    "purge": ("purging.purge_claim", post("/claims/{}/purge", _WHY)),
    "purge_lapsed_claims": ("purging.purge_lapsed", post("/claims/purge-lapsed")),
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
    "check_requests_that_wait": ("check_requests.pending", get("/checks/requests")),
    "approve_check_request": ("check_requests.approve", post("/checks/requests/{}/approve")),
    "check_budgets": ("check_budgets.budgets", get("/checks/budgets")),
    "check_alerts": ("check_alerts.list_alerts", get("/checks/alerts")),
    "conflicts": ("conflict_reading.list_conflicts", get("/conflicts")),
    "conflict": ("conflict_reading.show_conflict", get("/conflicts/{}")),
    "conflict_matrix": ("conflict_reading.matrix", get("/conflicts/matrix")),
    "acknowledge_conflict": ("conflict_steps.acknowledge", post("/conflicts/{}/acknowledge")),
    "coordinate_conflict": (
        "conflict_steps.coordinate",
        post("/conflicts/{}/coordinate", None, 1),
    ),
    "resolve_conflict": (
        "conflict_steps.resolve",
        post("/conflicts/{}/resolve", {"resolution": "no conflict", **_WHY}, 1),
    ),
    "reopen_conflict": (
        "conflict_steps.reopen",
        lambda on: Ask(
            method="POST", path=f"/conflicts/{on.resolved}/reopen", body=_WHY, version=2
        ),
    ),
    "write_conflict_message": (
        "conflict_steps.write_message",
        post("/conflicts/{}/messages", {"text": "Call me."}),
    ),
    "notifications": ("notices.list_notices", get("/notifications")),
    "upload_documents": (
        "job_orders.order_documents",
        lambda _: Ask(method="POST", path="/documents", text=b"{}", params={"synthetic": "true"}),
    ),
    "upload_table": ("job_orders.order_documents", post("/documents/table", _TABLE)),
    "jobs": ("jobs.list_jobs", get("/jobs")),
    "job": ("jobs.show_job", get("/jobs/{}")),
    "cancel_one_job": ("jobs.cancel_job", post("/jobs/{}/cancel")),
    "export_file": ("export_files.fetch_export", get("/exports/{}/file")),
    "enter_report": (
        "chart_reports.enter_chart_report",
        lambda on: Ask(
            method="POST", path="/chart-reports", body={"sha256": "0" * 64, "tips": [on.key]}
        ),
    ),
    "make_export": ("export_files.order_list", post("/exports", {"list": "tips"})),
    "acknowledge_notification": (
        "notices.acknowledge_notice",
        post("/notifications/{}/acknowledge"),
    ),
    "dead_letters": ("notices.list_dead", get("/notifications/dead")),
    "webhooks": ("webhooks.list_webhooks", get("/webhooks")),
    "register_webhook": (
        "webhooks.add_webhook",
        post("/webhooks", {"url": "https://hooks.example.org/in"}),
    ),
    "test_webhook": ("webhooks.try_webhook", post("/webhooks/{}/test")),
    "rotate_webhook_secret": ("webhooks.rotate_webhook", post("/webhooks/{}/rotate", {}, 1)),
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
        get("/webhooks/{}/deliveries"),
    ),
    "retry_webhook_deliveries": (
        "webhook_outbox.redrive",
        post("/webhooks/{}/deliveries/retry", {}),
    ),
    "retry_dead_letters": ("notices.retry", post("/notifications/dead/retry")),
}
"""By operation id: which operation of the matrix, and the request that does it."""
