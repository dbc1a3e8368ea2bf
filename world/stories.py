"""What the world is told from: stories with their tips, people, investigations and truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from world import distributions
from world.agencies import AGENCIES, Agency, Investigation, claim
from world.calendar_text import date_only
from world.composition import TipRequest, compose, delivered_again
from world.dice import Dice
from world.drafts import TipDraft, Value
from world.features import Feature, Form
from world.meetings import Meeting, meeting
from world.networks import CARRIER_NAT_ADDRESS
from world.people import PHONE_OWNERS, Circumstances, Offender, next_account, offender
from world.providers import CHAT
from world.reserved import phone
from world.setting import EMPTY_FILE_MD5, Setting
from world.statements import linking_values
from world.words import HANDLE_FIRST, HANDLE_SECOND

CLAIMABLE = frozenset({"Account", "Email", "Phone"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseFriends:
    """Two investigations that seem to meet and do not."""

    first: Investigation
    second: Investigation
    through: Value
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one story comes to."""

    drafts: tuple[TipDraft, ...]
    """Every delivery; the current one of each tip is the last with its number."""
    group: str | None = None
    """Name of the one offender that all of the tips are about; None when there is none."""
    start: int | None = None
    """For the showcase: the tip to begin with."""
    investigations: tuple[Investigation, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    false_friends: tuple[FalseFriends, ...] = ()
    persona_meetings: tuple[Meeting, ...] = ()
    household: int | None = None
    """Number of the line at which the person lives, if others of the world may live there too."""

    @property
    def current(self) -> tuple[TipDraft, ...]:
        """Give the current version of each tip."""
        return tuple({draft.number: draft for draft in self.drafts}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """What a story is given: the world and a number and time of receipt for each of its tips."""

    setting: Setting
    numbers: tuple[int, ...]
    received: tuple[int, ...]


class Story(Protocol):
    """A part of the world that needs nothing of the others."""

    def tell(self, cast: Cast) -> Told:
        """Give the story's tips and what is true about them."""


def hub_values(setting: Setting) -> frozenset[Value]:
    """Give the values that strangers have in common by the world's design."""
    return frozenset(
        {
            Value("IpAddress", CARRIER_NAT_ADDRESS),
            Value("FileHash", setting.viral_md5, subtype="MD5"),
            Value("FileHash", setting.avatar_md5, subtype="MD5"),
            Value("FileHash", EMPTY_FILE_MD5, subtype="MD5"),
        }
    )


def investigation(
    agency: Agency, serial: str, *, opened: int, values: Sequence[Value], dice: Dice
) -> Investigation:
    """Give an investigation that claims some values as its suspect's."""
    return Investigation(
        agency=agency,
        reference=f"{agency.key.upper()}-{date_only(opened)[:4]}-{serial}",
        title=f"Synthetic investigation {dice.one(HANDLE_FIRST)} {dice.one(HANDLE_SECOND)}",
        opened=date_only(opened),
        claims=tuple(claim(value) for value in values),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """What ties a person to the one of the serial number before, or to the one after."""

    family: bool = False
    """Lives in the household of the person before."""
    inherits: bool = False
    """Has the telephone number that the person before had."""
    passes_on: bool = False
    """The person after has this one's number later."""

    @property
    def phone(self) -> bool:
        """Give whether the number is another person's at another time."""
        return self.inherits or self.passes_on


NO_TIES = Ties()


def _circumstances(setting: Setting, serial: int, ties: Ties) -> Circumstances:
    return Circumstances(
        household=setting.lines.household(serial - 1 if ties.family else serial),
        phone=phone((serial - 1) // PHONE_OWNERS) if ties.inherits else None,
        aliases=setting.aliases,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonStory:
    """One offender's tips, left to chance."""

    serial: int
    ties: Ties = NO_TIES

    def tell(self, cast: Cast) -> Told:
        """Give the person's tips; sometimes an agency or two work the person."""
        dice = Dice(cast.setting.seed, "person", self.serial)
        home = self.serial - 1 if self.ties.family else self.serial
        person = offender(dice, self.serial, _circumstances(cast.setting, self.serial, self.ties))
        repeat = len(cast.numbers) > 1
        rate = distributions.INVESTIGATED_REPEAT if repeat else distributions.INVESTIGATED
        worked = dice.chance(rate.share)
        drafts = self._drafts(person, cast, dice, alone=not repeat and not worked)
        told = Told(
            drafts=drafts,
            group=f"offender-{self.serial:06d}" if repeat else None,
            household=home,
        )
        return self._work(told, cast, dice) if worked else told

    def _drafts(
        self, person: Offender, cast: Cast, dice: Dice, *, alone: bool
    ) -> tuple[TipDraft, ...]:
        """Give the tips; an account that was reported is often closed and another one opened."""
        accounts = list(person.accounts)
        drafts: list[TipDraft] = []
        for position, number in enumerate(cast.numbers):
            which = dice.below(len(accounts))
            account = accounts[which]
            drifted = account.later_name is not None and 2 * position >= len(cast.numbers) > 1
            request = TipRequest(
                number=number,
                received=cast.received[position],
                earlier=cast.numbers[:position],
                alone=alone,
                traits=frozenset({Feature.ALIAS_DRIFT}) if drifted else frozenset(),
            )
            account = account.renamed() if drifted else account
            draft = compose(person, account, request, setting=cast.setting, dice=dice)
            again = draft.has(Feature.REDELIVERED)
            drafts += delivered_again(draft, dice) if again else (draft,)
            if dice.chance(distributions.ACCOUNT_CLOSED.share):
                accounts[which] = next_account(dice, person, account)
        return tuple(drafts)

    def _work(self, told: Told, cast: Cast, dice: Dice) -> Told:
        """Add the investigations of the person."""
        # Nobody claims a number that somebody else has later: two agencies would meet over it.
        kinds = CLAIMABLE - {"Phone"} if self.ties.phone else CLAIMABLE
        stated = sorted(
            {v for draft in told.current for v in linking_values(draft) if v.kind in kinds},
            key=repr,
        )
        if not stated:
            return told
        opened = cast.received[0] + 86_400
        first_agency = dice.one(AGENCIES)
        mine = dice.one(stated)
        first = investigation(
            first_agency, f"{self.serial:06d}A", opened=opened, values=(mine,), dice=dice
        )
        if not dice.chance(distributions.WORKED_TWICE.share):
            if dice.chance(distributions.CLOSED.share):
                first = replace(first, status="closed")
            return replace(told, investigations=(first,))
        others = [agency for agency in AGENCIES if agency is not first_agency]
        same = dice.chance(distributions.SAME_VALUE_CLAIMED.share)
        theirs = mine if same else dice.one(stated)
        second = investigation(
            dice.one(others), f"{self.serial:06d}B", opened=opened, values=(theirs,), dice=dice
        )
        meets = meeting(first, second, drafts=told.current, hubs=hub_values(cast.setting))
        return replace(told, investigations=(first, second), meetings=(meets,))


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStory:
    """A stranger whose last tip surely has one feature, in one format."""

    serial: int
    feature: Feature
    form: Form

    def tell(self, cast: Cast) -> Told:
        """Give the tips; all but the last are plain."""
        dice = Dice(cast.setting.seed, "sample", self.serial)
        setting = cast.setting
        person = offender(dice, self.serial, _circumstances(setting, self.serial, NO_TIES))
        account = replace(person.accounts[0], provider=CHAT, user_id=CHAT.user_id(dice))
        if self.feature is Feature.COMMON_ALIAS:
            account = replace(account, screen_name=setting.aliases[0], common=True)
        drafts: list[TipDraft] = []
        for position, number in enumerate(cast.numbers):
            is_last = position == len(cast.numbers) - 1
            request = TipRequest(
                number=number,
                received=cast.received[position],
                earlier=cast.numbers[:position],
                form=self.form,
                alone=is_last,
                forced=frozenset({self.feature if is_last else Feature.VIEWED_YES}),
            )
            draft = compose(person, account, request, setting=cast.setting, dice=dice)
            again = draft.has(Feature.REDELIVERED)
            drafts += delivered_again(draft, dice) if again else (draft,)
        repeat = len(cast.numbers) > 1
        return Told(drafts=tuple(drafts), group=f"sample-{self.serial:03d}" if repeat else None)
