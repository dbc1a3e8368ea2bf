"""A tip's files: what is asserted, who says so, what persons verified, and the legal gate.

Whenever the gate is asked its answers are in the log, as counts: file names never are.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import optional_text, text_of
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms
from graph.errors import RowError
from graph.queries.evidence import (
    LISTED,
    MOST,
    POLICIES,
    VERIFICATIONS,
    AgencyParams,
    OwnOfTipParams,
    VerificationRow,
)
from graph.queries.holders import WHOSE
from graph.queries.recording import LOCK_TIPS, TipKeysParams
from graph.queries.tips import TIP, TipParams, TipRow
from graph.queries.versions import FILES, VERSIONS, FileRow
from graph.rows import PropertyRow
from graph.services.acting import About, Seen, act, leaf, look, named, note
from graph.services.audit_reads import ReadLog
from graph.services.tip_names import no_such_tip
from graph.statements import decode
from graph.store import ReadUnit, Store, WriteUnit
from graph.tip_state import Version
from graph.triage.gate import HOLDS_NO_FILE, IS_OPEN, NO, YES, Gate, gate_of, in_force
from graph.triage.verifying import (
    Asserted,
    SeenAs,
    Statement,
    Verdict,
    asserted_of,
    statements_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEvidence:
    """One file: what is asserted of it, what persons verified, and the gate's answer."""

    file_id: str
    viewed: str
    """Whether the provider viewed the entire file, as it asserts: yes, no or not stated."""
    viewed_said: tuple[Statement, ...]
    """What each version says of it, the newest first."""
    exif_viewed: str
    publicly_available: str
    asserted: tuple[Asserted, ...]
    verifications: tuple[VerificationRow, ...]
    """Of the own agency, the last first."""
    gate: Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class TipEvidence:
    """The files of a tip; Crosstip holds none of them."""

    tip: str
    holds: str
    files: tuple[FileEvidence, ...]
    cut_off: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVerification:
    """What a person saw of a file, outside Crosstip."""

    file_id: str
    about: str
    """What is asserted, in the words in which it is shown."""
    verdict: Verdict
    seen_as: SeenAs
    why: str
    authority: str | None = None
    """Under which authority, such as a warrant's number: where the gate is not open."""


def show_evidence(caller: Caller, store: Store, *, tip: str, reads: ReadLog) -> TipEvidence:
    """Give a tip's files with what is asserted, what was verified, and the gate's answer for each.

    Raises:
        RightsError: the caller reads no tips.
        NotFoundError: there is no such tip that the caller may see.
    """

    def work(unit: ReadUnit) -> Seen[TipEvidence]:
        found = _evidence(unit, caller, tip, Deed.GATE_ASK)
        return Seen(answer=found, outcome=_said(found))

    about = About(object=named(tip))
    return look(caller, store, deed=Deed.GATE_ASK, about=about, reads=reads, work=work)


def verify_file(caller: Caller, store: Store, *, tip: str, new: NewVerification) -> VerificationRow:
    """Record that a person verified or refuted what is asserted of a file. It is never overwritten.

    Raises:
        RightsError: the caller does not work on tips.
        NotFoundError: there is no such tip of the caller's agency.
        RowError: the file is not there, nothing of the kind is asserted of it, or the gate is not
            open and no authority is named.
    """
    about = About(object=named(tip))

    def work(unit: WriteUnit) -> VerificationRow:
        unit.run(LOCK_TIPS, TipKeysParams(keys=[tip]))
        found = _evidence(unit, caller, tip, Deed.FILE_VERIFY)
        file = _file_there(found, new)
        row = VerificationRow(
            key=uuid.uuid4().hex,
            file_id=file.file_id,
            about=new.about,
            verdict=new.verdict.value,
            seen_as=new.seen_as.value,
            why=text_of(new.why, "A reason"),
            verified_by=caller.user,
            at_us=caller.as_of_us,
            gate=file.gate.answer.value,
            authority=_authority(file, new),
        )
        values: PropertyRow = row.model_dump()
        values |= {"agency": agency_of(caller), "tip": tip}
        unit.insert_nodes("FileVerification", [values])
        outcome = f"{row.verdict}; gate: {row.gate}"
        note(unit, caller, [leaf(caller, Deed.FILE_VERIFY, about, outcome=outcome)])
        return row

    return act(caller, store, deed=Deed.FILE_VERIFY, about=about, work=work)


