"""Agencies that seem to meet and do not, and strangers who share what links nobody."""

from __future__ import annotations

from dataclasses import dataclass, replace

from world import providers
from world.agencies import DUNMARROW, FEDERAL, HARROW, LARKSPUR, STONEPINE, TARNHOLLOW, claim
from world.drafts import TipDraft, Value
from world.features import Feature, Form
from world.networks import CARRIER_NAT_ADDRESS
from world.people import Offender
from world.providers import Provider
from world.showcase.collisions import account_value, opened_with
from world.showcase.stage import at_address, block, player, shot
from world.stories import Cast, FalseFriends, Told
from world.surroundings import complainant, victim


def _strangers(cast: Cast, first: int, *, count: int, provider: Provider) -> list[Offender]:
    return [player(cast, first + number, provider) for number in range(count)]


@dataclass(frozen=True, slots=True)
class CarrierNat:
    """Both claim their own suspect's account and the carrier's shared address."""

    days: tuple[float, ...] = (710.0, 715.0)

    def tell(self, cast: Cast) -> Told:
        """Give one tip for each stranger, both from the shared address."""
        people = _strangers(cast, 20, count=2, provider=providers.CHAT)
        drafts: list[TipDraft] = []
        for position, person in enumerate(people):
            scene = shot(cast, position, provider=providers.CHAT, form=Form.JSON)
            capture = at_address(scene.rolls, CARRIER_NAT_ADDRESS)
            reported = block(person.accounts[0], captures=(capture,))
            drafts.append(scene.tip(reported, features=frozenset({Feature.CARRIER_NAT})))
        address = Value("IpAddress", CARRIER_NAT_ADDRESS)
        first, second = (
            opened_with(
                cast,
                agency,
                "NAT",
                claims=(claim(account_value(person.accounts[0])), claim(address)),
            )
            for agency, person in zip((STONEPINE, TARNHOLLOW), people, strict=True)
        )
        pair = FalseFriends(
            first=first,
            second=second,
            through=address,
            why="Both claim an address that a carrier gives to many subscribers at once.",
        )
        return Told(drafts=tuple(drafts), investigations=(first, second), false_friends=(pair,))


@dataclass(frozen=True, slots=True)
class ViralFile:
    """Two strangers' tips share nothing but the viral file."""

    days: tuple[float, ...] = (730.0, 732.0)

    def tell(self, cast: Cast) -> Told:
        """Give one tip for each stranger, both with the viral file."""
        people = _strangers(cast, 22, count=2, provider=providers.PICTURES)
        viral = cast.setting.viral_md5
        drafts = tuple(
            shot(cast, position, provider=providers.PICTURES, form=form).tip(
                block(person.accounts[0]),
                md5s=(viral,),
                features=frozenset({Feature.VIRAL_FILE}),
            )
            for position, (person, form) in enumerate(
                zip(people, (Form.XML, Form.JSON), strict=True)
            )
        )
        first, second = (
            opened_with(cast, agency, "VIRAL", claims=(claim(account_value(person.accounts[0])),))
            for agency, person in zip((DUNMARROW, LARKSPUR), people, strict=True)
        )
        pair = FalseFriends(
            first=first,
            second=second,
            through=Value("FileHash", viral, subtype="MD5"),
            why="Their tips meet only in a file that very many people passed on.",
        )
        return Told(drafts=drafts, investigations=(first, second), false_friends=(pair,))


