"""Providers: one key for every name that a service has or had.

Two namespaces stay two even under one owner (Instagram and Facebook), because the same id in them
is two accounts. Source of the names: `providers.csv` and `provider_names.csv`, reviewed rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256

from graph.identifiers.characters import folded, for_display, for_key
from graph.identifiers.tables import DataFileError, Line, read_table

UNKNOWN_KEY = "unknown"
"""Key of the namespace of values whose platform nobody stated."""

SALTED_HASH = "salted-hash"

_MAX_NAME = 1_000
_MAX_CACHED = 300
"""Characters; the NCMEC schema allows 256, and longer ones would fill the memory."""
_MAX_SLUG = 80
_SINGLE_LETTERS = re.compile(r"\b(\w)\.(?=\w\b)")
_NOT_WORD = re.compile(r"[\W_]+")
_SUFFIXES = frozenset(
    {
        "inc",
        "incorporated",
        "llc",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "co",
        "company",
        "gmbh",
        "plc",
        "pbc",
        "sa",
        "sas",
        "srl",
        "bv",
        "nv",
        "ab",
        "as",
        "oy",
        "ag",
        "pte",
        "pty",
        "lp",
        "llp",
    }
)
"""Legal forms; `Example Ltd` and `Example LLC` become one namespace, which a shared id must still
match in full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName:
    """Another name of a provider and the days on which it was valid, where known."""

    name: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A namespace of accounts, under the key that is the same for all its names."""

    key: str
    name: str
    owner: str | None = None
    """Key of the provider that owns this one."""
    former_names: tuple[FormerName, ...] = ()
    """All its other names, former and legal ones."""
    shared_id_services: frozenset[str] = frozenset()
    """Folded names of services in which an id is the same account as in the provider itself."""
    salted_ids: bool = False
    """Its ids are salted hashes: unique there, of no use in legal process."""
    known: bool = True
    """False when the name stands in no data file and the key was made from it."""


def slug(name: str) -> str:
    """Give a stable key for a provider's name: lower case, hyphens, no legal form.

    A name without letters or digits, or a very long one, gets a key from its SHA-256.
    """
    text = folded(for_key(name[:_MAX_NAME]))
    words = _NOT_WORD.sub(" ", _SINGLE_LETTERS.sub(r"\1", text)).split()
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    made = "-".join(words)
    if made != "" and len(made) <= _MAX_SLUG and len(name) <= _MAX_NAME:
        return made
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{made[: _MAX_SLUG - 20]}-{digest}" if made else f"name-{digest}"


def _read() -> tuple[dict[str, Provider], dict[str, str]]:
    """Give the providers by key, and the key of every slug of a name."""
    names: dict[str, list[FormerName]] = {}

    def former_name(line: Line) -> tuple[str, FormerName]:
        return line.text("provider"), FormerName(
            name=line.text("name"),
            valid_from=line.day("valid_from"),
            valid_to=line.day("valid_to"),
        )

    for key, name in read_table(
        "provider_names.csv", ("provider", "name", "valid_from", "valid_to"), former_name
    ):
        names.setdefault(key, []).append(name)

    def provider(line: Line) -> Provider:
        key = line.text("key")
        return Provider(
            key=key,
            name=line.text("name"),
            owner=line.optional("owner"),
            former_names=tuple(names.get(key, ())),
            shared_id_services=frozenset(map(folded, line.words("shared_id_services"))),
            salted_ids=line.choice("id_form", ("", SALTED_HASH)) == SALTED_HASH,
        )

    rows = read_table(
        "providers.csv", ("key", "name", "owner", "shared_id_services", "id_form"), provider
    )
    providers = {row.key: row for row in rows}
    return providers, _index(rows, providers, named=set(names))


def _index(
    rows: tuple[Provider, ...], providers: dict[str, Provider], *, named: set[str]
) -> dict[str, str]:
    """Give the key of every slug of a name, or raise when two files or rows disagree."""
    if len(providers) != len(rows):
        raise DataFileError("graph/data/providers.csv: a key stands there twice. Remove one row.")
    owners = {row.owner for row in rows if row.owner is not None}
    if missing := (named | owners) - providers.keys():
        raise DataFileError(
            f"graph/data/providers.csv: no row for {', '.join(sorted(missing))}, which "
            "provider_names.csv or a column `owner` names. Add the row."
        )
    index: dict[str, str] = {}
    for row in rows:
        for name in (row.key, row.name, *(other.name for other in row.former_names)):
            if index.setdefault(slug(name), row.key) != row.key:
                raise DataFileError(
                    f"graph/data/provider_names.csv: {name!r} belongs to {row.key} and to "
                    f"{index[slug(name)]}. Give it to one provider."
                )
    return index


PROVIDERS, _KEYS = _read()

UNKNOWN = PROVIDERS[UNKNOWN_KEY]


def canonical(name: str | None) -> Provider:
    """Give the provider of a name as received: current, former, legal or a web address.

    A name that no data file knows gives a provider of its own under a stable key; no name gives
    `UNKNOWN`.
    """
    if name is None:
        return UNKNOWN
    return _canonical(name) if len(name) <= _MAX_CACHED else _canonical.__wrapped__(name)


@lru_cache(maxsize=8192)
def _canonical(name: str) -> Provider:
    if for_key(name) == "":
        return UNKNOWN
    made = slug(name)
    key = _KEYS.get(made) or _KEYS.get(made.removeprefix("www-").removesuffix("-com"))
    if key is not None:
        return PROVIDERS[key]
    return Provider(key=made, name=for_display(name.strip()), known=False)


def namespace(name: str | None, service: str | None) -> tuple[Provider, str]:
    """Give whose namespace an account id belongs to, and the folded service inside it.

    A service that is itself a provider of the same owner (`Meta` with service `Instagram`) gives
    that provider. The service is empty when it is not stated, repeats the name of the provider or
    of its owner, or shares its ids with the provider.
    """
    if service is None or service == "":
        return canonical(name), ""
    if len(service) + len(name or "") <= _MAX_CACHED:
        return _namespace(name, service)
    return _namespace.__wrapped__(name, service)


@lru_cache(maxsize=8192)
def _namespace(name: str | None, service: str) -> tuple[Provider, str]:
    provider = canonical(name)
    text = folded(for_key(service))
    if text == "":
        return provider, ""
    other = canonical(service)
    repeats = other.key in (provider.key, provider.owner, UNKNOWN_KEY)
    if repeats or text in provider.shared_id_services:
        return provider, ""
    if other.owner is not None and other.owner in (provider.key, provider.owner):
        return other, ""
    return provider, text
