"""Evidence in words: what it is, why it counts what it counts, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.scoring.addresses import CLASS_WORDS, GAP_WORDS, Meeting, Port
from graph.scoring.bands import band_words
from graph.scoring.evidence import Evidence, Relation
from graph.scoring.networks import NetworkClass
from graph.scoring.observations import QUALITY_ORDER, Observation

KIND_WORDS: dict[IdentifierKind, str] = {
    IdentifierKind.ACCOUNT: "account",
    IdentifierKind.EMAIL: "e-mail address",
    IdentifierKind.PHONE: "phone number",
    IdentifierKind.IP_ADDRESS: "IP address",
    IdentifierKind.FILE_HASH: "file hash",
    IdentifierKind.DEVICE: "device",
    IdentifierKind.URL: "web address",
    IdentifierKind.SCREEN_NAME: "screen name",
}
_PART_WORDS = {
    "quality.verified": "both providers say it was verified",
    "quality.recovery": "on one side it is only a recovery contact",
    "quality.mined": "on one side it was found in free text, not stated in a field",
    "quality.compromised": "on one side the account is said to have been taken over",
    "state.known_series": "the file belongs to a known series that strangers hold",
    "state.viral": "the file is viral: strangers hold it",
    "role.other": "on one side it is not the reported person's own",
}
_TRAIT_WORDS = {
    "birth.same": "Both tips give the same date of birth.",
    "birth.differs": "The tips give different dates of birth.",
    "country.differs": "The tips place their subjects in different countries.",
    "alias.same": "Both tips give the same screen name, at different providers.",
    "account.differs": "Both tips name an account at the same provider, and not the same one.",
    "email.differs": "Both tips state e-mail addresses of the reported person, and share none.",
    "phone.differs": "Both tips state phone numbers of the reported person, and share none.",
}


def sentence_of(item: Evidence) -> str:
    """Give one piece of evidence in a sentence or two, without the value itself."""
    if item.kind is None:
        return _trait_sentence(item)
    kind = KIND_WORDS[item.kind]
    roles = f"{_roles(item.own)} here, {_roles(item.other)} there"
    if item.relation is Relation.CHILD:
        return f"This {kind} may be the same child's ({roles}): for protection, no subject link."
    if item.relation is Relation.REVIEW:
        return f"This {kind} is {roles}: look at it, it makes nobody a subject."
    said = [*_meeting(item.meeting)] if item.meeting is not None else []
    said.append(band_words(item.band))
    if item.kind is IdentifierKind.SCREEN_NAME:
        said[-1] += ", whatever the provider"
    said.extend(_doubts(item))
    if item.uncompared > 0:
        said.append(f"{item.uncompared} later uses were not compared")
    text = f"Both tips have this {kind} ({roles}): {'; '.join(said)}."
    return f"{text} {item.less}" if item.less is not None else text


def _trait_sentence(item: Evidence) -> str:
    words = _TRAIT_WORDS[item.name]
    if item.name == "alias.same":
        words = f"{words} Of the name: {band_words(item.band)}."
    elif item.relation is Relation.AGAINST and item.alone == 0:
        words = f"{words} It weighs nothing: where it was estimated, one person had several."
    return f"{words} {item.less}" if item.less is not None else words


def _doubts(item: Evidence) -> Iterator[str]:
    for name, _ in item.parts:
        if name not in _PART_WORDS:
            continue
        sides = [_is_doubtful(name, side) for side in (item.own, item.other)]
        yield _PART_WORDS[name].replace(
            "on one side", "on both sides" if all(sides) else "on one side"
        )


def _is_doubtful(name: str, side: Sequence[Observation]) -> bool:
    if name == "role.other":
        return all(o.role not in (Role.REPORTED, Role.FILE) for o in side)
    best = min((o.quality for o in side), key=QUALITY_ORDER.__getitem__)
    return name == f"quality.{best.value}"


def _meeting(meeting: Meeting) -> list[str]:
    said = [CLASS_WORDS[meeting.network_class], f"used {GAP_WORDS[meeting.gap]}"]
    if meeting.gap.value == "untimed":
        said[1] = GAP_WORDS[meeting.gap]
    if meeting.zone_unsure:
        said.append("a time zone is not stated, so the widest gap that the times allow counts")
    if meeting.port is Port.SAME:
        said.append("with the same source port")
    elif meeting.port is Port.OTHER:
        said.append("with different source ports")
    elif meeting.network_class is NetworkClass.CARRIER_NAT:
        said.append("no source port tells its subscribers apart")
    return said


def _roles(side: tuple[Observation, ...]) -> str:
    return " and ".join(sorted({o.role.value for o in side})).replace("_", " ")
