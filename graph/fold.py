"""A tip's state as a pure function of the set of its versions: arrival order cannot matter.

Versions supersede each other within a part (the JSON of the ICAC Data System, the `<report>`, the
`<fileDetails>` of one file), ordered by when the sender issued them and, within one instant, by
hash. What a part's newest version no longer says is ended, never removed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from graph.statements import Assertion, FileStatement, TipFacts
from graph.tip_state import AssertionState, ReferenceState, TipState, Version

T = TypeVar("T")


def assertion_key(item: Assertion) -> str:
    """Give what makes an assertion the same one in another version (its place aside).

    The person belongs to it: a bundled report says one thing of several people, and only what is
    said of one of them belongs together.
    """
    parts = (
        item.kind.value,
        item.identifier,
        item.role.value,
        item.event,
        item.at_us if item.at_us is not None else item.time_raw,
        item.port,
        item.verified,
        item.possible_proxy,
        item.contact_type,
        item.account_type,
        item.third_party,
        item.compromised,
        item.mined,
        item.file_id,
        item.person,
        item.linking,
    )
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def fold(versions: Iterable[Version]) -> TipState:
    """Give the state that a tip's versions amount to; at least one version is needed."""
    chains = _chains(versions)
    ends = _Ends(chains)
    return TipState(
        facts=_facts(chains),
        superseded={
            version.key: following.key if following is not None else None
            for chain in chains
            for version, following in zip(chain, [*chain[1:], None], strict=True)
        },
        files=_files(chains, ends),
        assertions=_assertions(chains, ends),
        references=_references(chains, ends),
    )


def _chains(versions: Iterable[Version]) -> list[list[Version]]:
    parts: dict[str, list[Version]] = {}
    for version in versions:
        parts.setdefault(version.part, []).append(version)
    return [sorted(parts[part], key=lambda v: v.order) for part in sorted(parts)]


class _Ends:
    """Follows things through the chains: where each was first said and where it stopped."""

    def __init__(self, chains: Sequence[Sequence[Version]]) -> None:
        self._place = {
            version.key: (chain, at) for chain in chains for at, version in enumerate(chain)
        }

    def life(self, said_in: Sequence[Version]) -> tuple[Version, Version | None]:
        """Give the first version that says it, and the one that ended it (None: still live)."""
        first = min(said_in, key=lambda v: v.order)
        enders: list[Version] = []
        last_by_part: dict[str, Version] = {}
        for version in said_in:
            known = last_by_part.get(version.part)
            if known is None or version.order > known.order:
                last_by_part[version.part] = version
        for version in last_by_part.values():
            chain, at = self._place[version.key]
            if at == len(chain) - 1:
                return first, None
            enders.append(chain[at + 1])
        return first, max(enders, key=lambda v: v.order)


def _facts(chains: Sequence[Sequence[Version]]) -> TipFacts:
    stated = [v for chain in chains for v in chain if v.statement.facts is not None]
    if len(stated) == 0:
        return TipFacts()
    types: dict[str, None] = {}
    for version in sorted(stated, key=lambda v: v.order):
        for name in version.statement.facts.incident_types if version.statement.facts else ():
            types.setdefault(name)
    newest = [chain[-1] for chain in chains if chain[-1].statement.facts is not None]
    newest.sort(key=lambda v: v.order, reverse=True)
    layers = [v.statement.facts for v in newest if v.statement.facts is not None]
    merged = _newest_said(_SCALARS, layers)
    urgency = min(f.urgency for f in layers)
    return TipFacts(
        **merged,
        incident_types=tuple(types),
        annotations=_union(f.annotations for f in layers),
        urgency=urgency,
        urgency_reasons=_union(f.urgency_reasons for f in layers),
        notes=_union(f.notes for f in layers),
        details=_union(f.details for f in layers),
        births=_union(f.births for f in layers),
        countries=_union(f.countries for f in layers),
    )


