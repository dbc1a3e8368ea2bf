"""Routes about tasks, notes, requests to providers and assistance: how somebody asks them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from tests.worlds.history import ADDRESSES, HIDER, OPEN_CASE, SECRET_CASE, UNCLAIMED
from tests.worlds.http_asking import Asker
from tests.worlds.http_entry import BOSS, LEAD, NOBODYS, TIPS, Entry, plain

_FIRST, _, _HIDDEN = TIPS


def _soon(asker: Asker) -> str:
    """Give a time that lies ahead of the asker's clock."""
    as_of = datetime.fromisoformat(asker.get("/running-out").json()["as_of"])
    return (as_of + timedelta(days=3)).isoformat()


def _of_tips(path: str) -> Callable[[Asker], object]:
    return lambda asker: [asker.get(path, tip=tip) for tip in TIPS]


def _tasks(asker: Asker) -> None:
    asker.pages("/tasks", limit=1)
    asker.pages("/tasks", limit=1, which="agency")
    asker.get("/tasks", which="overdue")
    for tip in TIPS:
        asker.get("/tasks", which="subject", tip=tip)


def _saved(asker: Asker) -> None:
    """Save what names hidden tips, identifiers and investigations, and open it again."""
    names = [("Tip", tip) for tip in TIPS]
    names += [("Email", address) for address in (*ADDRESSES, *UNCLAIMED)]
    names += [("Investigation", f"{HIDER}|{case}") for case in (OPEN_CASE, SECRET_CASE)]
    things = [
        {"kind": kind, "key": key, "x": 10 * at, "y": 0, "expanded": at == 0}
        for at, (kind, key) in enumerate(names)
    ]
    answer = asker.post("/workspaces", {"name": "Ring", "things": things})
    if answer.is_success:
        asker.get(f"/workspaces/{answer.json()['workspace']}")
    asker.get(f"/workspaces/{NOBODYS}")
    asker.pages("/workspaces", limit=1)


DESK_GETS: Final[Mapping[str, Entry]] = {
    "/tasks": Entry(ask=_tasks, who=(LEAD, BOSS)),
    "/tasks/{task}": Entry(ask=plain(f"/tasks/{NOBODYS}")),
    "/notes": Entry(ask=_of_tips("/notes")),
    "/running-out": Entry(ask=lambda a: a.pages("/running-out", limit=1), each_look=True),
    "/provider-requests": Entry(ask=_of_tips("/provider-requests")),
    "/provider-requests/{request}": Entry(ask=plain(f"/provider-requests/{NOBODYS}")),
    "/assistance": Entry(
        ask=plain(*(f"/assistance?direction={way}&with_done=true" for way in ("asked", "helped")))
    ),
    "/assistance/{request}": Entry(ask=plain(f"/assistance/{NOBODYS}")),
    "/workspaces": Entry(ask=lambda a: a.pages("/workspaces", limit=1)),
    "/workspaces/{workspace}": Entry(ask=_saved),
}
"""As in `tests.worlds.http_questions`."""


def _given(asker: Asker) -> None:
    body = {"kind": "call", "text": "Call.", "person": LEAD, "due_at": _soon(asker)}
    for tip in (_HIDDEN, _FIRST):
        asker.post("/tasks", {**body, "tip": tip})


def _written(asker: Asker) -> None:
    for tip in (_HIDDEN, _FIRST):
        asker.post("/notes", {"tip": tip, "text": "A prank."})


def _entered(asker: Asker) -> None:
    letter = {"kind": "preservation letter", "provider": "Chatterbox", "reference": "L-1"}
    for tip in (_HIDDEN, _FIRST):
        asker.post("/provider-requests", {**letter, "tip": tip, "sent_on": "2020-01-06"})


def _asked(path: str) -> Callable[[Asker], None]:
    def ask(asker: Asker) -> None:
        body = {"to": HIDER, "kind": "imaging", "reference": "26-1", "needed": "One telephone."}
        asker.post(path, {**body, "due_at": _soon(asker)})

    return ask


def _told_next(asker: Asker) -> None:
    """Try a feedback of all time until the answer before."""
    until = asker.get("/queue/tally").json()["as_of"]
    asker.post("/feedback/dry-run", {"from_at": "2000-01-01T00:00:00Z", "until_at": until})


DESK_POSTS: Final[Mapping[str, Entry]] = {
    "/feedback/dry-run": Entry(ask=_told_next, who=(BOSS,)),
    "/tasks": Entry(ask=_given),
    "/notes": Entry(ask=_written),
    "/provider-requests": Entry(ask=_entered),
    "/assistance/preview": Entry(ask=_asked("/assistance/preview")),
    "/assistance": Entry(ask=_asked("/assistance")),
    "/workspaces": Entry(ask=_saved),
}
"""The same of what is asked with a body."""
