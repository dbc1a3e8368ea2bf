"""The person whom a tip reports: contacts, account, devices, associated accounts."""

from __future__ import annotations

from dataclasses import replace

from world import distributions
from world.addresses import captures
from world.calendar_text import DAY
from world.dice import Dice
from world.drafts import Contact, Person, Value
from world.features import Feature, Form
from world.people import Account, Offender, birth_date, bystander, place
from world.reserved import phone_national, phone_spaced
from world.rolls import Rolls

_YEAR = 365 * DAY
NETWORK_NAMES = ("synthetic-guest", "example-router", "linksys-synthetic")


def verified(dice: Dice) -> bool | None:
    """Give whether a contact is verified: yes, no or not stated."""
    if dice.chance(distributions.CONTACT_VERIFIED.share):
        return True
    return False if dice.chance(distributions.UNVERIFIED_STATED.share) else None


def email_contact(address: str, rolls: Rolls, *, kind: str | None = None) -> Contact:
    """Give an e-mail address as the tip writes it."""
    written = address
    if rolls.hit(Feature.CASE_VARIANT):
        local, _, domain = address.partition("@")
        written = f"{local.title()}@{domain.upper()}"
    return Contact(value=address, written=written, verified=verified(rolls.dice), kind=kind)


def phone_contact(number: str, rolls: Rolls, *, kind: str | None = None) -> Contact:
    """Give a phone number as the tip writes it."""
    dice = rolls.dice
    if rolls.hit(Feature.NATIONAL_PHONE):
        return Contact(value=number, written=phone_national(number), verified=verified(dice))
    if rolls.form is Form.XML:
        return Contact(
            value=number,
            written=number[2:],
            verified=verified(dice),
            kind=kind or dice.one(("Mobile", "Home")),
            calling_code="+1",
        )
    written = phone_spaced(number) if dice.chance(distributions.PHONE_SPACED.share) else number
    return Contact(value=number, written=written, verified=verified(dice))


def _contacts(
    person: Offender, account: Account, rolls: Rolls
) -> tuple[tuple[Contact, ...], tuple[Contact, ...]]:
    dice = rolls.dice
    mails = account.emails or person.emails
    emails: tuple[Contact, ...] = ()
    phones: tuple[Contact, ...] = ()
    if rolls.forced or rolls.stated(distributions.EMAIL_STATED):
        count = 1 + dice.below(len(mails))
        recovery = rolls.hit(Feature.RECOVERY_CONTACT)
        emails = tuple(
            email_contact(
                address, rolls, kind="Recovery" if recovery and number == count - 1 else None
            )
            for number, address in enumerate(mails[:count])
        )
    if person.phones and (rolls.forced or rolls.stated(distributions.PHONE_STATED)):
        phones = (phone_contact(person.phones[0], rolls),)
    return emails, phones


def _note(person: Offender, account: Account, rolls: Rolls) -> tuple[str, tuple[Value, ...]]:
    """Give a note with the person's contacts, for providers without fields for them."""
    mails = account.emails or person.emails
    emails = tuple(Contact(value=address, written=address) for address in mails[:1])
    phones = tuple(Contact(value=number, written=number) for number in person.phones)
    rolls.hits.add(Feature.FREE_TEXT)
    return note_of(emails, phones), mined_values(emails, phones)


def note_of(emails: tuple[Contact, ...], phones: tuple[Contact, ...]) -> str:
    """Give a provider's free text that holds what others put into fields."""
    parts = [f"Account holder e-mail: {contact.value}." for contact in emails]
    parts += [f"Contact number {phone_spaced(contact.value)}." for contact in phones]
    return "Synthetic note. " + " ".join(parts)


def mined_values(emails: tuple[Contact, ...], phones: tuple[Contact, ...]) -> tuple[Value, ...]:
    """Give the identifiers that such a note holds."""
    return (
        *(Value("Email", contact.value) for contact in emails),
        *(Value("Phone", contact.value) for contact in phones),
    )


