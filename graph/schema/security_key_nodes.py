"""The node types of security keys (WebAuthn)."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N, L = PropType.STRING, PropType.INTEGER, PropType.STRINGS

SECURITY_KEY = NodeType(
    label="SecurityKey",
    doc="A security key or passkey of a user, in place of a code. Gone once it was ended.",
    key_doc="SHA-256 of the credential id.",
    props=(
        Prop("ref", S, "Random; names it in the log.", required=True, indexed=True),
        Prop("user", S, "Key of the user.", required=True, indexed=True),
        Prop("name", S, "What its user calls it.", required=True),
        Prop("credential", S, "Credential id, base64url.", required=True),
        Prop("public_key", S, "COSE (RFC 9052), base64url.", required=True),
        Prop("handle", S, "Random; by it the key knows the user.", required=True),
        Prop("sign_count", N, "How often it had signed when last seen.", required=True),
        Prop("transports", L, "How it is reached: `usb`, `nfc`, `internal` and so on."),
        Prop("made_us", N, "When it was added.", required=True),
        Prop("used_us", N, "When it last proved its user."),
    ),
)

KEY_CHALLENGE = NodeType(
    label="KeyChallenge",
    doc="What a security key is to sign; gone once it was answered, however.",
    key_doc="SHA-256 of a random text.",
    props=(
        Prop("purpose", S, "`log on`, `prove` or `add`.", required=True),
        Prop(
            "user",
            S,
            "Key of the user; `?` and two hexadecimal digits for names that nobody has.",
            required=True,
        ),
        Prop("session", S, "Session that asked for it, by its ref; none before log-on."),
        Prop("handle", S, "By what a new key is to know the user."),
        Prop("until_us", N, "Until when it is taken.", required=True, indexed=True),
    ),
)

SECURITY_KEY_NODES: tuple[NodeType, ...] = (SECURITY_KEY, KEY_CHALLENGE)
"""What security keys need."""
