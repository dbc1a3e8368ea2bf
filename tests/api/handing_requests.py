"""Requests about whom tips are given to, within an agency and between agencies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.api.rights_requests import Ask, Request
from tests.graph.services.rights_handoffs import step_of

_WHY = {"why": "Because of the test."}


def getting(path: str) -> Request:
    """Give a request that reads."""
    return lambda on: Ask(method="GET", path=path.format(on.key))


def posting(path: str, body: Any = None) -> Request:
    """Give a request that changes."""
    return lambda on: Ask(method="POST", path=path.format(on.key), body=body)


HANDING_REQUESTS: Mapping[str, tuple[str, Request]] = {
    "handoffs": ("handoff_reading.list_handoffs", getting("/handoffs")),
    "handoff": ("handoff_reading.show_handoff", getting("/handoffs/{}")),
    "handoff_receipts": ("handoff_reading.show_receipts", getting("/handoffs/{}/receipts")),
    "offer_tip": (
        "handoff_offering.offer",
        lambda on: Ask(
            method="POST",
            path="/handoffs",
            body={"tip": on.key, "to": "west", "kind": "joint", **_WHY},
        ),
    ),
    "step_handoff": (
        "handoff_steps.take_step",
        lambda on: Ask(
            method="POST",
            path=f"/handoffs/{on.key}/steps",
            body={"step": step_of(on.resolved).value, **_WHY},
            version=1,
        ),
    ),
    "assignment_candidates": (
        "assignment_steps.candidates",
        lambda on: Ask(method="GET", path="/assignments/candidates", params={"tip": on.key}),
    ),
    "assign_some": (
        "assignment_steps.assign_tips",
        posting(
            "/assignments",
            {"tips": [{"tip": "ncmec:11", "version": 0}], "assignee": "boss.north", **_WHY},
        ),
    ),
    "staff": ("assignment_staff.list_staff", getting("/staff")),
    "keep_staff_record": (
        "assignment_staff.keep_record",
        posting("/staff", {"kind": "listed skill", "subject": "Drones"}),
    ),
    "declare_own_conflict": (
        "assignment_staff.declare_conflict",
        posting("/staff/conflicts", {"about": "relation", "subject": "Works there", **_WHY}),
    ),
    "end_staff_record": ("assignment_staff.end_record", posting("/staff/{}/end", _WHY)),
}
"""By operation id: which operation of the matrix, and the request that does it."""
