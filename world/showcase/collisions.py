"""The showcase collisions: agencies that truly meet, each pair through something else."""

from __future__ import annotations

from dataclasses import dataclass, replace

from world import providers
from world.agencies import (
    DUNMARROW,
    FEDERAL,
    HARROW,
    LARKSPUR,
    STONEPINE,
    TARNHOLLOW,
    Agency,
    Claim,
    Investigation,
    claim,
)
from world.dice import Dice
from world.drafts import Value
from world.features import Feature, Form
from world.meetings import meeting
from world.people import Account, Offender
from world.reserved import phone_national, phone_spaced
from world.showcase.stage import block, email, player, shot, telephone
from world.stories import Cast, Told, hub_values, investigation

PERSONA_PLAYER = 8
SERIES_PLAYERS = (9, 10, 11)


def account_value(account: Account) -> Value:
    """Give an account as an identifier."""
    return Value("Account", account.user_id, account.provider.name, account.provider.service)


def opened_with(
    cast: Cast, agency: Agency, label: str, *, claims: tuple[Claim, ...]
) -> Investigation:
    """Give an investigation that was opened when the scene's first tip came."""
    dice = Dice(cast.setting.seed, "showcase", agency.key, label)
    made = investigation(agency, label, opened=cast.received[0], values=(), dice=dice)
    return replace(made, claims=claims)


@dataclass(frozen=True, slots=True)
class SameEmail:
    """Both claim one e-mail address, one of them in other letter case."""

    days: tuple[float, ...] = (700.0, 760.0)

    def tell(self, cast: Cast) -> Told:
        """Give two tips about the person and the collision."""
        person = player(cast, 1, providers.CHAT, providers.PICTURES)
        shots = (
            shot(cast, 0, provider=providers.CHAT, form=Form.JSON),
            shot(cast, 1, provider=providers.PICTURES, form=Form.XML),
        )
        contact = (email(person.emails[0]),)
        drafts = tuple(
            scene.tip(block(account, emails=contact))
            for scene, account in zip(shots, person.accounts, strict=True)
        )
        value = Value("Email", person.emails[0])
        first = opened_with(cast, LARKSPUR, "EMAIL", claims=(claim(value),))
        upper = replace(claim(value), written=person.emails[0].upper())
        second = opened_with(cast, STONEPINE, "EMAIL", claims=(upper,))
        meets = meeting(first, second, drafts=drafts, hubs=hub_values(cast.setting))
        return Told(
            drafts=drafts,
            group="showcase-email",
            investigations=(first, second),
            meetings=(meets,),
        )


@dataclass(frozen=True, slots=True)
class RenamedProvider:
    """Both claim one account, but call the provider by its former and its present name."""

    days: tuple[float, ...] = (120.0, 620.0)

    def tell(self, cast: Cast) -> Told:
        """Give a tip from before and one from after the renaming, and the collision."""
        person = player(cast, 2, providers.RENAMED)
        account = person.accounts[0]
        drafts = tuple(
            shot(cast, position, provider=providers.RENAMED, form=Form.JSON).tip(block(account))
            for position in range(2)
        )
        value = account_value(account)
        former = claim(value, provider=providers.RENAMED.former_name)
        first = opened_with(cast, HARROW, "RENAMED", claims=(former,))
        second = opened_with(cast, DUNMARROW, "RENAMED", claims=(claim(value),))
        meets = meeting(first, second, drafts=drafts, hubs=hub_values(cast.setting))
        return Told(
            drafts=drafts,
            group="showcase-renamed",
            investigations=(first, second),
            meetings=(meets,),
        )


@dataclass(frozen=True, slots=True)
class SamePhone:
    """Both claim one number, one of them in national form with its region."""

    days: tuple[float, ...] = (820.0,)

    def tell(self, cast: Cast) -> Told:
        """Give one tip and the collision."""
        person = player(cast, 3, providers.CHAT)
        scene = shot(cast, 0, provider=providers.CHAT, form=Form.JSON)
        number = person.phones[0]
        draft = scene.tip(block(person.accounts[0], phones=(telephone(number, scene.form),)))
        value = Value("Phone", number)
        spaced = replace(claim(value), written=phone_spaced(number))
        national = replace(claim(value), written=phone_national(number), region="US")
        first = opened_with(cast, LARKSPUR, "PHONE", claims=(spaced,))
        second = opened_with(cast, TARNHOLLOW, "PHONE", claims=(national,))
        meets = meeting(first, second, drafts=(draft,), hubs=hub_values(cast.setting))
        return Told(drafts=(draft,), investigations=(first, second), meetings=(meets,))


