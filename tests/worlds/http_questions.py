"""Every route of the API that reads: how somebody asks it, so that nothing of it is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from api.conduct.cursors import cursor
from tests.worlds.history import (
    ADDRESSES,
    ASKER,
    HIDDEN_TIP,
    HIDER,
    OPEN_CASE,
    SECRET_CASE,
    UNCLAIMED,
)
from tests.worlds.http_asking import Asker
from tests.worlds.http_case_questions import CASE_GETS
from tests.worlds.http_desk_questions import DESK_GETS, DESK_POSTS
from tests.worlds.http_entry import (
    ADMINISTRATOR,
    AUDITOR,
    BOSS,
    LEAD,
    NOBODYS,
    TIPS,
    Entry,
    Question,
    plain,
)
from tests.worlds.on_tips import QUERIES

_HIDDEN_TIP = f"ncmec:{HIDDEN_TIP}"
_FIRST, _SECOND, _ = TIPS
_PAIRS = ((_FIRST, _SECOND), (_FIRST, _HIDDEN_TIP))
_PDQ = "f0e1d2c3b4a5968778695a4b3c2d1e0f" * 2
_OLDEST = cursor(0, 0, "")
"""The place before all notices, as the id of an event."""


def _own_claims(asker: Asker) -> list[str]:
    answer = asker.get(f"/investigations/{OPEN_CASE}/claims")
    return [item["ref"] for item in answer.json().get("items", [])]


def _claims(asker: Asker) -> None:
    for ref in (*_own_claims(asker)[:2], *asker.hidden.claims):
        asker.get(f"/claims/{ref}")


def _conflicts(asker: Asker) -> None:
    answer = asker.get("/conflicts", with_resolved="true").json()
    told = [item["ref"] for item in answer.get("items", [])]
    for ref in (*told[:2], *(ref for ref in asker.hidden.conflicts if ref not in told)):
        asker.get(f"/conflicts/{ref}")


def _cases(asker: Asker) -> None:
    for name in (OPEN_CASE, SECRET_CASE, f"{HIDER}%257C{SECRET_CASE}"):
        asker.get(f"/investigations/{name}")


def _claims_of_cases(asker: Asker) -> None:
    asker.pages(f"/investigations/{OPEN_CASE}/claims", limit=1)
    asker.get(f"/investigations/{SECRET_CASE}/claims")
    for ref in asker.hidden.claims[:1]:
        asker.get(f"/investigations/{OPEN_CASE}/claims", after=cursor(ref))


def _stream(asker: Asker) -> None:
    asker.ask("GET", "/notifications/stream", headers={"Last-Event-ID": _OLDEST})


def _proofs(asker: Asker) -> None:
    lines = asker.post("/audit/ledger", {"record": f"{ASKER}|{OPEN_CASE}"}).json()
    own = [line["entry"] for line in lines.get("lines", [])][:1]
    for entry in (*own, *asker.hidden.entries[:2], "0" * 32):
        asker.get(f"/audit/proofs/entries/{entry}")


def _of_log(path: str) -> Question:
    def ask(asker: Asker) -> None:
        asker.get(path)
        asker.get(path, log=f"agency:{HIDER}")

    return ask


GETS: Final[Mapping[str, Entry]] = {
    "/health": Entry(ask=plain("/health")),
    "/version": Entry(ask=plain("/version")),
    "/log-on": Entry(ask=plain("/log-on")),
    "/tips": Entry(ask=lambda a: a.pages("/tips", limit=1), each_look=True),
    "/tips/{tip}": Entry(ask=plain(*(f"/tips/{tip}" for tip in TIPS))),
    "/tips/{tip}/links": Entry(ask=plain(*(f"/tips/{tip}/links" for tip in TIPS))),
    "/tips/{tip}/links/{other}": Entry(ask=plain(*(f"/tips/{a}/links/{b}" for a, b in _PAIRS))),
    "/tips/{tip}/neighbourhood": Entry(ask=plain(f"/tips/{_FIRST}/neighbourhood")),
    "/tips/{tip}/group": Entry(ask=plain(*(f"/tips/{tip}/group" for tip in TIPS))),
    "/tips/{tip}/paths/{other}": Entry(ask=plain(*(f"/tips/{a}/paths/{b}" for a, b in _PAIRS))),
    "/overlaps": Entry(ask=plain("/overlaps"), each_look=True),
    "/investigations": Entry(ask=lambda a: a.pages("/investigations", limit=1)),
    "/investigations/{investigation}": Entry(ask=_cases),
    "/investigations/{investigation}/claims": Entry(ask=_claims_of_cases),
    "/claims/due": Entry(ask=lambda a: a.get("/claims/due", days=1825, limit=2)),
    "/claims/{claim}": Entry(ask=_claims, who=(LEAD, BOSS)),
    "/checks/requests": Entry(ask=plain("/checks/requests"), who=(BOSS,)),
    "/checks/budgets": Entry(ask=plain("/checks/budgets"), who=(LEAD, BOSS), each_look=True),
    "/checks/alerts": Entry(ask=plain("/checks/alerts"), who=(LEAD, BOSS)),
    "/conflicts": Entry(
        ask=lambda a: a.pages("/conflicts", limit=1), who=(LEAD, BOSS), each_look=True
    ),
    "/conflicts/matrix": Entry(ask=plain("/conflicts/matrix"), who=(LEAD, BOSS)),
    "/conflicts/{conflict}": Entry(ask=_conflicts, who=(LEAD, BOSS)),
    "/notifications": Entry(
        ask=lambda a: a.pages("/notifications", limit=2, with_seen="true"),
        who=(LEAD, BOSS),
        each_look=True,
    ),
    "/notifications/count": Entry(
        ask=plain("/notifications/count"), who=(LEAD, BOSS), each_look=True
    ),
    "/notifications/stream": Entry(ask=_stream),
    "/notifications/dead": Entry(ask=plain("/notifications/dead"), who=(BOSS,)),
    "/judgements": Entry(ask=lambda a: a.pages("/judgements", limit=1)),
    "/agencies": Entry(ask=lambda a: a.pages("/agencies", limit=2)),
    "/agencies/{agency}": Entry(ask=plain(f"/agencies/{HIDER}", "/agencies/none")),
    "/agreements": Entry(ask=plain("/agreements")),
    "/users": Entry(ask=lambda a: a.pages("/users", limit=4), who=(ADMINISTRATOR,)),
    "/users/{user}": Entry(
        ask=plain(f"/users/{LEAD}", f"/users/lead.{HIDER}", "/users/none"), who=(ADMINISTRATOR,)
    ),
    "/states": Entry(ask=plain("/states")),
    "/sessions/current": Entry(ask=plain("/sessions/current")),
    "/locked-users": Entry(ask=plain("/locked-users"), who=(ADMINISTRATOR,)),
    "/api-keys": Entry(ask=plain("/api-keys"), who=(ADMINISTRATOR,)),
    "/audit/checkpoints": Entry(
        ask=lambda a: a.pages("/audit/checkpoints", limit=1), who=(AUDITOR,)
    ),
    "/audit/checkpoints/kept": Entry(ask=_of_log("/audit/checkpoints/kept"), who=(AUDITOR,)),
    "/audit/proofs/entries/{entry}": Entry(ask=_proofs, who=(AUDITOR,)),
    "/audit/export": Entry(ask=_of_log("/audit/export"), who=(AUDITOR,)),
    "/figures": Entry(ask=plain("/figures"), each_look=True),
    "/queue": Entry(ask=lambda a: a.pages("/queue", limit=1), each_look=True),
    "/queue/tally": Entry(ask=plain("/queue/tally"), who=(LEAD, BOSS)),
    "/queue/{tip}": Entry(ask=plain(*(f"/queue/{tip}" for tip in TIPS))),
    "/quarantine": Entry(ask=lambda a: a.pages("/quarantine", limit=1), who=(BOSS,)),
    "/quarantine/tally": Entry(ask=plain("/quarantine/tally"), who=(BOSS,)),
    "/quarantine/{entry}": Entry(ask=plain(f"/quarantine/{NOBODYS}"), who=(BOSS,)),
    "/jobs": Entry(ask=lambda a: a.pages("/jobs", limit=1)),
    "/jobs/{job}": Entry(ask=plain(f"/jobs/{NOBODYS}")),
    "/exports/{job}/file": Entry(ask=plain(f"/exports/{NOBODYS}/file")),
    "/webhooks": Entry(ask=plain("/webhooks"), who=(ADMINISTRATOR,)),
    "/webhooks/{webhook}/deliveries": Entry(
        ask=plain(f"/webhooks/{NOBODYS}/deliveries"), who=(ADMINISTRATOR,)
    ),
    **CASE_GETS,
    **DESK_GETS,
    "/schema": Entry(ask=plain("/schema")),
    "/queries": Entry(ask=plain("/queries")),
    "/ready": Entry(ask=plain("/ready")),
}
"""By route: how everything that reads is asked. A test compares it with the routes there are."""


def _searched(asker: Asker) -> None:
    for text in (*ADDRESSES[:1], *UNCLAIMED[:1], "ncmec:20", "200"):
        asker.post("/search", {"text": text})


def _suggested(asker: Asker) -> None:
    for text in (ADDRESSES[0][:3], UNCLAIMED[0][:2], UNCLAIMED[1][:5], "ncmec:2000", "200", "1000"):
        asker.post("/suggestions", {"text": text})


def _history(asker: Asker) -> None:
    for key in (ADDRESSES[0], *UNCLAIMED):
        asker.post("/history", {"kind": "Email", "key": key})


def _named(asker: Asker) -> None:
    names = sorted(QUERIES)
    for name in names if asker.is_last else asker.dice.sample(names, 1):
        asker.post(f"/queries/{name}", {"params": QUERIES[name]})


def _ledger(asker: Asker) -> None:
    for record in (_FIRST, _HIDDEN_TIP, f"{HIDER}|{SECRET_CASE}", *asker.hidden.claims[:1]):
        asker.post("/audit/ledger", {"record": record})


def _growth(asker: Asker) -> None:
    kept = asker.get("/audit/checkpoints/kept").json()
    asker.post("/audit/proofs/growth", {"kept": kept.get("file", {})})


_ASKED = {"investigation": OPEN_CASE, "purpose": "cybertip"}


def _file(asker: Asker) -> None:
    text = "\n".join((*ADDRESSES, *UNCLAIMED)).encode()
    asker.ask("POST", "/checks/file", params=_ASKED, content=text)


def _notice(asker: Asker) -> None:
    for key in asker.hidden.notices:
        asker.post(f"/notifications/{key}/acknowledge", None)


def _undone(asker: Asker) -> None:
    for ref in asker.hidden.judgements:
        asker.post(f"/judgements/{ref}/undo", {"why": "Not mine."})


def _taken(asker: Asker) -> None:
    for tip in (_HIDDEN_TIP, _FIRST):
        asker.post(f"/urgent/{tip}/acknowledge", None)
        asker.post(f"/queue/{tip}/take", None)


def _verified(asker: Asker) -> None:
    seen = {"file_id": "f1", "about": "x", "verdict": "refuted", "seen_as": "adult", "why": "y"}
    for tip in (_HIDDEN_TIP, _FIRST):
        asker.post(f"/tips/{tip}/verifications", seen)


def _offered(asker: Asker) -> None:
    body = {"to": HIDER, "kind": "joint", "why": "Yours, it seems."}
    for tip in (_HIDDEN_TIP, _FIRST):
        asker.post("/handoffs", {**body, "tip": tip})


def _held(asker: Asker) -> None:
    body = {"about": "tip", "why": "A suit.", "reference": "Letter 1"}
    for tip in (_HIDDEN_TIP, _FIRST):
        asker.post("/holds", {**body, "subject": tip})
    asker.get("/holds")


def _tried(asker: Asker) -> None:
    """Try changes of every rule that what else is stored could bear on."""
    named = ("repeat subject", "own investigation", "first seen here and age band A", "enticement")
    changes = [{"rule": rule, "to": "at once"} for rule in named]
    asker.post("/priority-table/dry-run", {"changes": changes})


POSTS: Final[Mapping[str, Entry]] = {
    "/priority-table/dry-run": Entry(ask=_tried, who=(BOSS,), each_look=True),
    "/search": Entry(ask=_searched),
    "/suggestions": Entry(ask=_suggested, each_look=True),
    "/history": Entry(ask=_history),
    "/near": Entry(ask=lambda a: a.post("/near", {"pdq": _PDQ})),
    "/queries/{name}": Entry(ask=_named),
    "/audit/ledger": Entry(ask=_ledger, who=(AUDITOR,)),
    "/audit/proofs/growth": Entry(ask=_growth, who=(AUDITOR,)),
    "/audit/verify": Entry(ask=lambda a: a.post("/audit/verify", {}), who=(AUDITOR,)),
    "/checks/tip": Entry(ask=lambda a: a.post("/checks/tip", {**_ASKED, "tip": _FIRST})),
    "/checks/investigation": Entry(ask=lambda a: a.post("/checks/investigation", _ASKED)),
    "/checks/file": Entry(ask=_file),
    "/notifications/{notification}/acknowledge": Entry(ask=_notice),
    "/judgements/{judgement}/undo": Entry(ask=_undone),
    "/queue/{tip}/take": Entry(ask=_taken),
    "/urgent/{tip}/acknowledge": Entry(ask=_taken),
    "/tips/{tip}/verifications": Entry(ask=_verified),
    "/handoffs": Entry(ask=_offered),
    **DESK_POSTS,
    "/holds": Entry(ask=_held),
}
"""The same of what is asked with a body, and of what names a hidden record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which routes a history asks about."""

    only: frozenset[str] = frozenset()
    """None but these, where there are any."""
    share: float = 1.0
    """How much of what is asked at the end, drawn anew for each history."""


EVERYTHING: Final = Wanted()


def questions(asker: Asker, wanted: Wanted) -> Sequence[Question]:
    """Give what somebody asks at a look: at the last one all that is wanted, else some."""
    # A path may be both: what is listed there, and what is made there.
    own = [each for each in chain(GETS.items(), POSTS.items()) if asker.user in each[1].who]
    if len(wanted.only) > 0:
        return [entry.ask for path, entry in own if path in wanted.only]
    often = [entry.ask for _, entry in own if entry.each_look]
    seldom = [entry.ask for _, entry in own if not entry.each_look]
    few = round(len(seldom) * wanted.share) if asker.is_last else 2
    return [*often, *asker.dice.sample(seldom, min(few, len(seldom)))]
