"""The people of the world: offenders with several accounts, victims and complainants who recur."""

from __future__ import annotations

from dataclasses import dataclass

from world import distributions
from world.dice import Dice, mix
from world.networks import Household, household
from world.providers import Provider
from world.reserved import MAIL_DOMAINS, PHONES, phone
from world.words import CITIES, FIRST_NAMES, HANDLE_FIRST, HANDLE_SECOND, LAST_NAMES, STATES

_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
PHONE_OWNERS = 3
"""Every third person states a phone: numbers set aside for fiction are few, see `PHONES`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account of one person at one provider."""

    provider: Provider
    user_id: str
    screen_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offender:
    """One person behind one or many tips."""

    serial: int
    first_name: str
    last_name: str
    birth_year: int
    accounts: tuple[Account, ...]
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    household: Household
    carrier_seat: int
    """Which of the carrier's exits this person's telephone comes out of."""
    device: str
    city: str
    state: str
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


def _accounts(dice: Dice, handles: tuple[str, str, str], count: int) -> tuple[Account, ...]:
    accounts: list[Account] = []
    for number in range(count):
        kept = number == 0 or dice.chance(distributions.ALIAS_KEPT.share)
        provider = dice.draw(distributions.PROVIDERS.table)
        accounts.append(
            Account(
                provider=provider,
                user_id=provider.user_id(dice),
                screen_name=handles[0] if kept else dice.one(handles[1:]),
            )
        )
    return tuple(accounts)


def offender(dice: Dice, serial: int) -> Offender:
    """Give the person of that serial number. Serial numbers keep strangers' values apart."""
    handles = _handles(dice, serial)
    mails = dice.draw(distributions.EMAILS_PER_OFFENDER.table)
    return Offender(
        serial=serial,
        first_name=dice.one(FIRST_NAMES),
        last_name=dice.one(LAST_NAMES),
        birth_year=1950 + dice.below(55),
        accounts=_accounts(dice, handles, dice.draw(distributions.ACCOUNTS_PER_OFFENDER.table)),
        emails=tuple(f"{handle}@{dice.one(MAIL_DOMAINS)}" for handle in handles[:mails]),
        phones=(phone(serial // PHONE_OWNERS),) if serial % PHONE_OWNERS == 0 else (),
        household=household(
            dice, mix(dice.getrandbits(63)), lease_days=dice.draw(distributions.LEASE_DAYS.table)
        ),
        carrier_seat=dice.getrandbits(32),
        device=f"{dice.hexadecimal(8)}-{dice.hexadecimal(4)}-4{dice.hexadecimal(3)}-"
        f"8{dice.hexadecimal(3)}-{dice.hexadecimal(12)}",
        city=dice.one(CITIES),
        state=dice.one(STATES),
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
