"""One tip's versions before and after a piece of work."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from graph.deliveries import Delivery
from graph.queries.recording import TipHeadRow, VersionRow
from graph.statements import decode
from graph.tip_state import Version


@dataclass(slots=True, kw_only=True)
class TipChange:
    """One tip's versions before and after."""

    tip: str
    exists: bool
    versions: dict[str, Version]
    withdrawn: tuple[int | None, str | None]
    first_recorded_us: int | None
    added: dict[str, Delivery] = field(default_factory=dict)
    before: dict[str, Version] = field(init=False)
    withdrawn_before: bool = field(init=False)

    def __post_init__(self) -> None:
        """Keep what was there."""
        self.before = dict(self.versions)
        self.withdrawn_before = self.withdrawn[0] is not None

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to write."""
        is_withdrawn = self.withdrawn[0] is not None
        return self.versions != self.before or is_withdrawn != self.withdrawn_before

    def find(self, key: str) -> Version | None:
        """Give a version that is there or was added."""
        return self.versions.get(key)

    def parts(self) -> set[str]:
        """Give the parts of which there are versions."""
        return {version.part for version in self.versions.values()}

    def add(self, version: Version, delivery: Delivery) -> None:
        """Add a version."""
        self.versions[version.key] = version
        self.added[version.key] = delivery

    def restate(self, version: Version, delivery: Delivery) -> None:
        """Read a version that is there anew, as the provider that was declared for it says."""
        known = self.versions[version.key]
        issued_us = min(known.issued_us, version.issued_us)
        self.versions[version.key] = replace(version, issued_us=issued_us)
        self.added[version.key] = delivery

    def inherit(self, provisional: TipChange) -> None:
        """Take over what was decided about the provisional tip that this one replaces."""
        if self.withdrawn[0] is None:
            self.withdrawn = provisional.withdrawn
        times = [self.first_recorded_us, provisional.first_recorded_us]
        self.first_recorded_us = min((t for t in times if t is not None), default=None)

    def again(self, version: Version, delivery: Delivery) -> None:
        """Note another delivery of a version: the earliest one counts, whichever came first."""
        if delivery.issued_us < version.issued_us:
            self.versions[version.key] = replace(version, issued_us=delivery.issued_us)
        added = self.added.get(version.key)
        is_named = added is not None and added.report_number is not None
        same_reading = delivery.declared_provider == version.declared_provider
        if added is not None and same_reading and not is_named:
            self.added[version.key] = delivery


def version_of(row: VersionRow) -> Version:
    """Give a stored version."""
    return Version(
        key=row.key,
        part=row.part,
        document=row.document,
        issued_us=row.issued_us,
        statement=decode(row.statement),
        declared_provider=row.declared_provider,
    )


def change_of(tip: str, head: TipHeadRow | None, versions: list[Version]) -> TipChange:
    """Give what a delivery may change of a tip: its head, where it is there, and its versions."""
    return TipChange(
        tip=tip,
        exists=head is not None,
        versions={version.key: version for version in versions},
        withdrawn=(head.withdrawn_us, head.withdrawn_why) if head is not None else (None, None),
        first_recorded_us=head.first_recorded_us if head is not None else None,
    )
