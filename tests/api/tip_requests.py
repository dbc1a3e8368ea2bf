"""Operations of queue, routes, evidence, caseload and urgent tips as requests of the matrix."""

from __future__ import annotations

from collections.abc import Mapping

from graph.clock import iso, now_us
from tests.api.rights_requests import Ask, Request, get, post

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
_LEAVES = {"purpose": "cybertip", "recipient": "the county's forensic lab"}
_REFER = {"move": "refer", "recipient": "Another desk", **_WHY}

TIP_REQUESTS: Mapping[str, tuple[str, Request]] = {
    "queue": ("queue_reading.list_queue", get("/queue")),
    "tally_queue": ("queue_reading.queue_tally", get("/queue/tally")),
    "queued_tip": ("queue_reading.show_queued", get("/queue/{}")),
    "tip_routes": ("routing_proposals.routes", get("/tips/{}/routes")),
    "decide_route": (
        "routing_decisions.decide",
        post("/tips/{}/routes", {"agency": "west", "acknowledged": "x", **_WHY}),
    ),
    "route_receipts": ("routing_receipts.list_receipts", get("/route-receipts")),
    "areas": ("routing_areas.list_areas", get("/areas")),
    "take_tip": ("triage_steps.take", post("/queue/{}/take")),
    "move_tip": ("triage_steps.move", post("/queue/{}/moves", _REFER, 0)),
    "move_records": (
        "triage_together.move_together",
        lambda on: Ask(
            method="POST",
            path=f"/queue/{on.key}/records/moves",
            body={**_REFER, "records": [{"tip": on.key, "version": 0}]},
        ),
    ),
    "tip_evidence": ("evidence.show_evidence", get("/tips/{}/evidence")),
    "verify_tip_file": ("evidence.verify_file", post("/tips/{}/verifications", _SEEN)),
    "make_extract": (
        "extract_orders.order_extract",
        lambda on: Ask(method="POST", path="/extracts", body={"tips": [on.key], **_LEAVES}),
    ),
    "tip_custody": ("custody.show_custody", get("/tips/{}/custody")),
    "tip_custody_log": ("custody_ledger.list_custody_log", get("/tips/{}/custody/log")),
    "tell_ncmec": (
        "feedback.make_feedback",
        lambda _: Ask(
            method="POST",
            path="/feedback",
            body={"from_at": "2000-01-01T00:00:00Z", "until_at": iso(now_us())},
        ),
    ),
    "try_feedback": (
        "feedback_trials.try_feedback",
        lambda _: Ask(
            method="POST",
            path="/feedback/dry-run",
            body={"from_at": "2000-01-01T00:00:00Z", "until_at": iso(now_us())},
        ),
    ),
    "feedback_told": ("feedback_reading.list_feedback", get("/feedback")),
    "feedback_lines": ("feedback_reading.show_feedback", get("/feedback/{}")),
    "feedback_as_file": ("feedback_reading.feedback_file", get("/feedback/{}/file")),
    "gate_policies": ("gate_policies.list_policies", get("/gate/policies")),
    "lay_gate_policy": (
        "gate_policies.lay_policy",
        lambda _: Ask(method="POST", path="/gate/policies", body=_POLICY, version=0),
    ),
    "caseload": ("caseload.show_caseload", get("/caseload")),
    "own_load": ("caseload.own_caseload", get("/caseload/own")),
    "caseload_figure": ("caseload.show_caseload", get("/caseload/open")),
    "rows_of_figure": (
        "caseload.caseload_rows",
        lambda _: Ask(
            method="GET",
            path="/caseload/open/rows",
            params={"label": "new", "second": "today"},
        ),
    ),
    "urgent_tips": ("urgent_tips.list_urgent", get("/urgent")),
    "acknowledge_urgent_tip": (
        "urgent_tips.acknowledge_urgent",
        post("/urgent/{}/acknowledge"),
    ),
    "urgent_clocks": ("urgent_tips.show_clocks", get("/urgent/clocks")),
    "set_urgent_clocks": (
        "urgent_tips.set_clocks",
        lambda _: Ask(method="PUT", path="/urgent/clocks", body=_CLOCKS, version=0),
    ),
}
"""As in `tests.api.rights_requests`."""