_SCALARS = (
    "provider",
    "provider_name",
    "provider_label",
    "incident_us",
    "incident_time_raw",
    "received_us",
    "platform",
    "ncmec_priority",
    "ncmec_status",
    "batched_reason",
)


_NOT_STATED = "not stated"


def _newest_said(names: Sequence[str], layers: Sequence[object]) -> dict[str, Any]:
    """Give each field's newest value that says something: silence overrides nothing."""
    return {
        name: next((value for layer in layers if _says(value := getattr(layer, name))), None)
        for name in names
    }


def _says(value: object) -> bool:
    return value is not None and value != _NOT_STATED


def _union(groups: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    seen: dict[T, None] = {}
    for group in groups:
        for item in group:
            seen.setdefault(item)
    return tuple(seen)


def _assertions(chains: Sequence[Sequence[Version]], ends: _Ends) -> tuple[AssertionState, ...]:
    said: dict[str, list[Version]] = {}
    first_form: dict[str, tuple[tuple[int, str], Assertion]] = {}
    for chain in chains:
        for version in chain:
            for item in version.statement.assertions:
                key = assertion_key(item)
                places = said.setdefault(key, [])
                if len(places) == 0 or places[-1] is not version:
                    places.append(version)
                known = first_form.get(key)
                if known is None or version.order < known[0]:
                    first_form[key] = (version.order, item)
    states: list[AssertionState] = []
    for key in sorted(said):
        first, ender = ends.life(said[key])
        states.append(
            AssertionState(
                key=key,
                assertion=first_form[key][1],
                since=first.key,
                ended_us=None if ender is None else ender.issued_us,
                ended_by=None if ender is None else ender.key,
            )
        )
    return tuple(states)


def _files(
    chains: Sequence[Sequence[Version]], ends: _Ends
) -> tuple[tuple[FileStatement, int | None], ...]:
    said: dict[str, list[tuple[Version, FileStatement]]] = {}
    for chain in chains:
        for version in chain:
            for file in version.statement.files:
                said.setdefault(file.file_id, []).append((version, file))
    merged: list[tuple[FileStatement, int | None]] = []
    for file_id in sorted(said):
        _, ender = ends.life([version for version, _ in said[file_id]])
        merged.append((_merge_file(said[file_id]), None if ender is None else ender.issued_us))
    return tuple(merged)


def _merge_file(said: list[tuple[Version, FileStatement]]) -> FileStatement:
    newest: dict[str, tuple[Version, FileStatement]] = {}
    for version, file in said:
        known = newest.get(version.part)
        if known is None or version.order > known[0].order:
            newest[version.part] = (version, file)
    layers = [
        file for _, file in sorted(newest.values(), key=lambda pair: pair[0].order, reverse=True)
    ]
    merged = _newest_said(_FILE_SCALARS, layers)
    for name in _TRI_STATES:
        merged[name] = merged[name] if merged[name] is not None else _NOT_STATED
    return FileStatement(
        file_id=layers[0].file_id,
        annotations=_union(f.annotations for f in layers),
        **merged,
    )


_FILE_SCALARS = (
    "name",
    "original_name",
    "uploaded_us",
    "viewed_by_esp",
    "exif_viewed_by_esp",
    "publicly_available",
    "relevance",
    "classification",
    "is_media",
)

_TRI_STATES = ("viewed_by_esp", "exif_viewed_by_esp", "publicly_available")


def _references(chains: Sequence[Sequence[Version]], ends: _Ends) -> tuple[ReferenceState, ...]:
    said: dict[tuple[str, str], list[Version]] = {}
    for chain in chains:
        for version in chain:
            for reference in version.statement.references:
                said.setdefault(reference, []).append(version)
    states: list[ReferenceState] = []
    for kind, target in sorted(said):
        first, ender = ends.life(said[(kind, target)])
        states.append(
            ReferenceState(
                kind=kind,
                target=target,
                since=first.key,
                ended_us=None if ender is None else ender.issued_us,
                ended_by=None if ender is None else ender.key,
            )
        )
    return tuple(states)
