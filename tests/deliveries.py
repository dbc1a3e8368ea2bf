"""Small deliveries for tests of the core, without intake."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from graph.deliveries import Delivery, DocumentFacts
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.statements import Assertion, FileStatement, Statement, TipFacts

MONDAY_US = 1_700_000_000_000_000
HOUR_US = 3_600_000_000


def says(kind: IdentifierKind, key: str, *, role: Role = Role.REPORTED, **more: Any) -> Assertion:
    """Give an assertion; linking unless the role forbids it."""
    linking = more.pop("linking", role in (Role.REPORTED, Role.FILE, Role.ASSOCIATED))
    return Assertion(
        kind=kind,
        identifier=key,
        state=more.pop("state", "normal"),
        role=role,
        linking=linking,
        path=more.pop("path", "person/value"),
        **more,
    )


def email(key: str, **more: Any) -> Assertion:
    """Give an assertion about an e-mail address."""
    return says(IdentifierKind.EMAIL, key, **more)


def file_hash(key: str, **more: Any) -> Assertion:
    """Give an assertion about a file's hash."""
    return says(IdentifierKind.FILE_HASH, key, role=Role.FILE, **more)


def delivery(
    number: str | None,
    assertions: Sequence[Assertion] = (),
    *,
    body: str = "",
    part: str = "ids-json",
    issued_us: int = MONDAY_US,
    received_us: int = MONDAY_US,
    files: Sequence[FileStatement] = (),
    references: Sequence[tuple[str, str]] = (),
    holder: str | None = None,
    **facts: Any,
) -> Delivery:
    """Give a delivery; `body` makes its bytes differ from those of others with the same number."""
    said = "|".join(f"{a.kind}{a.identifier}{a.role}{a.at_us}" for a in assertions)
    identity = f"{part}|{body}|{said}|{'' if body else number}"
    sha256 = hashlib.sha256(identity.encode()).hexdigest()
    is_file = part.startswith("ncmec-file:")
    return Delivery(
        source="ncmec",
        report_number=number,
        number_source=None if number is None else "document",
        part=part,
        issued_us=issued_us,
        document=DocumentFacts(
            sha256=sha256,
            stored_sha256=sha256,
            size=len(identity),
            name="document.json",
            channel="file",
            received_us=received_us,
            original="vault",
        ),
        statement=Statement(
            facts=None if is_file else TipFacts(**{"provider": "chatterbox", **facts}),
            files=tuple(files),
            assertions=tuple(assertions),
            references=tuple(references),
        ),
        parser="test/1",
        holder=holder,
    )
