"""Evidence that follows from other evidence is not counted twice.

- One account record: account, screen name and profile address of one provider are one observation.
  When both tips come from that provider, so are the contacts that it holds with the account. Only
  the strongest counts.
- Addresses, files, contacts of one kind, devices: the strongest counts in full, the next one half,
  the next a quarter, all others nothing: files come in albums, addresses from one household.
- Two hashes of one file are one file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.identifiers.account import key_parts
from graph.identifiers.core import IdentifierKind
from graph.scoring.evidence import Evidence
from graph.scoring.observations import Profile

_RECORD = "record:"
_SERIES = {
    IdentifierKind.EMAIL: "e-mail addresses",
    IdentifierKind.PHONE: "phone numbers",
    IdentifierKind.DEVICE: "devices",
    IdentifierKind.URL: "web addresses",
    IdentifierKind.IP_ADDRESS: "IP addresses",
    IdentifierKind.FILE_HASH: "files",
}
_CONTACTS = (IdentifierKind.EMAIL, IdentifierKind.PHONE)
_COUNTED = 3
"""How many of a series count at all."""
_SAME_FILE = "Another hash of a file that is counted already."
_FOLLOWS = "It follows from the account that both tips name: one record, counted once."
_NTH = ("", "The second of its kind counts half.", "The third of its kind counts a quarter.")
_BEYOND = "Beyond the third of its kind nothing is added."
_NEARER = "Another shared address is used closer in time; this one adds nothing."


def counted(evidence: Sequence[Evidence], own: Profile, other: Profile) -> list[Evidence]:
    """Give the evidence with its group and with what it counts beside the rest."""
    records = {_record(item) for item in evidence if item.kind is IdentifierKind.ACCOUNT}
    is_one_record = own.provider == other.provider and f"{_RECORD}{own.provider}" in records
    groups: dict[str, list[Evidence]] = {}
    for item in evidence:
        group = _group(item, records, is_one_record=is_one_record, provider=own.provider)
        groups.setdefault(group, []).append(replace(item, group=group))
    result: list[Evidence] = []
    for group in sorted(groups):
        ordered = sorted(groups[group], key=lambda e: (-e.alone, str(e.kind), e.value, e.name))
        result.extend(_once(ordered) if group.startswith(_RECORD) else _series(ordered))
    return result


def _record(item: Evidence) -> str:
    if item.kind is IdentifierKind.ACCOUNT:
        return f"{_RECORD}{key_parts(item.value)[0]}"
    return f"{_RECORD}{item.value.partition('|')[0]}"


def _group(item: Evidence, records: set[str], *, is_one_record: bool, provider: str | None) -> str:
    if item.kind is None:
        return item.name
    if item.kind in (IdentifierKind.ACCOUNT, IdentifierKind.SCREEN_NAME):
        return _record(item)
    if is_one_record and item.kind in _CONTACTS:
        return f"{_RECORD}{provider}"
    if item.kind is IdentifierKind.URL and len(records) > 0 and _is_profile(item):
        return min(records)
    return _SERIES[item.kind]


def _is_profile(item: Evidence) -> bool:
    return any(o.is_profile for o in item.own) and any(o.is_profile for o in item.other)


def _once(ordered: Sequence[Evidence]) -> Iterable[Evidence]:
    for place, item in enumerate(ordered):
        yield _at(item, 0, None) if place == 0 else _at(item, None, _FOLLOWS)


def _series(ordered: Sequence[Evidence]) -> Iterable[Evidence]:
    files: set[tuple[str, str]] = set()
    place = 0
    for item in ordered:
        of_item = {("own", o.file_id) for o in item.own if o.file_id is not None}
        of_item |= {("other", o.file_id) for o in item.other if o.file_id is not None}
        if item.kind is IdentifierKind.FILE_HASH and not files.isdisjoint(of_item):
            files |= of_item
            yield _at(item, None, _SAME_FILE)
            continue
        files |= of_item
        if item.alone < 0:
            yield _at(item, 0, None) if place == 0 else _at(item, None, _NEARER)
        elif place < _COUNTED:
            yield _at(item, place, _NTH[place] or None)
        else:
            yield _at(item, None, _BEYOND)
        place += 1


def _at(item: Evidence, halvings: int | None, less: str | None) -> Evidence:
    count = 0 if halvings is None else item.alone >> halvings
    return replace(item, counted=count, halvings=halvings, less=less)
