"""Accounts: a provider's own id of a user.

Source: NCMEC reporting API, `espIdentifier` and `espService`. An id means something only within its
provider, and within a service unless the services are known to share ids (`providers.csv`).
"""

from __future__ import annotations

from graph.identifiers.characters import admit, composed, finish
from graph.identifiers.core import (
    Identifier,
    IdentifierKind,
    IdentifierState,
    IdentifierType,
    Policy,
    RawIdentifier,
    Rejected,
)
from graph.identifiers.placeholders import PLACEHOLDER_REASON, is_placeholder
from graph.identifiers.providers import UNKNOWN, namespace
from graph.identifiers.screen_name import NO_PROVIDER

_KIND = IdentifierKind.ACCOUNT
SALTED = "The id is a salted hash: unique within its provider, but legal process cannot resolve it."


def account_key(provider_key: str, service: str, account_id: str) -> str:
    r"""Give `provider|service|id`; within service and id `\` is `\\` and `|` is `\|`."""
    return f"{provider_key}|{_escaped(service)}|{_escaped(account_id)}"


def _escaped(text: str) -> str:
    if "|" in text or "\\" in text:
        return text.replace("\\", "\\\\").replace("|", "\\|")
    return text


def key_parts(key: str) -> tuple[str, str, str]:
    """Give provider key, service and id of an account key.

    Raises:
        ValueError: the text is no account key.
    """
    parts = [""]
    characters = iter(key)
    for character in characters:
        if character == "\\":
            parts[-1] += next(characters, "")
        elif character == "|":
            parts.append("")
        else:
            parts[-1] += character
    if len(parts) != 3:
        raise ValueError("an account key has three parts: provider, service and id")
    return parts[0], parts[1], parts[2]


class Account(IdentifierType):
    """Accounts. Key: `provider-key|service|id`; the id keeps its case."""

    kind = _KIND

    def clean(
        self,
        raw: RawIdentifier,
        policy: Policy,  # noqa: ARG002 - one signature for all kinds
    ) -> Identifier | Rejected:
        """Give the account within its provider and service.

        The state reason of an id that is a salted hash says so although its state is normal: it
        links tips of that provider, and an officer must know that it cannot be asked for.
        """
        text = admit(_KIND, raw.value)
        if isinstance(text, Rejected):
            return text
        account_id = composed(text)
        provider, service = namespace(raw.provider, raw.service)
        state, reason = IdentifierState.NORMAL, SALTED if provider.salted_ids else None
        if is_placeholder(_KIND, account_id.lower()):
            state, reason = IdentifierState.STOPPED, PLACEHOLDER_REASON
        elif provider is UNKNOWN:
            state, reason = IdentifierState.SHARED, NO_PROVIDER
        key = account_key(provider.key, service, account_id)
        return finish(_KIND, key, raw=raw.value, state=state, reason=reason)
