"""Screen names: what users call themselves on one provider.

Sources: Unicode Standard 3.13 (caseless matching), UTS 39 (skeletons). One name on two providers
may be two people, so the provider is part of the key and equality across providers is a hint only.
"""

from __future__ import annotations

from graph.identifiers.characters import admit, finish, folded, single_spaced
from graph.identifiers.core import (
    Hint,
    Identifier,
    IdentifierKind,
    IdentifierState,
    IdentifierType,
    Policy,
    RawIdentifier,
    Rejected,
)
from graph.identifiers.placeholders import PLACEHOLDER_REASON, is_placeholder
from graph.identifiers.providers import UNKNOWN, Provider, namespace
from graph.identifiers.skeleton import skeleton

_KIND = IdentifierKind.SCREEN_NAME
NO_PROVIDER = "The platform is not stated: the same value may be somebody else's on another one."


def screen_name_key(provider: Provider, name: str) -> str:
    """Give the key of a folded name. Provider keys hold no `|`, so the first one separates."""
    return f"{provider.key}|{name}"


def folded_name(text: str) -> str:
    """Give `casefold(NFKC)` of a name without leading `@` and without doubled spaces."""
    return single_spaced(folded(text)).lstrip("@ ")


class ScreenName(IdentifierType):
    """Screen names. Key: `provider-key|folded name`."""

    kind = _KIND

    def clean(
        self,
        raw: RawIdentifier,
        policy: Policy,  # noqa: ARG002 - one signature for all kinds
    ) -> Identifier | Rejected:
        """Give the name within its provider, with skeleton and bare name as hints."""
        text = admit(_KIND, raw.value)
        if isinstance(text, Rejected):
            return text
        name = folded_name(text)
        if name == "":
            return Rejected(kind=_KIND, reason="Nothing but @ and spaces is left of the name.")
        provider = namespace(raw.provider, raw.service)[0]
        state, reason = IdentifierState.NORMAL, None
        if is_placeholder(_KIND, name):
            state, reason = IdentifierState.STOPPED, PLACEHOLDER_REASON
        elif provider is UNKNOWN:
            state, reason = IdentifierState.SHARED, NO_PROVIDER
        return finish(
            _KIND,
            screen_name_key(provider, name),
            raw=raw.value,
            state=state,
            reason=reason,
            hints=(
                Hint(scheme="skeleton", key=screen_name_key(provider, skeleton(name))),
                Hint(scheme="cross-platform-name", key=name),
            )
            if state is not IdentifierState.STOPPED
            else (),
        )
