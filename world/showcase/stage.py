"""How the showcase builds tips: nothing left to chance but account ids and file names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from world import surroundings
from world.calendar_text import DAY, HOUR
from world.dice import Dice
from world.drafts import Capture, Contact, Person, TipDraft
from world.features import Feature, Form
from world.networks import showcase_line
from world.people import Account, Circumstances, Offender, offender
from world.providers import Provider
from world.reserved import SHOWCASE_PHONES, phone
from world.rolls import Rolls
from world.stories import Cast, Told
from world.uploads import uploaded_file

_TYPE = surroundings.INCIDENT_TYPES[0]


class Scene(Protocol):
    """A story of the showcase: it says itself when its tips are received."""

    @property
    def days(self) -> tuple[float, ...]:
        """Give the days of receipt, counted from the world's first day."""

    def tell(self, cast: Cast) -> Told:
        """Give the scene's tips and what is true about them."""


def player(cast: Cast, number: int, *providers: Provider) -> Offender:
    """Give a person of the showcase with one account at each provider, two e-mails and a phone.

    Numbers keep the players apart from each other; their serials keep them apart from the rest.
    """
    dice = Dice(cast.setting.seed, "player", number)
    circumstances = Circumstances(household=showcase_line(number))
    person = offender(dice, 36**5 + 7_919 * number, circumstances)
    alias = person.accounts[0].screen_name
    accounts = tuple(
        Account(provider=provider, user_id=provider.user_id(dice), screen_name=alias)
        for provider in providers
    )
    emails = (f"{alias}@mail.example.com", f"{alias}@courier.example")
    line = phone(SHOWCASE_PHONES + number)
    return replace(person, accounts=accounts, emails=emails, phones=(line,))


def email(address: str) -> Contact:
    """Give a verified e-mail address."""
    return Contact(value=address, written=address, verified=True, kind="Home")


def telephone(number: str, form: Form) -> Contact:
    """Give a verified mobile number as the format writes it."""
    if form is Form.XML:
        return Contact(
            value=number, written=number[2:], verified=True, kind="Mobile", calling_code="+1"
        )
    return Contact(value=number, written=number, verified=True)


def at_address(rolls: Rolls, address: str, *, hours: float = 1, port: int | None = None) -> Capture:
    """Give a log-in from an address, so many hours before the incident."""
    when = rolls.time(rolls.incident - int(hours * HOUR))
    return Capture(address=address, written=address, event="Login", when=when, port=port)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One tip of the showcase in the making: its number, time, format and draws."""

    rolls: Rolls
    number: int
    received: int

    @property
    def form(self) -> Form:
        """Give the tip's format."""
        return self.rolls.form

    def tip(
        self,
        reported: Person | None,
        *,
        md5s: tuple[str, ...] = (),
        recipients: tuple[Person, ...] = (),
        prior: tuple[int, ...] = (),
        features: frozenset[Feature] = frozenset(),
    ) -> TipDraft:
        """Give the tip. Victims, complainants and the rest are added with `replace`."""
        rolls = self.rolls
        provider = rolls.provider
        files = tuple(uploaded_file(text, rolls, viewed=True) for text in md5s)
        has = {Feature.VIEWED_YES} if files else set()
        name = provider.name_at(self.received)
        if name != provider.name:
            has.add(Feature.FORMER_PROVIDER_NAME)
        return TipDraft(
            number=self.number,
            form=self.form,
            received=self.received,
            delivered=self.received + DAY,
            provider=provider,
            provider_name=name,
            incident_type=_TYPE,
            incident_time=rolls.time(rolls.incident),
            time_description=None,
            reported=() if reported is None else (reported,),
            recipients=recipients,
            victims=(),
            complainant=None,
            files=files,
            notes=(),
            web_page=None,
            conversation=None,
            annotations=(),
            escalation=None,
            priority=None,
            status=None,
            batched=False,
            prior=prior if self.form is Form.XML else (),
            police=None,
            features=frozenset(has | features),
        )


def shot(cast: Cast, position: int, *, provider: Provider, form: Form) -> Shot:
    """Give the scene's tip at that position, in the wanted format if this world writes it."""
    setting = cast.setting
    received = cast.received[position]
    rolls = Rolls(
        setting=setting,
        dice=Dice(setting.seed, "shot", cast.numbers[position]),
        form=setting.form(form) or setting.forms[0],
        provider=provider,
        incident=received - 6 * HOUR,
        forced=frozenset({Feature.VIEWED_YES}),
    )
    return Shot(rolls=rolls, number=cast.numbers[position], received=received)


def block(
    account: Account,
    *,
    emails: tuple[Contact, ...] = (),
    phones: tuple[Contact, ...] = (),
    captures: tuple[Capture, ...] = (),
) -> Person:
    """Give a person's block with an account and some identifiers."""
    return Person(
        account=account,
        screen_name=account.screen_name,
        emails=emails,
        phones=phones,
        captures=captures,
    )
