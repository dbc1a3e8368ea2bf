"""The API's evidence: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read


class ViewingSaid(Part):
    """What one version says of whether the provider viewed a file."""

    viewed: str
    said_by: str
    version: str
    issued_at: str
    is_current: bool


class AssertedOfFile(Part):
    """Something that is asserted of a file; automated or hearsay until a person verified it."""

    what: str
    said_by: str
    version: str | None
    is_current: bool
    standing: str
    verified_by: str | None
    verified_at: str | None
    seen_as: str | None


class FileVerification(Part):
    """What a person of the own agency saw of a file, outside Crosstip."""

    key: str
    file_id: str
    about: str
    verdict: str
    seen_as: str
    why: str
    verified_by: str
    at: str
    gate: str
    authority: str | None


class GateAnswer(Part):
    """What the legal gate answers for a file. No legal advice; Crosstip holds no file."""

    answer: str
    why: str
    policy: int | None
    holds: str


class FileEvidence(Part):
    """One file of a tip."""

    file_id: str
    viewed: str
    viewed_said: tuple[ViewingSaid, ...]
    exif_viewed: str
    publicly_available: str
    asserted: tuple[AssertedOfFile, ...]
    verifications: tuple[FileVerification, ...]
    gate: GateAnswer


class EvidenceAnswer(Answer):
    """A tip's files: what is asserted, what was verified, and what the gate answers."""

    tip: str
    holds: str
    files: tuple[FileEvidence, ...]
    cut_off: tuple[str, ...]


Verdict: TypeAlias = Literal["verified", "refuted"]

SeenAs: TypeAlias = Literal[
    "prepubescent child, sexual act",
    "prepubescent child, lascivious exhibition",
    "pubescent child, sexual act",
    "pubescent child, lascivious exhibition",
    "child, neither of these",
    "age cannot be told",
    "adult",
    "drawn or animated",
    "made by generative AI",
    "nothing sexual",
    "cannot be opened",
]


class VerifyFile(Asked):
    """What a person saw of a file, outside Crosstip."""

    file_id: str
    about: str
    verdict: Verdict
    seen_as: SeenAs
    why: str
    authority: str | None = None


class FileVerified(Answer):
    """A verification as it was recorded."""

    key: str
    file_id: str
    about: str
    verdict: str
    seen_as: str
    why: str
    verified_by: str
    at: str
    gate: str
    authority: str | None


class CounselPolicy(Part):
    """One version of what the agency's counsel said."""

    number: int
    counsel: str
    office: str
    dated: str
    text: str
    not_viewed: str
    not_stated: str
    from_at: str
    until_at: str | None
    entered_by: str
    entered_at: str


class CounselPoliciesAnswer(Answer):
    """Every version of what the agency's counsel said, the newest first."""

    items: tuple[CounselPolicy, ...]


Said: TypeAlias = Literal["ask your prosecutor", "search warrant first", "may be opened"]


class LayPolicy(Asked):
    """What counsel said, as a supervisor enters it."""

    counsel: str
    office: str
    dated: str
    text: str
    not_viewed: Said
    not_stated: Said = "ask your prosecutor"
    from_at: datetime
    until_at: datetime | None = None


class CounselPolicyLaid(Answer):
    """A version as it was entered."""

    number: int
    counsel: str
    office: str
    dated: str
    text: str
    not_viewed: str
    not_stated: str
    from_at: str
    until_at: str | None
    entered_by: str
    entered_at: str


class Evidence(Calls):
    """Calls about evidence."""

    def tip_evidence(self, tip: str) -> EvidenceAnswer:
        """A tip's files: asserted, verified, and what the legal gate answers for each."""
        return read(self._call("GET", f"tips/{part(tip)}/evidence"), EvidenceAnswer)

    def verify_tip_file(
        self, tip: str, wanted: VerifyFile, *, key: str | None = None
    ) -> FileVerified:
        """Record what you saw of a file outside Crosstip; what was asserted stays beside it."""
        return read(
            self._call("POST", f"tips/{part(tip)}/verifications", body=wanted, key=once(key)),
            FileVerified,
        )

    def gate_policies(self) -> CounselPoliciesAnswer:
        """Every version of what your agency's counsel said of files that were not viewed."""
        return read(self._call("GET", "gate/policies"), CounselPoliciesAnswer)

    def lay_gate_policy(
        self, wanted: LayPolicy, *, version: int, key: str | None = None
    ) -> CounselPolicyLaid:
        """Enter a new version of what counsel says; the older ones are kept."""
        return read(
            self._call("POST", "gate/policies", body=wanted, version=version, key=once(key)),
            CounselPolicyLaid,
        )