def _evidence(unit: ReadUnit, caller: Caller, tip: str, deed: Deed) -> TipEvidence:
    found = _tip_there(unit, caller, tip, deed)
    params = TipParams(tip=tip)
    files = unit.read(FILES, params)
    versions = _versions(unit, params)
    own = OwnOfTipParams(tip=tip, agency=agency_of(caller))
    records = unit.read(VERIFICATIONS, own)
    listed: dict[str, list[str]] = {}
    for row in unit.read(LISTED, params):
        listed.setdefault(row.file_id, []).extend(row.listed)
    policies = unit.read(POLICIES, AgencyParams(agency=agency_of(caller)))
    policy = in_force(policies, caller.as_of_us)
    provider = found.provider_name or "the reporting provider"
    return TipEvidence(
        tip=tip,
        holds=HOLDS_NO_FILE,
        files=tuple(
            FileEvidence(
                file_id=file.file_id,
                viewed=file.viewed_by_esp or "not stated",
                viewed_said=tuple(statements_of(file.file_id, versions, provider=provider)),
                exif_viewed=file.exif_viewed_by_esp or "not stated",
                publicly_available=file.publicly_available or "not stated",
                asserted=tuple(
                    asserted_of(
                        file.file_id,
                        versions,
                        provider=provider,
                        listed=listed.get(file.file_id, ()),
                        records=records,
                    )
                ),
                verifications=tuple(row for row in records if row.file_id == file.file_id),
                gate=gate_of(
                    viewed_now(file.file_id, file.viewed_by_esp, versions),
                    policy,
                    is_ended=file.ended_us is not None,
                ),
            )
            for file in files
        ),
        cut_off=_cut_off(files, records),
    )


def viewed_now(
    file_id: str, merged: str | None, versions: Sequence[tuple[Version, bool]]
) -> str | None:
    """Give what counts for the gate: a yes only where a current version says it and none says no.

    Elsewhere silence overrides nothing; here what a superseded version said opens nothing.
    """
    said = {
        file.viewed_by_esp
        for version, is_current in versions
        if is_current
        for file in version.statement.files
        if file.file_id == file_id
    }
    return None if merged == YES and (YES not in said or NO in said) else merged


def _versions(unit: ReadUnit, params: TipParams) -> list[tuple[Version, bool]]:
    """Give a tip's versions with what they state, and whether each is current."""
    return [
        (
            Version(
                key=row.key,
                part=row.part,
                document=row.document,
                issued_us=row.issued_us,
                statement=decode(row.statement),
            ),
            row.current,
        )
        for row in unit.read(VERSIONS, params)
    ]


def _tip_there(unit: ReadUnit, caller: Caller, tip: str, deed: Deed) -> TipRow:
    rows = unit.read(TIP, TipParams(tip=tip))
    whose = unit.read(WHOSE, TipKeysParams(keys=[tip]))
    holders = frozenset(whose[0].holders) if len(whose) > 0 else frozenset()
    record = Resource(owner=caller.agency, holders=holders)
    if len(rows) == 0 or not confirms(caller, deed, resource=record):
        raise no_such_tip(tip)
    return rows[0]


def _cut_off(files: Sequence[FileRow], records: Sequence[VerificationRow]) -> tuple[str, ...]:
    sizes = (("files", len(files)), ("verifications", len(records)))
    return tuple(f"Only the first {MOST} {what} are shown." for what, n in sizes if n == MOST)


def _file_there(found: TipEvidence, new: NewVerification) -> FileEvidence:
    file = next((each for each in found.files if each.file_id == new.file_id), None)
    if file is None:
        raise RowError(f"{found.tip} has no file {new.file_id}. Nothing was recorded.")
    said = [each.what for each in file.asserted]
    if new.about not in said:
        what = "; ".join(said) or "nothing"
        raise RowError(
            f"That is not asserted of the file; what is asserted: {what}. Nothing was recorded."
        )
    return file


def _authority(file: FileEvidence, new: NewVerification) -> str | None:
    named_one = optional_text(new.authority, "An authority")
    if file.gate.answer not in IS_OPEN and named_one is None:
        raise RowError(
            f"{file.gate.why} The gate says: {file.gate.answer}. Name the authority under which "
            "the file was seen, such as the warrant's number. Nothing was recorded."
        )
    return named_one


def _said(found: TipEvidence) -> str:
    """Give the gate's answers as the log has them."""
    counts = Counter(file.gate.answer.value for file in found.files)
    said = ", ".join(f"{answer}: {n}" for answer, n in sorted(counts.items()))
    return f"gate: {said}" if said != "" else "no files"
