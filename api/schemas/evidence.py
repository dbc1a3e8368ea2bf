"""A tip's files on the wire: what is asserted, what persons verified, and the legal gate."""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, Field

from api.schemas.common import Answer, Part, Wanted
from graph.triage.gate import Said
from graph.triage.verifying import SeenAs, Verdict


class ViewingSaid(Part):
    """What one version says of whether the provider viewed a file."""

    viewed: str = Field(description="yes, no or not stated.")
    said_by: str
    version: str
    issued_at: str
    is_current: bool


class AssertedOfFile(Part):
    """Something that is asserted of a file; automated or hearsay until a person verified it."""

    what: str
    said_by: str
    version: str | None = Field(description="Version that says so; null of a hash list.")
    is_current: bool = Field(description="False: only an older version says so.")
    standing: str = Field(description="asserted, not verified; verified; or refuted.")
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
    gate: str = Field(description="What the gate answered when it was entered.")
    authority: str | None


class GateAnswer(Part):
    """What the legal gate answers for a file. No legal advice; Crosstip holds no file."""

    answer: str = Field(description="ask your prosecutor, unless counsel's policy says otherwise.")
    why: str
    policy: int | None = Field(description="Version of counsel's policy that decided.")
    holds: str


class FileEvidence(Part):
    """One file of a tip."""

    file_id: str
    viewed: str = Field(description="By the provider, as it asserts: yes, no or not stated.")
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


class VerifyFile(Wanted):
    """What a person saw of a file, outside Crosstip."""

    file_id: str = Field(max_length=400)
    about: str = Field(max_length=1000, examples=["classification A1"])
    verdict: Verdict
    seen_as: SeenAs
    why: str = Field(max_length=2000)
    authority: str | None = Field(
        default=None, max_length=2000, description="Needed where the gate is not open."
    )


class FileVerified(Answer, FileVerification):
    """A verification as it was recorded."""


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


class CounselPolicyLaid(Answer, CounselPolicy):
    """A version as it was entered."""


class LayPolicy(Wanted):
    """What counsel said, as a supervisor enters it."""

    counsel: str = Field(max_length=200)
    office: str = Field(max_length=200)
    dated: date
    text: str = Field(max_length=20_000)
    not_viewed: Said
    not_stated: Said = Said.ASK
    from_at: AwareDatetime
    until_at: AwareDatetime | None = None
