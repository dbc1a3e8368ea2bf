"""The people of the world: offenders with several accounts, victims and complainants who recur."""

from __future__ import annotations

from dataclasses import dataclass, replace

from world import distributions
from world.dice import Dice
from world.features import Feature
from world.networks import Household
from world.providers import Provider
from world.reserved import MAIL_DOMAINS, PHONES, phone
from world.words import (
    CITIES,
    COUNTRIES,
    FIRST_NAMES,
    HANDLE_FIRST,
    HANDLE_SECOND,
    LAST_NAMES,
    STATES,
)

_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
PHONE_OWNERS = 3
"""Every third person states a phone: numbers set aside for fiction are few, see `PHONES`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account of one person at one provider."""

    provider: Provider
    user_id: str
    screen_name: str
    later_name: str | None = None
    """The alias that the account takes half way through its person's tips."""
    common: bool = False
    """The alias is one that strangers use too."""
    emails: tuple[str, ...] = ()
    """What it was registered with, the first one the usual one; none: all of its person's."""

    def renamed(self) -> Account:
        """Give the account under its later alias."""
        return replace(self, screen_name=self.later_name or self.screen_name, common=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a person has in common with others."""

    household: Household
    phone: str | None = None
    """Number that was another person's before."""
    aliases: tuple[str, ...] = ()
    """Screen names that strangers use too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offender:
    """One person behind one or many tips."""

    serial: int
    first_name: str
    last_name: str
    alias: str
    """The alias that only this person uses."""
    birth_date: str
    """`1984-03-09`: what the person states, but for some lies."""
    accounts: tuple[Account, ...]
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    household: Household
    carrier_seat: int
    """Which of the carrier's exits this person's telephone comes out of."""
    device: str
    city: str
    state: str | None
    """Only in the United States."""
    country: str
    library: tuple[str, ...]
    """MD5 of files that only this person holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bystander:
    """A victim or a complainant: in several tips, never a link between their subjects."""

    first_name: str
    last_name: str
    age: int
    screen_name: str
    email: str
    phone: str


def base36(number: int) -> str:
    """Give a number in base 36, lower case."""
    text = ""
    while number or not text:
        number, digit = divmod(number, 36)
        text = _BASE36[digit] + text
    return text


def md5(dice: Dice) -> str:
    """Give a random MD5: no file in the world has it."""
    return dice.hexadecimal(32)


def _handles(dice: Dice, serial: int) -> tuple[str, str, str]:
    """Give a person's three ways to write an alias; the serial keeps strangers apart."""
    first, second, tail = dice.one(HANDLE_FIRST), dice.one(HANDLE_SECOND), base36(serial + 36**2)
    return f"{first}.{second}.{tail}", f"{second}_{first}_{tail}", f"{first}{tail}{second}"


def birth_date(dice: Dice) -> str:
    """Give an adult's date of birth."""
    return f"{1950 + dice.below(55)}-{1 + dice.below(12):02d}-{1 + dice.below(28):02d}"


def place(dice: Dice) -> tuple[str, str | None, str]:
    """Give a city, its state when it is in the United States, and its country."""
    city, state = dice.one(CITIES), dice.one(STATES)
    if dice.chance(distributions.FOREIGN.share):
        return city, None, dice.one(COUNTRIES)
    return city, state, "US"


def _common_alias(dice: Dice, aliases: tuple[str, ...]) -> str | None:
    if not aliases or not dice.chance(distributions.FEATURES[Feature.COMMON_ALIAS].share):
        return None
    return aliases[int(dice.random() ** 2 * len(aliases))]


def _accounts(
    dice: Dice, handles: tuple[str, str, str], emails: tuple[str, ...], aliases: tuple[str, ...]
) -> tuple[Account, ...]:
    """Give a person's accounts; most keep the alias of the first one."""
    accounts: list[Account] = []
    common = _common_alias(dice, aliases)
    for number in range(dice.draw(distributions.ACCOUNTS_PER_OFFENDER.table)):
        kept = number == 0 or dice.chance(distributions.ALIAS_KEPT.share)
        provider = dice.draw(distributions.PROVIDERS.table)
        first = dice.below(len(emails))
        drifts = dice.chance(distributions.FEATURES[Feature.ALIAS_DRIFT].share)
        accounts.append(
            Account(
                provider=provider,
                user_id=provider.user_id(dice),
                screen_name=(common or handles[0]) if kept else dice.one(handles[1:]),
                later_name=f"{handles[0]}.{dice.below(90) + 10}" if drifts else None,
                common=common is not None and kept,
                emails=emails[first:] + emails[:first],
            )
        )
    return tuple(accounts)


def next_account(dice: Dice, person: Offender, closed: Account) -> Account:
    """Give the account that a person opens when one was closed; much of it may be as before."""
    same = dice.chance(distributions.SAME_PROVIDER_AGAIN.share)
    provider = closed.provider if same else dice.draw(distributions.PROVIDERS.table)
    kept = dice.chance(distributions.ALIAS_KEPT.share)
    number = 100 + dice.below(900)
    emails = closed.emails
    if not dice.chance(distributions.EMAIL_KEPT.share):
        emails = (f"{person.alias}.{number}@{dice.one(MAIL_DOMAINS)}",)
    return Account(
        provider=provider,
        user_id=provider.user_id(dice),
        screen_name=closed.screen_name if kept else f"{person.alias}.{number}",
        common=closed.common and kept,
        emails=emails,
    )


def offender(dice: Dice, serial: int, circumstances: Circumstances) -> Offender:
    """Give the person of that serial number. Serial numbers keep strangers' values apart."""
    handles = _handles(dice, serial)
    mails = dice.draw(distributions.EMAILS_PER_OFFENDER.table)
    emails = tuple(f"{handle}@{dice.one(MAIL_DOMAINS)}" for handle in handles[:mails])
    city, state, country = place(dice)
    own = (phone(serial // PHONE_OWNERS),) if serial % PHONE_OWNERS == 0 else ()
    return Offender(
        serial=serial,
        first_name=dice.one(FIRST_NAMES),
        last_name=dice.one(LAST_NAMES),
        alias=handles[0],
        birth_date=birth_date(dice),
        accounts=_accounts(dice, handles, emails, circumstances.aliases),
        emails=emails,
        phones=own if circumstances.phone is None else (circumstances.phone,),
        household=circumstances.household,
        carrier_seat=dice.getrandbits(32),
        device=f"{dice.hexadecimal(8)}-{dice.hexadecimal(4)}-4{dice.hexadecimal(3)}-"
        f"8{dice.hexadecimal(3)}-{dice.hexadecimal(12)}",
        city=city,
        state=state,
        country=country,
        library=(md5(dice), md5(dice), md5(dice)),
    )


def bystander(seed: int, kind: str, number: int) -> Bystander:
    """Give the victim or complainant of that number: the same one whenever asked."""
    dice = Dice(seed, kind, number)
    name = f"{dice.one(HANDLE_SECOND)}-{kind}-{number}"
    return Bystander(
        first_name=dice.one(FIRST_NAMES),
        last_name=dice.one(LAST_NAMES),
        age=11 + dice.below(6) if kind == "victim" else 30 + dice.below(40),
        screen_name=name,
        email=f"{name}@{kind}.example.org",
        phone=phone(PHONES - 1 - number),
    )
