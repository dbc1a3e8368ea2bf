"""Requests about tasks, notes, requests to providers and assistance."""

from __future__ import annotations

from collections.abc import Mapping

from graph.clock import iso, now_us
from tests.api.rights_requests import Ask, Request
from tests.graph.services.people import DAY_US
from tests.graph.services.rights_desk import help_step

_WHY = {"why": "Because of the test."}
_PAST = "2020-01-06"


def _soon() -> str:
    return iso(now_us() + DAY_US)


def _getting(path: str) -> Request:
    return lambda on: Ask(method="GET", path=path.format(on.key))


def _of_tip(path: str) -> Request:
    return lambda on: Ask(method="GET", path=path, params={"tip": on.key})


def _posting(path: str, body: Mapping[str, object]) -> Request:
    return lambda on: Ask(method="POST", path=path, body={**body, "tip": on.key})


def _stepping(path: str, body: Mapping[str, object]) -> Request:
    return lambda on: Ask(method="POST", path=path.format(on.key), body=dict(body), version=1)


_HELP = {
    "to": "west",
    "kind": "imaging",
    "reference": "26-0117",
    "needed": "One telephone, imaged.",
}
DESK_REQUESTS: Mapping[str, tuple[str, Request]] = {
    "tasks": ("task_reading.list_tasks", _getting("/tasks")),
    "task": ("task_reading.show_task", _getting("/tasks/{}")),
    "give_one_task": (
        "tasks.give_task",
        lambda on: Ask(
            method="POST",
            path="/tasks",
            body={
                "tip": on.key,
                "kind": "call",
                "text": "Call.",
                "person": "boss.north",
                "due_at": _soon(),
            },
        ),
    ),
    "step_one_task": ("tasks.step_task", _stepping("/tasks/{}/steps", {"step": "finish"})),
    "notes": ("desk_notes.read_notes", _of_tip("/notes")),
    "write_one_note": ("desk_notes.write_note", _posting("/notes", {"text": "A prank."})),
    "running_out": ("provider_reading.list_ends", _getting("/running-out")),
    "provider_requests": ("provider_reading.show_clocks_of", _of_tip("/provider-requests")),
    "enter_provider_request": (
        "providers.enter_request",
        _posting(
            "/provider-requests",
            {
                "kind": "preservation letter",
                "provider": "Chatterbox",
                "reference": "L-1",
                "sent_on": _PAST,
            },
        ),
    ),
    "provider_request": ("provider_reading.show_request", _getting("/provider-requests/{}")),
    "step_provider_request": (
        "providers.step_request",
        _stepping("/provider-requests/{}/steps", {"step": "return"}),
    ),
    "assistance_requests": ("assistance_reading.list_help", _getting("/assistance")),
    "assistance_request": ("assistance_reading.show_help", _getting("/assistance/{}")),
    "preview_assistance": (
        "assistance.preview_help",
        lambda _: Ask(method="POST", path="/assistance/preview", body={**_HELP, "due_at": _soon()}),
    ),
    "ask_assistance": (
        "assistance.ask_help",
        lambda _: Ask(method="POST", path="/assistance", body={**_HELP, "due_at": _soon()}),
    ),
    "step_assistance": (
        "assistance.step_help",
        lambda on: Ask(
            method="POST",
            path=f"/assistance/{on.key}/steps",
            body={"step": help_step(on.resolved).value, **_WHY},
            version=1,
        ),
    ),
}
"""By operation id: which operation of the matrix, and the request that does it."""
