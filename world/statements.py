"""Which identifiers a tip states in roles that may link it, worked out from the draft alone.

Victims, complainants, parents, the provider's own contacts and officers named by the provider
state identifiers too, but those never link (roles of NCMEC's `<report>`); they are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from world.drafts import Person, TipDraft, Value
from world.features import Feature
from world.setting import EMPTY_FILE_MD5


def account_value(person: Person) -> Value | None:
    """Give a person's account as an identifier, if the tip states one."""
    account = person.account
    if account is None:
        return None
    return Value("Account", account.user_id, account.provider.name, account.provider.service)


def _of_person(person: Person) -> Iterator[Value]:
    account = account_value(person)
    if account is not None and not person.third_party:
        yield account
        if person.screen_name is not None:
            yield Value("ScreenName", person.screen_name, account.provider, account.service)
    for contact in person.emails:
        yield Value("Email", contact.value)
    for contact in person.phones:
        if contact.calling_code is not None or contact.written.startswith("+"):
            yield Value("Phone", contact.value)
    for capture in person.captures:
        yield Value("IpAddress", capture.address)
    for kind, value in person.devices:
        if kind != "SSID":
            yield Value("Device", value, subtype=kind)
    yield from person.mined
    for other in person.associated:
        if other.account_type != "Parent/Guardian":
            yield from _of_person(other)


def stated_values(draft: TipDraft) -> frozenset[Value]:
    """Give every identifier that the tip states in a role that may link."""
    values: set[Value] = set()
    for person in (*draft.reported, *draft.recipients):
        values.update(_of_person(person))
    for file in draft.files:
        if not file.supplemental and file.md5 != EMPTY_FILE_MD5:
            values.add(Value("FileHash", file.md5, subtype="MD5"))
        if file.capture is not None:
            values.add(Value("IpAddress", file.capture.address))
    return frozenset(values)


def linking_values(draft: TipDraft) -> frozenset[Value]:
    """Give every identifier that may link this tip to another one."""
    values = stated_values(draft)
    if draft.has(Feature.BUNDLED):
        # A bundle's users are strangers to each other: only the files say what it is about.
        return frozenset(value for value in values if value.kind == "FileHash")
    return values