@dataclass(frozen=True, slots=True)
class SameVictim:
    """Three strangers' tips name one victim; two agencies claim the victim's address as hers."""

    days: tuple[float, ...] = (640.0, 650.0, 655.0)

    def tell(self, cast: Cast) -> Told:
        """Give one tip for each stranger, with the same victim."""
        people = _strangers(cast, 24, count=3, provider=providers.GAMES)
        child = victim(cast.setting.seed, 0)
        drafts: list[TipDraft] = []
        for position, person in enumerate(people):
            form = Form.JSON if position == 1 else Form.XML
            scene = shot(cast, position, provider=providers.GAMES, form=form)
            features = frozenset({Feature.RECURRING_VICTIM})
            draft = scene.tip(block(person.accounts[0]), features=features)
            drafts.append(replace(draft, victims=(child,)))
        address = Value("Email", child.emails[0].value)
        first, second = (
            opened_with(
                cast,
                agency,
                "VICTIM",
                claims=(claim(account_value(person.accounts[0])), claim(address, role="victim")),
            )
            for agency, person in zip((HARROW, STONEPINE), people[:2], strict=True)
        )
        pair = FalseFriends(
            first=first,
            second=second,
            through=address,
            why="They meet in a victim: a notice to protect a child, no common subject.",
        )
        return Told(drafts=tuple(drafts), investigations=(first, second), false_friends=(pair,))


@dataclass(frozen=True, slots=True)
class SameComplainant:
    """A member of the public reports three strangers and is one agency's suspect as well."""

    days: tuple[float, ...] = (660.0, 668.0, 670.0)

    def tell(self, cast: Cast) -> Told:
        """Give one tip for each stranger, reported by the same person where XML is written."""
        people = _strangers(cast, 27, count=3, provider=providers.FORUM)
        caller = complainant(cast.setting.seed, 0)
        drafts: list[TipDraft] = []
        for position, person in enumerate(people):
            scene = shot(cast, position, provider=providers.FORUM, form=Form.XML)
            draft = scene.tip(block(person.accounts[0]))
            if scene.form is Form.XML:
                has = draft.features | {Feature.RECURRING_COMPLAINANT}
                draft = replace(draft, complainant=caller, features=has)
            drafts.append(draft)
        address = Value("Email", caller.emails[0].value)
        first = opened_with(
            cast, LARKSPUR, "CALLER", claims=(claim(account_value(people[0].accounts[0])),)
        )
        second = opened_with(cast, FEDERAL, "CALLER", claims=(claim(address),))
        pair = FalseFriends(
            first=first,
            second=second,
            through=address,
            why="Who reports a tip is no subject of it; a person may look at it, no link is made.",
        )
        return Told(drafts=tuple(drafts), investigations=(first, second), false_friends=(pair,))


@dataclass(frozen=True, slots=True)
class OwnAgency:
    """Two investigations of one agency claim the same account: no overlap between agencies."""

    days: tuple[float, ...] = (860.0,)

    def tell(self, cast: Cast) -> Told:
        """Give one tip about the person."""
        account = player(cast, 30, providers.CHAT).accounts[0]
        draft = shot(cast, 0, provider=providers.CHAT, form=Form.XML).tip(block(account))
        value = account_value(account)
        first, second = (
            opened_with(cast, HARROW, label, claims=(claim(value),)) for label in ("OWN1", "OWN2")
        )
        pair = FalseFriends(
            first=first,
            second=second,
            through=value,
            why="Both investigations are the same agency's.",
        )
        return Told(drafts=(draft,), investigations=(first, second), false_friends=(pair,))


@dataclass(frozen=True, slots=True)
class CirculatingFile:
    """Three strangers share a file that circulates; nobody works them."""

    days: tuple[float, ...] = (540.0, 840.0, 1_210.0)

    def tell(self, cast: Cast) -> Told:
        """Give one tip for each stranger."""
        people = _strangers(cast, 31, count=3, provider=providers.STORAGE)
        drafts = tuple(
            shot(cast, position, provider=providers.STORAGE, form=Form.JSON).tip(
                block(person.accounts[0]),
                md5s=(cast.setting.circulating[0],),
                features=frozenset({Feature.CIRCULATING_FILE}),
            )
            for position, person in enumerate(people)
        )
        return Told(drafts=drafts)


FALSE_FRIENDS = (
    CarrierNat(),
    ViralFile(),
    SameVictim(),
    SameComplainant(),
    OwnAgency(),
    CirculatingFile(),
)
