"""One tip about one person, with everything left to chance but what is forced."""

from __future__ import annotations

from dataclasses import dataclass, replace

from world import distributions, surroundings
from world.calendar_text import DAY, HOUR, date_only
from world.dice import Dice
from world.drafts import Capture, Contact, Person, TipDraft
from world.features import Feature, Form
from world.people import Account, Offender, base36
from world.reported import reported_person
from world.rolls import Rolls
from world.setting import NOT_HELD_BELOW, Setting
from world.uploads import VIEWED, uploaded_files


@dataclass(frozen=True, slots=True, kw_only=True)
class TipRequest:
    """What is settled about a tip before it is written."""

    number: int
    received: int
    earlier: tuple[int, ...] = ()
    """Numbers of the person's tips that were received before."""
    form: Form | None = None
    """The format, if it is settled."""
    alone: bool = False
    """The person has no other tip and nobody works it: the tip may be a bundle."""
    forced: frozenset[Feature] = frozenset()
    traits: frozenset[Feature] = frozenset()
    """What the tip has for reasons of its story."""


def _form(setting: Setting, dice: Dice) -> Form:
    if len(setting.forms) == 1:
        return setting.forms[0]
    return Form.JSON if dice.chance(distributions.JSON_SHARE.share) else Form.XML


def _stranger(account: Account, dice: Dice) -> Person:
    """Give one more user of a bundle, who is in no other tip."""
    tail = base36(dice.getrandbits(40))
    other = replace(account, user_id=account.provider.user_id(dice), screen_name=f"viewer.{tail}")
    return Person(account=other, screen_name=other.screen_name)


def _reported(person: Offender, account: Account, rolls: Rolls, *, alone: bool) -> list[Person]:
    if rolls.hit(Feature.NO_REPORTED_PERSON):
        return []
    people = [reported_person(person, account, rolls)]
    if alone and rolls.hit(Feature.BUNDLED):
        count = rolls.dice.draw(distributions.PEOPLE_PER_BUNDLE.table)
        people += [_stranger(account, rolls.dice) for _ in range(count - 1)]
    return people


def _incident_time(rolls: Rolls) -> tuple[str | None, str | None]:
    """Give the incident time as written and perhaps the words that explain it."""
    if rolls.hit(Feature.NO_INCIDENT_TIME):
        return None, None
    text = rolls.time(rolls.incident)
    if rolls.style is None and rolls.hit(Feature.DATE_ONLY):
        text = date_only(rolls.incident)
    described = rolls.hit(Feature.INCIDENT_TIME_DESCRIBED)
    return text, surroundings.TIME_DESCRIPTION if described else None


def _prior(request: TipRequest, rolls: Rolls) -> tuple[int, ...]:
    prior: list[int] = []
    if request.earlier and rolls.hit(Feature.PRIOR_HELD):
        prior.append(rolls.dice.one(request.earlier))
    if rolls.hit(Feature.PRIOR_NOT_HELD):
        prior.append(NOT_HELD_BELOW - rolls.dice.below(1_000_000))
    return tuple(prior)


def _provider_name(rolls: Rolls, received: int) -> str:
    name = rolls.provider.name_at(received)
    if name != rolls.provider.name:
        rolls.hits.add(Feature.FORMER_PROVIDER_NAME)
    return name


def _document_traits(rolls: Rolls) -> None:
    """Draw what concerns the file itself rather than its content."""
    if rolls.form is Form.JSON:
        rolls.hit(Feature.BYTE_ORDER_MARK)
        rolls.hit(Feature.UNKNOWN_KEY)
        rolls.among(Feature.NULL_KEYS, Feature.MISSING_KEYS)
    else:
        rolls.hit(Feature.COMPANY_TEMPLATE)


def _delay(dice: Dice) -> int:
    """Give how many seconds pass between incident and receipt."""
    return 1 + dice.below(HOUR * dice.draw(distributions.REPORTING_DELAY_HOURS.table))


def compose(
    person: Offender, account: Account, request: TipRequest, *, setting: Setting, dice: Dice
) -> TipDraft:
    """Give a tip about the person's account."""
    provider = account.provider
    rolls = Rolls(
        setting=setting,
        dice=dice,
        form=request.form or _form(setting, dice),
        provider=provider,
        incident=request.received - _delay(dice),
        forced=request.forced,
    )
    rolls.hits |= request.traits
    rolls.draw_style()
    reported = tuple(_reported(person, account, rolls, alone=request.alone))
    when, described = _incident_time(rolls)
    _document_traits(rolls)
    draft = TipDraft(
        number=request.number,
        form=rolls.form,
        received=request.received,
        delivered=request.received + DAY,
        provider=provider,
        provider_name=_provider_name(rolls, request.received),
        incident_type=surroundings.incident_type(rolls),
        incident_time=when,
        time_description=described,
        reported=reported,
        recipients=surroundings.recipients(account, rolls),
        victims=surroundings.victims(rolls),
        complainant=surroundings.complainant_of(rolls),
        files=uploaded_files(person, rolls),
        notes=surroundings.notes(rolls),
        web_page=surroundings.web_page(rolls),
        conversation=surroundings.conversation(rolls),
        annotations=surroundings.report_annotations(rolls),
        escalation=surroundings.ESCALATION if rolls.hit(Feature.ESCALATED) else None,
        priority=surroundings.priority(rolls),
        status=surroundings.status(rolls),
        batched=Feature.BUNDLED in rolls.hits,
        prior=_prior(request, rolls) if reported else (),
        police=surroundings.police(rolls),
        features=frozenset(),
    )
    if reported and reported[0].captures:
        rolls.hit(Feature.REDELIVERED)
    return replace(draft, features=frozenset(rolls.hits))


def _mistyped(capture: Capture) -> Capture:
    """Give the capture with a wrong last part of the address."""
    head, _, last = capture.address.rpartition(".")
    wrong = f"{head}.{(int(last) + 7) % 254 + 1}" if head else "240.255.255.9"
    return replace(capture, address=wrong, written=wrong)


def delivered_again(draft: TipDraft, dice: Dice) -> tuple[TipDraft, TipDraft]:
    """Give the first and the second delivery of a tip that was delivered twice.

    The first one has a typing error in an address and does not say whether files were viewed. The
    second one corrects the address, states the files as viewed and adds an e-mail address.
    """
    person = draft.reported[0]
    captures = tuple(map(_mistyped, person.captures[:1])) + person.captures[1:]
    first = replace(
        draft,
        files=tuple(replace(file, viewed=None, exif_viewed=None) for file in draft.files),
        reported=(replace(person, captures=captures), *draft.reported[1:]),
    )
    added = f"added.{base36(dice.getrandbits(40))}@letters.example.com"
    more = (*person.emails, Contact(value=added, written=added, verified=True))
    viewed = {Feature.VIEWED_YES} if draft.files else set()
    second = replace(
        draft,
        delivery=2,
        delivered=draft.delivered + DAY * (3 + dice.below(40)),
        files=tuple(replace(file, viewed=True) for file in draft.files),
        reported=(replace(person, emails=more), *draft.reported[1:]),
        notes=(*draft.notes, "Synthetic: corrected and completed by the provider."),
        features=draft.features - VIEWED.keys() | viewed,
    )
    return first, second
