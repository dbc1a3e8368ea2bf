"""How long records are kept, and legal holds, over HTTP: by operation of the matrix of rights."""

from __future__ import annotations

from collections.abc import Mapping

from tests.api.rights_requests import Ask, Request, get, post

_WHY = {"why": "Because of the test."}
_POLICY = {
    "days": 365,
    "counts_from": "closing",
    "name": "County schedule 7",
    "dated": "2023-01-01",
    **_WHY,
}
RETENTION_REQUESTS: Mapping[str, tuple[str, Request]] = {
    "claims_to_validate": ("claim_reviews.review_queue", get("/claims/queue")),
    "retention": ("retention_views.tally", get("/retention")),
    "purge_records": ("retention_views.list_records", get("/retention/records")),
    "purged": ("retention_views.purged_tip", get("/retention/purged/{}")),
    "retention_policies": ("retention_policies.list_policies", get("/retention/tips/policies")),
    "propose_retention": (
        "retention_policies.propose_policy",
        post("/retention/tips/policies", _POLICY, 1),
    ),
    "confirm_retention": (
        "retention_policies.confirm_policy",
        post("/retention/tips/policies/1/confirm"),
    ),
    "retention_dry_run": (
        "retention_views.dry_run",
        get("/retention/tips/dry-run?version=1"),
    ),
    "legal_holds": ("legal_holds.list_holds", get("/holds")),
    "place_legal_hold": (
        "legal_holds.place_hold",
        lambda on: Ask(
            method="POST",
            path="/holds",
            body={"about": "tip", "subject": on.key, "reference": "Letter 1", **_WHY},
        ),
    ),
    "end_legal_hold": ("legal_holds.end_hold", post("/holds/{}/end", _WHY)),
}
"""By operation id: which operation of the matrix, and the request that does it."""
