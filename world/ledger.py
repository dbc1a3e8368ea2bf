"""Gathers the truth while the world is told, tip by tip, keeping only what the truth needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import pairwise

from world.agencies import Investigation
from world.calendar_text import utc
from world.drafts import TipDraft, Value
from world.features import Feature
from world.meetings import Meeting
from world.networks import CARRIER_NAT_ADDRESS, SHARED_NETWORKS
from world.setting import EMPTY_FILE_MD5, Setting
from world.statements import linking_values
from world.stories import FalseFriends, Told, hub_values
from world.traps import Cause, Trap, TrapLedger
from world.truth import (
    WORLD_VERSION,
    CauseTruth,
    CollisionTruth,
    FalseFriendsTruth,
    FeatureTruth,
    HubTruth,
    IdentifierTruth,
    InvestigationTruth,
    OffenderTruth,
    RedeliveryTruth,
    RingTruth,
    SeriesTruth,
    SharesTruth,
    TrapTruth,
    Truth,
    UrgentTruth,
)

EXAMPLES = 5
IMMINENT = ("1", "E")
"""NCMEC's priority codes that mean a child in imminent danger."""


def identifier_truth(value: Value) -> IdentifierTruth:
    """Give a value as the truth names it."""
    return IdentifierTruth(**value._asdict())


def _investigation(investigation: Investigation) -> InvestigationTruth:
    return InvestigationTruth(agency=investigation.agency.key, reference=investigation.reference)


def _collision(meeting: Meeting, *, showcase: bool) -> CollisionTruth:
    return CollisionTruth(
        first=_investigation(meeting.first),
        second=_investigation(meeting.second),
        how=meeting.how,
        through=tuple(identifier_truth(value) for value in meeting.through),
        tips=tuple(str(number) for number in meeting.tips),
        showcase=showcase,
    )


def _false_friends(pair: FalseFriends) -> FalseFriendsTruth:
    return FalseFriendsTruth(
        first=_investigation(pair.first),
        second=_investigation(pair.second),
        through=identifier_truth(pair.through),
        why=pair.why,
    )


def _hub_reasons(setting: Setting) -> dict[Value, str]:
    return {
        Value("IpAddress", CARRIER_NAT_ADDRESS): "A carrier's exit with very many subscribers.",
        Value("FileHash", setting.viral_md5, subtype="MD5"): "A file that went viral.",
        Value("FileHash", setting.avatar_md5, subtype="MD5"): "A provider's default picture.",
        Value("FileHash", EMPTY_FILE_MD5, subtype="MD5"): "The empty file.",
    }


