"""What may be done about files: what was verified of them, and counsel's policies."""

from __future__ import annotations

from collections.abc import Mapping

from graph.services.evidence import NewVerification, show_evidence, verify_file
from graph.services.gate_policies import NewPolicy, lay_policy, list_policies
from graph.triage.gate import Said
from graph.triage.verifying import SeenAs, Verdict
from tests.graph.services.rights_trying import Operation

SEEN = NewVerification(
    file_id="f1",
    about="classification A1",
    verdict=Verdict.REFUTED,
    seen_as=SeenAs.ADULT,
    why="Because of the test.",
    authority="Warrant 1",
)
POLICY = NewPolicy(
    counsel="C. Ounsel",
    office="District Attorney",
    dated="2026-03-01",
    text="As we said.",
    not_viewed=Said.WARRANT,
    from_us=0,
)

EVIDENCE: Mapping[str, Operation] = {
    "evidence.show_evidence": lambda at: show_evidence(
        at.caller, at.store, tip=at.key, reads=at.reads
    ),
    "evidence.verify_file": lambda at: verify_file(at.caller, at.store, tip=at.key, new=SEEN),
    "gate_policies.list_policies": lambda at: list_policies(at.caller, at.store, reads=at.reads),
    "gate_policies.lay_policy": lambda at: lay_policy(at.caller, at.store, expected=0, new=POLICY),
}