@dataclass(frozen=True, slots=True)
class OneTip:
    """One claims the account, the other the phone; a single tip states both."""

    days: tuple[float, ...] = (880.0,)

    def tell(self, cast: Cast) -> Told:
        """Give the tip and the collision."""
        person = player(cast, 4, providers.PICTURES)
        scene = shot(cast, 0, provider=providers.PICTURES, form=Form.XML)
        number = person.phones[0]
        account = person.accounts[0]
        draft = scene.tip(block(account, phones=(telephone(number, scene.form),)))
        first = opened_with(cast, STONEPINE, "ONETIP", claims=(claim(account_value(account)),))
        second = opened_with(cast, FEDERAL, "ONETIP", claims=(claim(Value("Phone", number)),))
        meets = meeting(first, second, drafts=(draft,), hubs=hub_values(cast.setting))
        return Told(drafts=(draft,), investigations=(first, second), meetings=(meets,))


@dataclass(frozen=True, slots=True)
class BothEnds:
    """One claims the reported account, the other the intended recipient's."""

    days: tuple[float, ...] = (940.0,)

    def tell(self, cast: Cast) -> Told:
        """Give the tip and the collision."""
        sender, receiver = (player(cast, n, providers.GAMES).accounts[0] for n in (5, 6))
        scene = shot(cast, 0, provider=providers.GAMES, form=Form.XML)
        draft = scene.tip(
            block(sender),
            recipients=(block(receiver),),
            features=frozenset({Feature.INTENDED_RECIPIENT}),
        )
        first = opened_with(cast, HARROW, "ENDS", claims=(claim(account_value(sender)),))
        second = opened_with(cast, TARNHOLLOW, "ENDS", claims=(claim(account_value(receiver)),))
        meets = meeting(first, second, drafts=(draft,), hubs=hub_values(cast.setting))
        return Told(drafts=(draft,), investigations=(first, second), meetings=(meets,))


@dataclass(frozen=True, slots=True)
class KnownSeries:
    """Three strangers hold a file of a known series; two agencies work them."""

    days: tuple[float, ...] = (500.0, 780.0, 1_020.0)

    def tell(self, cast: Cast) -> Told:
        """Give one tip for each holder; the agencies meet over the file."""
        holders: list[Offender] = [player(cast, n, providers.STORAGE) for n in SERIES_PLAYERS]
        drafts = tuple(
            shot(cast, position, provider=providers.STORAGE, form=form).tip(
                block(holder.accounts[0]), md5s=(cast.setting.series_md5,)
            )
            for position, (holder, form) in enumerate(
                zip(holders, (Form.JSON, Form.XML, Form.XML), strict=True)
            )
        )
        claims = tuple(claim(account_value(holder.accounts[0])) for holder in holders)
        first = opened_with(cast, HARROW, "SERIES", claims=claims[:2])
        second = opened_with(cast, LARKSPUR, "SERIES", claims=claims[2:])
        meets = meeting(first, second, drafts=drafts, hubs=hub_values(cast.setting))
        return Told(drafts=drafts, investigations=(first, second), meetings=(meets,))


@dataclass(frozen=True, slots=True)
class OfficerPersona:
    """A suspect writes to an account that is another agency's officer."""

    days: tuple[float, ...] = (985.0,)

    def tell(self, cast: Cast) -> Told:
        """Give the tip; the meeting is kept apart from the others, as it is of another kind."""
        suspect = player(cast, 7, providers.CHAT).accounts[0]
        persona = player(cast, PERSONA_PLAYER, providers.CHAT).accounts[0]
        draft = shot(cast, 0, provider=providers.CHAT, form=Form.JSON).tip(
            block(suspect),
            recipients=(block(persona),),
            features=frozenset({Feature.INTENDED_RECIPIENT}),
        )
        own = claim(account_value(persona), role="officer persona")
        first = opened_with(cast, STONEPINE, "PERSONA", claims=(claim(account_value(suspect)),))
        second = opened_with(cast, LARKSPUR, "PERSONA", claims=(own,))
        # Worked out as if the persona were a suspect: the way from one to the other is the same.
        as_suspect = replace(second, claims=(claim(account_value(persona)),))
        meets = meeting(first, as_suspect, drafts=(draft,), hubs=hub_values(cast.setting))
        return Told(
            drafts=(draft,),
            investigations=(first, second),
            persona_meetings=(replace(meets, second=second),),
        )


COLLISIONS = (
    SameEmail(),
    RenamedProvider(),
    SamePhone(),
    OneTip(),
    BothEnds(),
    KnownSeries(),
    OfficerPersona(),
)