def _devices(person: Offender, rolls: Rolls) -> tuple[tuple[str, str], ...]:
    devices: list[tuple[str, str]] = []
    if rolls.hit(Feature.DEVICE):
        devices.append(("Advertising ID", person.device))
    if rolls.hit(Feature.NETWORK_NAME):
        devices.append(("SSID", rolls.dice.one(NETWORK_NAMES)))
    return tuple(devices)


def _associated(account: Account, rolls: Rolls) -> tuple[Person, ...]:
    others: list[Person] = []
    if rolls.hit(Feature.LINKED_ACCOUNT):
        name = f"{account.screen_name}.alt"
        second = replace(account, user_id=account.provider.user_id(rolls.dice), screen_name=name)
        others.append(Person(account=second, screen_name=name, account_type="Linked"))
    if rolls.hit(Feature.PARENT_ACCOUNT):
        setting = rolls.setting
        parent = bystander(setting.seed, "parent", rolls.dice.below(setting.complainants))
        contact = Contact(value=parent.email, written=parent.email, verified=True, kind="Home")
        others.append(
            Person(
                first_name=parent.first_name,
                last_name=parent.last_name,
                emails=(contact,),
                account_type="Parent/Guardian",
            )
        )
    return tuple(others)


def _human(person: Offender, rolls: Rolls) -> Person:
    """Give name, age, date of birth and place, as far as they are stated; some are not true."""
    dice = rolls.dice
    lies = Feature.FALSE_BIRTH_DATE in rolls.forced
    named = lies or rolls.stated(distributions.NAME_STATED)
    located = Feature.WRONG_PLACE in rolls.forced or rolls.stated(distributions.LOCATION_STATED)
    minor = 15 if rolls.hit(Feature.MINOR_TO_MINOR) else None
    born: str | None = None
    if named and minor is None and (lies or rolls.stated(distributions.BIRTH_DATE_STATED)):
        is_false = rolls.hit(Feature.FALSE_BIRTH_DATE)
        born = birth_date(dice) if is_false else person.birth_date
    age = 1970 + rolls.incident // _YEAR - int((born or person.birth_date)[:4])
    where: tuple[str | None, str | None, str | None] = (None, None, None)
    if located:
        where = (person.city, person.state, person.country)
        if rolls.hit(Feature.WRONG_PLACE):
            where = place(dice)
    return Person(
        first_name=person.first_name if named else None,
        last_name=person.last_name if named else None,
        age=minor or (age if named else None),
        date_of_birth=born,
        city=where[0],
        state=where[1],
        country=where[2],
    )


def reported_person(person: Offender, account: Account, rolls: Rolls) -> Person:
    """Give the reported person's block; every part but the account may be missing."""
    emails: tuple[Contact, ...] = ()
    phones: tuple[Contact, ...] = ()
    note: str | None = None
    mined: tuple[Value, ...] = ()
    if account.provider.free_text or rolls.hit(Feature.FREE_TEXT):
        note, mined = _note(person, account, rolls)
    else:
        emails, phones = _contacts(person, account, rolls)
    shown = bool(rolls.forced) or rolls.stated(distributions.SCREEN_NAME_STATED)
    if shown and account.common:
        rolls.hits.add(Feature.COMMON_ALIAS)
    page = account.user_id if account.common else account.screen_name
    url = f"https://{account.provider.domain}/u/{page}"
    return replace(
        _human(person, rolls),
        account=account,
        screen_name=account.screen_name if shown else None,
        display_name=person.first_name if rolls.stated(distributions.DISPLAY_NAME_STATED) else None,
        emails=emails,
        phones=phones,
        captures=captures(person, rolls),
        profile_url=url if rolls.stated(distributions.PROFILE_URL_STATED) else None,
        devices=_devices(person, rolls),
        compromised=True if rolls.hit(Feature.COMPROMISED_ACCOUNT) else None,
        third_party=rolls.hit(Feature.THIRD_PARTY_USER),
        note=note,
        mined=mined,
        associated=_associated(account, rolls),
    )
