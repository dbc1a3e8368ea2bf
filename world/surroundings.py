"""Who and what stands around the reported person: other people, police, texts, annotations."""

from __future__ import annotations

from world import distributions
from world.agencies import POLICE_TOLD
from world.drafts import Contact, Person, PoliceContact
from world.features import Feature
from world.people import Account, base36, bystander
from world.rolls import Rolls
from world.words import HANDLE_FIRST, HANDLE_SECOND

INCIDENT_TYPES = (
    "Child Pornography (possession, manufacture, and distribution)",
    "Online Enticement of Children for Sexual Acts",
    "Child Sex Trafficking",
    "Unsolicited Obscene Material Sent to a Child",
    "Child Sexual Molestation",
    "Misleading Words or Digital Images on the Internet",
)
OLD_INCIDENT_TYPE = "Online Enticement of Children for Sexual Act"
ANNOTATIONS = (
    "sextortion",
    "csamSolicitation",
    "spam",
    "sadisticOnlineExploitation",
    "potentialAggravatingFactors",
    "instrumentalUse",
)
ESCALATION = "Synthetic escalation: the provider believes that a child is in danger now."
TIME_DESCRIPTION = "Synthetic: the time at which the provider's system detected the upload."
CONVERSATION = "Synthetic conversation text. Person A: hello. Person B: my other address is"
BUNDLE_NOTE = "Synthetic: bundled report about several users who passed on one file."


def recipients(account: Account, rolls: Rolls) -> tuple[Person, ...]:
    """Give the other party, a stranger who is in no other tip."""
    if not rolls.hit(Feature.INTENDED_RECIPIENT):
        return ()
    dice = rolls.dice
    tail = base36(dice.getrandbits(40))
    name = f"{dice.one(HANDLE_SECOND)}.{tail}"
    other = Account(
        provider=account.provider, user_id=account.provider.user_id(dice), screen_name=name
    )
    address = f"{name}@post.example.net"
    contact = Contact(value=address, written=address)
    emails = (contact,) if dice.chance(distributions.RECIPIENT_EMAIL_STATED.share) else ()
    return (Person(account=other, screen_name=name, emails=emails),)


def victim(seed: int, number: int) -> Person:
    """Give the victim of that number as a tip states him or her."""
    who = bystander(seed, "victim", number)
    contact = Contact(value=who.email, written=who.email, verified=None, kind="Home")
    return Person(
        first_name=who.first_name,
        last_name=who.last_name,
        age=who.age,
        screen_name=who.screen_name,
        emails=(contact,),
        note="Synthetic victim.",
    )


def complainant(seed: int, number: int) -> Person:
    """Give the member of the public of that number who reported a tip."""
    who = bystander(seed, "complainant", number)
    email = Contact(value=who.email, written=who.email, kind="Home")
    number_written = Contact(value=who.phone, written=who.phone[2:], kind="Home", calling_code="+1")
    return Person(
        first_name=who.first_name,
        last_name=who.last_name,
        emails=(email,),
        phones=(number_written,),
    )


def victims(rolls: Rolls) -> tuple[Person, ...]:
    """Give the tip's victim, who may be in other tips about strangers."""
    if not rolls.hit(Feature.RECURRING_VICTIM):
        return ()
    return (victim(rolls.setting.seed, rolls.dice.below(rolls.setting.victims)),)


def complainant_of(rolls: Rolls) -> Person | None:
    """Give the member of the public who reported, if the tip is not the provider's own."""
    if not rolls.hit(Feature.RECURRING_COMPLAINANT):
        return None
    return complainant(rolls.setting.seed, rolls.dice.below(rolls.setting.complainants))


def police(rolls: Rolls) -> PoliceContact | None:
    """Give the agency that the provider has told, if it has."""
    if not rolls.hit(Feature.LAW_ENFORCEMENT):
        return None
    return PoliceContact(
        agency=POLICE_TOLD.name,
        reference=f"DUN-2024-{rolls.dice.below(9_000) + 1_000}",
        officer_email=f"intake@{POLICE_TOLD.key}.example.org",
    )


def incident_type(rolls: Rolls) -> str:
    """Give NCMEC's wording of the incident type, or an old client's wrong one."""
    if rolls.hit(Feature.OLD_INCIDENT_TYPE):
        return OLD_INCIDENT_TYPE
    return INCIDENT_TYPES[rolls.dice.draw(distributions.INCIDENT_TYPE.table)]


def report_annotations(rolls: Rolls) -> tuple[str, ...]:
    """Give the report annotations, in the order of NCMEC's schema as far as it is known."""
    found: list[str] = []
    if rolls.hit(Feature.REPORT_ANNOTATIONS):
        found.append(rolls.dice.one(ANNOTATIONS))
    if Feature.MINOR_TO_MINOR in rolls.hits:
        found.append("minorToMinorInteraction")
    if rolls.hit(Feature.INFORMATIONAL):
        found.append("informational")
    return tuple(found)


def priority(rolls: Rolls) -> str | None:
    """Give NCMEC's priority code: 1 and E mean imminent danger."""
    if rolls.hit(Feature.IMMINENT_DANGER):
        return "1"
    if rolls.hit(Feature.EMERGENCY):
        return "E"
    if rolls.hit(Feature.LOWER_PRIORITY):
        return rolls.dice.one(("2", "3"))
    return None


def conversation(rolls: Rolls) -> str | None:
    """Give an invented text in place of a chat; it holds a stranger's address to be mined."""
    if not rolls.hit(Feature.CONVERSATION):
        return None
    return f"{CONVERSATION} talk.{base36(rolls.dice.getrandbits(40))}@courier.example."


def status(rolls: Rolls) -> str | None:
    """Give NCMEC's status, which is another thing than a provider's annotation `informational`."""
    if not rolls.hit(Feature.NCMEC_STATUS):
        return None
    return rolls.dice.one(("referral", "informational"))


def web_page(rolls: Rolls) -> str | None:
    """Give the page on which it happened, for some tips."""
    if not rolls.hit(Feature.WEB_PAGE):
        return None
    return f"https://{rolls.provider.domain}/t/{rolls.dice.digits(12)}"


def notes(rolls: Rolls) -> tuple[str, ...]:
    """Give the reporter's own remarks on the incident, for some tips."""
    dice = rolls.dice
    if Feature.BUNDLED in rolls.hits:
        return (BUNDLE_NOTE,)
    if not dice.chance(distributions.NOTE_STATED.share):
        return ()
    return (f"Synthetic note about {dice.one(HANDLE_FIRST)} {dice.one(HANDLE_SECOND)}.",)
