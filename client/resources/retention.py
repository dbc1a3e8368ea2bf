"""The API's retention: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from typing import Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read
from client.resources.investigations import Reason


class RetentionClass(Part):
    """A class of records: its policy or the rule that binds it, and the counts as of now."""

    kind: str
    meaning: str
    is_fixed: bool
    version: int | None
    days: int | None
    due: int
    held: int
    open: int
    is_cut_off: bool


class RetentionClasses(Answer):
    """All classes of records of the own agency."""

    items: tuple[RetentionClass, ...]


class PurgeRecord(Part):
    """What one policy took away on one day, without naming it."""

    key: str
    kind: str
    name: str
    began_at: str
    last_at: str
    total: int
    removed: int | None
    held: int | None
    salt: str
    digest: str | None


class PurgeRecords(Answer):
    """Records of the own agency's purges."""

    items: tuple[PurgeRecord, ...]
    next_after: str | None


class PurgedTipAnswer(Answer):
    """That the own agency had a tip and purged it."""

    at: str
    policy: str
    number: int
    dated: str


RecordClass: TypeAlias = Literal["tips", "investigations", "checks", "notices"]


class RetentionPolicy(Part):
    """A version of how long records of a class are kept."""

    kind: str
    number: int
    days: int | None
    counts_from: str
    name: str
    dated: str
    why: str
    proposed_by: str
    proposed_at: str
    confirmed_by: str | None
    confirmed_at: str | None
    from_at: str | None


class RetentionPolicies(Answer):
    """Every version for a class, the newest first."""

    items: tuple[RetentionPolicy, ...]


CountsFrom: TypeAlias = Literal["closing", "last activity", "receipt"]


class ProposeRetention(Asked):
    """How long records of a class are to be kept."""

    days: int | None = None
    counts_from: CountsFrom
    name: str
    dated: str
    why: str


class RetentionPolicyAnswer(Answer):
    """A version that was proposed or confirmed."""

    kind: str
    number: int
    days: int | None
    counts_from: str
    name: str
    dated: str
    why: str
    proposed_by: str
    proposed_at: str
    confirmed_by: str | None
    confirmed_at: str | None
    from_at: str | None


class RetentionLine(Part):
    """A record that is old enough to be asked about, and what becomes of it."""

    key: str
    fate: str
    why: str
    due_at: str | None


class RetentionPage(Answer):
    """A page of a dry run: nothing goes."""

    items: tuple[RetentionLine, ...]
    next_after: str | None
    version: int | None


class LegalHold(Part):
    """Something of the own agency that must not be purged."""

    key: str
    about: str
    subject: str
    why: str
    reference: str
    placed_by: str
    placed_at: str
    ended_at: str | None
    ended_by: str | None
    ended_why: str | None


class LegalHolds(Answer):
    """The own agency's legal holds, ended ones too, the newest first."""

    items: tuple[LegalHold, ...]
    cut_off: tuple[str, ...]


HeldKind: TypeAlias = Literal["tip", "investigation", "agency"]


class PlaceHold(Asked):
    """A hold as a supervisor places it."""

    about: HeldKind
    subject: str = ""
    why: str
    reference: str


class LegalHoldAnswer(Answer):
    """A hold that was placed or ended."""

    key: str
    about: str
    subject: str
    why: str
    reference: str
    placed_by: str
    placed_at: str
    ended_at: str | None
    ended_by: str | None
    ended_why: str | None


class Retention(Calls):
    """Calls about retention."""

    def retention(self) -> RetentionClasses:
        """Every class of records: how long it is kept, and how much is due, on hold or open."""
        return read(self._call("GET", "retention"), RetentionClasses)

    def purge_records(self, *, after: str = "", limit: int = 50) -> PurgeRecords:
        """What was purged, by class, version of the policy and day: counts and digests."""
        return read(
            self._call("GET", "retention/records", params={"after": after, "limit": limit}),
            PurgeRecords,
        )

    def purged(self, tip: str) -> PurgedTipAnswer:
        """When, and under which policy, your agency purged a tip whose number you have again."""
        return read(self._call("GET", f"retention/purged/{part(tip)}"), PurgedTipAnswer)

    def retention_policies(self, kind: str) -> RetentionPolicies:
        """Every version of how long your agency keeps records of a class, the newest first."""
        return read(self._call("GET", f"retention/{part(kind)}/policies"), RetentionPolicies)

    def propose_retention(
        self, kind: str, wanted: ProposeRetention, *, version: int, key: str | None = None
    ) -> RetentionPolicyAnswer:
        """Propose a new version; it has no effect until another person confirms it."""
        return read(
            self._call(
                "POST",
                f"retention/{part(kind)}/policies",
                body=wanted,
                version=version,
                key=once(key),
            ),
            RetentionPolicyAnswer,
        )

    def confirm_retention(
        self, kind: str, number: str, *, key: str | None = None
    ) -> RetentionPolicyAnswer:
        """Confirm the newest version: it counts in seven days. Never by whoever proposed it."""
        return read(
            self._call(
                "POST", f"retention/{part(kind)}/policies/{part(number)}/confirm", key=once(key)
            ),
            RetentionPolicyAnswer,
        )

    def retention_dry_run(
        self, kind: str, *, version: int | None = None, after: str = "", limit: int = 50
    ) -> RetentionPage:
        """What would go now, and why each record goes or stays. Nothing goes."""
        return read(
            self._call(
                "GET",
                f"retention/{part(kind)}/dry-run",
                params={"version": version, "after": after, "limit": limit},
            ),
            RetentionPage,
        )

    def legal_holds(self) -> LegalHolds:
        """Your agency's legal holds, ended ones too, the newest first."""
        return read(self._call("GET", "holds"), LegalHolds)

    def place_legal_hold(self, wanted: PlaceHold, *, key: str | None = None) -> LegalHoldAnswer:
        """Place a legal hold: from then on nothing of it is purged."""
        return read(self._call("POST", "holds", body=wanted, key=once(key)), LegalHoldAnswer)

    def end_legal_hold(
        self, hold: str, wanted: Reason, *, key: str | None = None
    ) -> LegalHoldAnswer:
        """End a legal hold: what is due goes with the next purge."""
        return read(
            self._call("POST", f"holds/{part(hold)}/end", body=wanted, key=once(key)),
            LegalHoldAnswer,
        )
