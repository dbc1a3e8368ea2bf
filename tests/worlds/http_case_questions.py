"""Routes about what comes of tips that read: how somebody asks them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tests.worlds.history import HIDER
from tests.worlds.http_asking import Asker
from tests.worlds.http_entry import ADMINISTRATOR, BOSS, LEAD, NOBODYS, TIPS, Entry, plain


def _rows(asker: Asker) -> None:
    asker.pages("/caseload/open/rows", limit=1, label="new", second="when there is time")


def _custody_log(asker: Asker) -> None:
    for tip in TIPS:
        asker.pages(f"/tips/{tip}/custody/log", limit=200)


CASE_GETS: Final[Mapping[str, Entry]] = {
    "/tips/{tip}/routes": Entry(
        ask=plain(*(f"/tips/{tip}/routes" for tip in TIPS)), each_look=True
    ),
    "/route-receipts": Entry(ask=lambda a: a.pages("/route-receipts", limit=1)),
    "/areas": Entry(ask=lambda a: a.pages("/areas", limit=2)),
    "/caseload": Entry(ask=plain("/caseload?shared=true", "/caseload"), who=(LEAD, BOSS)),
    "/caseload/own": Entry(ask=plain("/caseload/own")),
    "/caseload/{figure}": Entry(ask=plain("/caseload/subjects?back=400"), who=(BOSS,)),
    "/caseload/{figure}/rows": Entry(ask=_rows, who=(BOSS,)),
    "/tips/{tip}/evidence": Entry(ask=plain(*(f"/tips/{tip}/evidence" for tip in TIPS))),
    "/tips/{tip}/custody": Entry(ask=plain(*(f"/tips/{tip}/custody" for tip in TIPS))),
    "/tips/{tip}/custody/log": Entry(ask=_custody_log),
    "/feedback": Entry(ask=lambda a: a.pages("/feedback", limit=1)),
    "/feedback/{feedback}": Entry(ask=plain(f"/feedback/{NOBODYS}")),
    "/feedback/{feedback}/file": Entry(ask=plain(f"/feedback/{NOBODYS}/file")),
    "/gate/policies": Entry(ask=plain("/gate/policies")),
    "/staff": Entry(ask=plain("/staff")),
    "/assignments/candidates": Entry(
        ask=plain(*(f"/assignments/candidates?tip={tip}" for tip in TIPS)), who=(BOSS,)
    ),
    "/urgent": Entry(ask=lambda a: a.pages("/urgent", limit=1), each_look=True),
    "/urgent/count": Entry(ask=plain("/urgent/count"), each_look=True),
    "/urgent/clocks": Entry(ask=plain("/urgent/clocks")),
    "/priority-table": Entry(ask=plain("/priority-table"), who=(LEAD, BOSS)),
    "/priority-table/history": Entry(ask=lambda a: a.pages("/priority-table/history", limit=1)),
    "/handoffs": Entry(
        ask=plain(*(f"/handoffs?direction={way}&with_done=true" for way in ("given", "received")))
    ),
    "/handoffs/{handoff}": Entry(ask=plain(f"/handoffs/{NOBODYS}")),
    "/handoffs/{handoff}/receipts": Entry(ask=plain(f"/handoffs/{NOBODYS}/receipts")),
    "/claims/queue": Entry(ask=lambda a: a.pages("/claims/queue", limit=1, days=400)),
    "/retention": Entry(ask=plain("/retention"), each_look=True),
    "/retention/records": Entry(ask=lambda a: a.pages("/retention/records", limit=1)),
    "/retention/purged/{tip}": Entry(ask=plain(*(f"/retention/purged/{tip}" for tip in TIPS))),
    "/retention/{kind}/policies": Entry(ask=plain("/retention/tips/policies")),
    "/retention/{kind}/dry-run": Entry(
        ask=plain(*(f"/retention/{kind}/dry-run?version=1" for kind in ("tips", "notices")))
    ),
    "/holds": Entry(ask=plain("/holds")),
    "/account/security-keys": Entry(ask=plain("/account/security-keys")),
    "/users/{user}/security-keys": Entry(
        ask=plain(f"/users/{LEAD}/security-keys", f"/users/lead.{HIDER}/security-keys"),
        who=(ADMINISTRATOR,),
    ),
}
"""As in `tests.worlds.http_questions`."""
