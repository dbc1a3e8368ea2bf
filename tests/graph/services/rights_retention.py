"""What may be done about how long records are kept, and about legal holds."""

from __future__ import annotations

from collections.abc import Mapping

from graph.casework.caller import Caller
from graph.retention.classes import CountsFrom, NewPolicy, RecordClass
from graph.services.claim_reviews import review_queue
from graph.services.legal_holds import HeldKind, NewHold, end_hold, list_holds, place_hold
from graph.services.retention_policies import confirm_policy, list_policies, propose_policy
from graph.services.retention_purge import run_purge
from graph.services.retention_views import dry_run, list_records, purged_tip, tally
from graph.store import Store
from tests.graph.services.rights_trying import Operation

_WHY = "Because of the test."
_TIPS = RecordClass.TIPS
_NEW = NewPolicy(
    kind=_TIPS,
    days=365,
    counts_from=CountsFrom.CLOSING,
    name="County schedule 7",
    dated="2023-01-01",
    why=_WHY,
)


def _hold(tip: str) -> NewHold:
    return NewHold(about=HeldKind.TIP, subject=tip, why=_WHY, reference="Letter 1")


RETENTION: Mapping[str, Operation] = {
    "claim_reviews.review_queue": lambda at: review_queue(
        at.caller, at.store, days=365, reads=at.reads
    ),
    "retention_policies.propose_policy": lambda at: propose_policy(
        at.caller, at.store, expected=1, new=_NEW
    ),
    "retention_policies.confirm_policy": lambda at: confirm_policy(
        at.caller, at.store, kind=_TIPS, number=1
    ),
    "retention_policies.list_policies": lambda at: list_policies(
        at.caller, at.store, reads=at.reads
    ),
    "retention_views.dry_run": lambda at: dry_run(
        at.caller, at.store, kind=_TIPS, version=1, reads=at.reads
    ),
    "retention_views.tally": lambda at: tally(at.caller, at.store, reads=at.reads),
    "retention_views.list_records": lambda at: list_records(at.caller, at.store, reads=at.reads),
    "retention_views.purged_tip": lambda at: purged_tip(
        at.caller, at.store, tip=at.key, reads=at.reads
    ),
    "retention_purge.run_purge": lambda at: run_purge(at.caller, at.store),
    "legal_holds.place_hold": lambda at: place_hold(at.caller, at.store, new=_hold(at.key)),
    "legal_holds.end_hold": lambda at: end_hold(at.caller, at.store, hold=at.key, why=_WHY),
    "legal_holds.list_holds": lambda at: list_holds(at.caller, at.store, reads=at.reads),
}


def retention_keys(store: Store, people: Mapping[str, Caller]) -> dict[str, str]:
    """Propose a policy of north's and one of south's, and hold a tip of each."""
    found: dict[str, str] = {}
    for name, agency, tip in (
        ("own hold", "north", "ncmec:11"),
        ("another's hold", "south", "ncmec:13"),
    ):
        propose_policy(people[f"admin.{agency}"], store, expected=0, new=_NEW)
        found[name] = place_hold(people[f"boss.{agency}"], store, new=_hold(tip)).key
    return found