@dataclass(slots=True)
class Ledger:
    """What has been told so far."""

    setting: Setting
    documents: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    offenders: list[OffenderTruth] = field(default_factory=list)
    collisions: list[CollisionTruth] = field(default_factory=list)
    personas: list[CollisionTruth] = field(default_factory=list)
    false_friends: list[FalseFriendsTruth] = field(default_factory=list)
    urgent: list[UrgentTruth] = field(default_factory=list)
    hub_tips: Counter[Value] = field(default_factory=Counter)
    series: list[int] = field(default_factory=list)
    redelivered: list[RedeliveryTruth] = field(default_factory=list)
    examples: dict[Feature, list[int]] = field(default_factory=dict)
    feature_tips: Counter[Feature] = field(default_factory=Counter)
    ring: RingTruth | None = None
    hubs: frozenset[Value] = frozenset()
    traps: TrapLedger = field(init=False)
    people: int = 0
    """How many people have been entered."""

    def __post_init__(self) -> None:
        self.hubs = hub_values(self.setting)
        self.traps = TrapLedger(self.setting)

    def enter(self, told: Told, *, showcase: bool) -> None:
        """Enter what one story came to."""
        for draft in told.current:
            self._enter_tip(draft)
        self._enter_people(told)
        for first, second in pairwise(told.drafts):
            if first.number == second.number:
                self._enter_redelivery(first, second)
        if told.group is not None:
            self.offenders.append(self._offender(told, told.group))
        self.collisions += (_collision(each, showcase=showcase) for each in told.meetings)
        self.personas += (_collision(each, showcase=showcase) for each in told.persona_meetings)
        self.false_friends += map(_false_friends, told.false_friends)
        if told.start is not None:
            self.ring = self._ring(told, told.start)

    def _enter_people(self, told: Told) -> None:
        self.people += 1
        for draft in told.current:
            # Households of the world have numbers from nought on; others are the person's own.
            home = -self.people if told.household is None else told.household
            self.traps.enter(draft, person=self.people, household=home)
            if told.group is None:
                self.people += 1

    def _enter_tip(self, draft: TipDraft) -> None:
        self.forms[draft.form.value] += 1
        for feature in draft.features:
            self.feature_tips[feature] += 1
            # Stories are not told in order of receipt, so all numbers are kept until there are
            # enough of them to throw the highest away.
            numbers = self.examples.setdefault(feature, [])
            numbers.append(draft.number)
            if len(numbers) > 4 * EXAMPLES:
                numbers.sort()
                del numbers[EXAMPLES:]
        for value in {Value("FileHash", file.md5, subtype="MD5") for file in draft.files}:
            if value in self.hubs:
                self.hub_tips[value] += 1
            if value.value == self.setting.series_md5:
                self.series.append(draft.number)
        if draft.has(Feature.CARRIER_NAT):
            self.hub_tips[Value("IpAddress", CARRIER_NAT_ADDRESS)] += 1
        imminent = draft.priority in IMMINENT
        if draft.escalation is not None or imminent:
            self.urgent.append(UrgentTruth(tip=str(draft.number), imminent=imminent))

    def _enter_redelivery(self, first: TipDraft, second: TipDraft) -> None:
        before, after = linking_values(first), linking_values(second)
        self.redelivered.append(
            RedeliveryTruth(
                tip=str(first.number),
                withdrawn=tuple(map(identifier_truth, sorted(before - after, key=repr))),
                added=tuple(map(identifier_truth, sorted(after - before, key=repr))),
            )
        )

    def _offender(self, told: Told, group: str) -> OffenderTruth:
        counts = Counter(v for draft in told.current for v in linking_values(draft))
        shared = sorted(
            (value for value, tips in counts.items() if tips > 1 and value not in self.hubs),
            key=repr,
        )
        return OffenderTruth(
            id=group,
            tips=tuple(str(number) for number in sorted(draft.number for draft in told.current)),
            shared=tuple(identifier_truth(value) for value in shared),
        )

    def _ring(self, told: Told, start: int) -> RingTruth:
        stated = {d.number: linking_values(d) - self.hubs for d in told.current}
        others = sorted(number for number in stated if number != start)
        direct = tuple(str(n) for n in others if stated[n] & stated[start])
        return RingTruth(
            offender=told.group or "",
            tips=tuple(str(number) for number in sorted(stated)),
            start=str(start),
            direct=direct,
            indirect=tuple(str(n) for n in others if str(n) not in direct),
        )

    def truth(self, received: tuple[int, int]) -> Truth:
        """Give the whole truth; `received` is the first and the last second of receipt."""
        if self.ring is None:
            raise RuntimeError("the world has no showcase, so its truth is not complete")
        setting = self.setting
        traps = tuple(map(_trap, self.traps.traps()))
        series = Value("FileHash", setting.series_md5, subtype="MD5")
        return Truth(
            version=WORLD_VERSION,
            seed=setting.seed,
            tips=setting.tips,
            formats=tuple(form.value for form in setting.forms),
            tips_by_format=dict(sorted(self.forms.items())),
            documents=self.documents,
            first_received=utc(received[0]),
            last_received=utc(received[1]),
            offenders=tuple(sorted(self.offenders, key=lambda offender: offender.id)),
            collisions=tuple(self.collisions),
            persona_meetings=tuple(self.personas),
            false_friends=tuple(self.false_friends),
            urgent=tuple(sorted(self.urgent, key=lambda urgent: urgent.tip)),
            hubs=tuple(
                HubTruth(identifier=identifier_truth(value), tips=self.hub_tips[value], why=why)
                for value, why in _hub_reasons(setting).items()
            ),
            shared_networks=tuple(network.prefix for network in SHARED_NETWORKS),
            known_series=SeriesTruth(
                identifier=identifier_truth(series),
                tips=tuple(str(number) for number in sorted(self.series)),
            ),
            showcase=self.ring,
            redelivered=tuple(sorted(self.redelivered, key=lambda again: again.tip)),
            shares=SharesTruth(**asdict(setting.shares)),
            causes=tuple(_causes(traps)),
            traps=traps,
            features=tuple(_features(self)),
        )


def _features(ledger: Ledger) -> list[FeatureTruth]:
    return [
        FeatureTruth(
            name=feature.value,
            tips=ledger.feature_tips[feature],
            examples=tuple(str(n) for n in sorted(ledger.examples.get(feature, ()))[:EXAMPLES]),
        )
        for feature in Feature
    ]


def _trap(trap: Trap) -> TrapTruth:
    return TrapTruth(
        cause=trap.cause,
        identifier=identifier_truth(trap.value),
        tips=tuple(str(number) for number in trap.tips),
        pairs=trap.pairs,
    )


def _causes(traps: tuple[TrapTruth, ...]) -> Iterator[CauseTruth]:
    values = Counter(trap.cause for trap in traps)
    pairs: Counter[Cause] = Counter()
    for trap in traps:
        pairs[trap.cause] += trap.pairs
    for cause in Cause:
        yield CauseTruth(cause=cause, values=values[cause], pairs=pairs[cause])
