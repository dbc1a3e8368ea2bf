"""Every operation whose deed the route itself asks about, as a request."""

from __future__ import annotations

from collections.abc import Mapping

from tests.api.rights_requests import Ask

_WHY = {"why": "Because of the test."}
_KEPT = {"kept": {"note": "x"}}
ASKING: Mapping[str, Ask] = {
    "ready": Ask(method="GET", path="/ready"),
    "tips": Ask(method="GET", path="/tips"),
    "tip": Ask(method="GET", path="/tips/ncmec:1"),
    "tip_links": Ask(method="GET", path="/tips/ncmec:1/links"),
    "tip_explanation": Ask(method="GET", path="/tips/ncmec:1/links/ncmec:2"),
    "tip_neighbourhood": Ask(method="GET", path="/tips/ncmec:1/neighbourhood"),
    "tip_group": Ask(method="GET", path="/tips/ncmec:1/group"),
    "tip_paths": Ask(method="GET", path="/tips/ncmec:1/paths/ncmec:2"),
    "search": Ask(method="POST", path="/search", body={"text": "ncmec:1"}),
    "suggestions": Ask(method="POST", path="/suggestions", body={"text": "ncmec:1"}),
    "history": Ask(method="POST", path="/history", body={"kind": "Email", "key": "x@example.com"}),
    "near": Ask(method="POST", path="/near", body={"pdq": "0" * 64}),
    "urgent_count": Ask(method="GET", path="/urgent/count"),
    "notification_count": Ask(method="GET", path="/notifications/count"),
    "notification_stream": Ask(method="GET", path="/notifications/stream"),
    "overlaps": Ask(method="GET", path="/overlaps"),
    "quarantine": Ask(method="GET", path="/quarantine"),
    "tally_quarantine": Ask(method="GET", path="/quarantine/tally"),
    "quarantined": Ask(method="GET", path=f"/quarantine/{'0' * 32}"),
    "retry_quarantined": Ask(method="POST", path=f"/quarantine/{'0' * 32}/retry"),
    "dismiss_quarantined": Ask(method="POST", path=f"/quarantine/{'0' * 32}/dismiss", body=_WHY),
    "propose_mapping": Ask(
        method="POST", path="/documents/table/proposal", body={"table": "bm8KMQo="}
    ),
    "states": Ask(method="GET", path="/states"),
    "figures": Ask(method="GET", path="/figures"),
    "run_query": Ask(method="POST", path="/queries/meta.counts", body={"params": {}}),
    "judgements": Ask(method="GET", path="/judgements"),
    "make_judgement": Ask(
        method="POST",
        path="/judgements",
        body={"first": "ncmec:1", "second": "ncmec:2", "verdict": "unsure", **_WHY},
    ),
    "undo_judgement": Ask(method="POST", path="/judgements/none/undo", body=_WHY),
    "audit_ledger": Ask(method="POST", path="/audit/ledger", body={"record": "ncmec:1"}),
    "audit_checkpoints": Ask(method="GET", path="/audit/checkpoints"),
    "kept_checkpoint": Ask(method="GET", path="/audit/checkpoints/kept"),
    "prove_audit_entry": Ask(method="GET", path=f"/audit/proofs/entries/{'0' * 32}"),
    "prove_audit_growth": Ask(method="POST", path="/audit/proofs/growth", body=_KEPT),
    "verify_audit": Ask(method="POST", path="/audit/verify", body={}),
    "export_audit": Ask(method="GET", path="/audit/export"),
}
"""By operation id: the request of an operation whose deed the route itself asks about."""
