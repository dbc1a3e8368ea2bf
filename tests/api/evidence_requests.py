"""Every operation about urgent tips and files as a request that stands for a row of the matrix."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from tests.api.rights_requests import Ask, Request

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


def _of(method: str, path: str, body: Any = None) -> Request:
    return lambda on: Ask(method=method, path=path.format(quote(on.key)), body=body)


EVIDENCE_REQUESTS: Mapping[str, tuple[str, Request]] = {
    "tip_evidence": ("evidence.show_evidence", _of("GET", "/tips/{}/evidence")),
    "verify_tip_file": ("evidence.verify_file", _of("POST", "/tips/{}/verifications", _SEEN)),
    "gate_policies": ("gate_policies.list_policies", _of("GET", "/gate/policies")),
    "lay_gate_policy": (
        "gate_policies.lay_policy",
        lambda _: Ask(method="POST", path="/gate/policies", body=_POLICY, version=0),
    ),
    "urgent_tips": ("urgent_tips.list_urgent", _of("GET", "/urgent")),
    "acknowledge_urgent_tip": (
        "urgent_tips.acknowledge_urgent",
        _of("POST", "/urgent/{}/acknowledge"),
    ),
    "urgent_clocks": ("urgent_tips.show_clocks", _of("GET", "/urgent/clocks")),
    "set_urgent_clocks": (
        "urgent_tips.set_clocks",
        lambda _: Ask(method="PUT", path="/urgent/clocks", body=_CLOCKS, version=0),
    ),
}
