"""The showcase offender: eight tips over six providers and both formats, one person behind them.

Seven of the tips hang together with the start tip directly or over one other tip, each time
through another kind of identifier; the carrier's address and the viral file that the start tip
also shows must not bring anybody else in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from world import providers
from world.agencies import FEDERAL, HARROW
from world.calendar_text import DAY
from world.dice import Dice
from world.drafts import TipDraft, Value
from world.features import Feature, Form
from world.meetings import meeting
from world.networks import CARRIER_NAT_ADDRESS
from world.people import Account, Offender
from world.providers import Provider
from world.reported import mined_values, note_of
from world.showcase.stage import Shot, at_address, block, email, player, shot, telephone
from world.stories import Cast, Told, hub_values, investigation
from world.surroundings import ESCALATION

START = 2
"""Position of the tip to begin with."""


def _account(person: Offender, provider: Provider) -> Account:
    return next(account for account in person.accounts if account.provider is provider)


def _home(person: Offender) -> str:
    """Give the address that the person's line has during the whole scene."""
    return person.household.ipv4(0)


def _before_renaming(person: Offender, scene: Shot) -> TipDraft:
    account = _account(person, providers.RENAMED)
    return scene.tip(block(account, emails=(email(person.emails[1]),)))


def _after_renaming(person: Offender, scene: Shot) -> TipDraft:
    account = _account(person, providers.RENAMED)
    return scene.tip(block(account, phones=(telephone(person.phones[0], scene.form),)))


def _start(person: Offender, scene: Shot) -> TipDraft:
    rolls = scene.rolls
    home = _home(person)
    reported = block(
        _account(person, providers.CHAT),
        emails=(email(person.emails[0]),),
        phones=(telephone(person.phones[0], scene.form),),
        captures=(
            at_address(rolls, home, hours=0, port=40_123),
            at_address(rolls, CARRIER_NAT_ADDRESS, hours=30),
        ),
    )
    features = frozenset({Feature.CARRIER_NAT, Feature.VIRAL_FILE})
    return scene.tip(reported, md5s=(rolls.setting.viral_md5,), features=features)


def _same_account(person: Offender, scene: Shot) -> TipDraft:
    account = replace(_account(person, providers.CHAT), screen_name=f"new.{person.serial}")
    capture = at_address(scene.rolls, _home(person), hours=0)
    drift = frozenset({Feature.ALIAS_DRIFT})
    draft = scene.tip(block(account, captures=(capture,)), features=drift)
    if scene.form is Form.XML:
        return replace(draft, escalation=ESCALATION, features=draft.features | {Feature.ESCALATED})
    return replace(draft, priority="1", features=draft.features | {Feature.IMMINENT_DANGER})


def _same_email(person: Offender, scene: Shot) -> TipDraft:
    account = _account(person, providers.PICTURES)
    return scene.tip(
        block(account, emails=(email(person.emails[0]),)),
        md5s=(person.library[0],),
        features=frozenset({Feature.OWN_FILE_AGAIN}),
    )


def _same_file(person: Offender, scene: Shot) -> TipDraft:
    return scene.tip(
        block(_account(person, providers.STORAGE)),
        md5s=(person.library[0],),
        features=frozenset({Feature.OWN_FILE_AGAIN}),
    )


def _free_text(person: Offender, scene: Shot) -> TipDraft:
    emails = (email(person.emails[0]),)
    reported = replace(
        block(_account(person, providers.PAYMENTS)),
        note=note_of(emails, ()),
        mined=mined_values(emails, ()),
    )
    return scene.tip(reported, features=frozenset({Feature.FREE_TEXT}))


def _same_phone(person: Offender, scene: Shot) -> TipDraft:
    account = _account(person, providers.GAMES)
    address = person.household.ipv6(scene.rolls.incident, 1)
    reported = block(
        account,
        phones=(telephone(person.phones[0], scene.form),),
        captures=(at_address(scene.rolls, address),),
    )
    return scene.tip(reported, features=frozenset({Feature.IPV6}))


def with_prior(draft: TipDraft, earlier: int) -> TipDraft:
    """Give the draft with a pointer to an earlier tip, where its format has a place for one."""
    if draft.form is not Form.XML:
        return draft
    return replace(draft, prior=(earlier,), features=draft.features | {Feature.PRIOR_HELD})


_SHOTS: tuple[tuple[float, Provider, Form, Callable[[Offender, Shot], TipDraft]], ...] = (
    (90.0, providers.RENAMED, Form.JSON, _before_renaming),
    (400.0, providers.RENAMED, Form.JSON, _after_renaming),
    (900.0, providers.CHAT, Form.JSON, _start),
    (903.0, providers.CHAT, Form.XML, _same_account),
    (1000.0, providers.PICTURES, Form.XML, _same_email),
    (1010.0, providers.STORAGE, Form.JSON, _same_file),
    (1100.0, providers.PAYMENTS, Form.JSON, _free_text),
    (1150.0, providers.GAMES, Form.XML, _same_phone),
)


@dataclass(frozen=True, slots=True)
class Ring:
    """The scene: one offender, and two agencies that meet over the start tip."""

    days: tuple[float, ...] = tuple(day for day, _, _, _ in _SHOTS)

    def tell(self, cast: Cast) -> Told:
        """Give the eight tips and the collision."""
        person = player(cast, 0, *(provider for _, provider, _, _ in _SHOTS))
        drafts = tuple(
            build(person, shot(cast, position, provider=provider, form=form))
            for position, (_, provider, form, build) in enumerate(_SHOTS)
        )
        drafts = (*drafts[:3], with_prior(drafts[3], drafts[START].number), *drafts[4:])
        dice = Dice(cast.setting.seed, "ring")
        account = _account(person, providers.CHAT)
        values = (
            Value("Account", account.user_id, account.provider.name, account.provider.service),
            Value("Email", person.emails[0]),
        )
        opened = cast.received[START] + 2 * DAY
        mine, theirs = (
            investigation(agency, "RING", opened=opened, values=(value,), dice=dice)
            for agency, value in zip((HARROW, FEDERAL), values, strict=True)
        )
        meets = meeting(mine, theirs, drafts=drafts, hubs=hub_values(cast.setting))
        return Told(
            drafts=drafts,
            group="showcase-ring",
            start=drafts[START].number,
            investigations=(mine, theirs),
            meetings=(meets,),
        )
