"""The node types of logging on: how somebody proves who they are, and what that opened."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N, B, L = PropType.STRING, PropType.INTEGER, PropType.BOOLEAN, PropType.STRINGS

CREDENTIAL = NodeType(
    label="Credential",
    doc="How one user proves who they are, and how often that failed. Never holds a password.",
    key_doc="Key of the user; `?` and two hexadecimal digits for names that nobody has, so that "
    "they are answered in the same time.",
    props=(
        Prop("service", B, "A program's account: it has API keys and no password."),
        Prop("password", S, "Argon2id hash (RFC 9106) in its usual text form."),
        Prop("password_us", N, "When the password was set."),
        Prop("totp", S, "Secret of the second factor (RFC 6238), base 32."),
        Prop("totp_step", N, "Time step of the last code that was taken; none is taken twice."),
        Prop("recovery", L, "SHA-256 of recovery codes that were not used."),
        Prop("enrolment", S, "SHA-256 of the one-time code that sets password and second factor."),
        Prop("enrolment_until_us", N, "Until when that code is taken."),
        Prop("enrolment_by", S, "User that had it made."),
        Prop("pending_totp", S, "Second factor that was offered and that nobody confirmed."),
        Prop("pending_for", S, "Session that it was offered to, by its ref; else an enrolment."),
        Prop("failures", L, "When log-on failed, microseconds; forgotten when it succeeds."),
        Prop("code_failures", L, "When only the code was wrong, microseconds."),
        Prop("failed_in_row", N, "Failures since log-on last succeeded."),
        Prop("locked_us", N, "When it was locked; null while it is not."),
        Prop("locked_why", S, "Which rule locked it."),
        Prop("counts_from_us", N, "When it was released or linked: disuse counts from then on."),
        Prop("warned_us", N, "When its user was told that disuse will lock it."),
        Prop("version", N, "Rises with every change."),
    ),
)

SESSION = NodeType(
    label="Session",
    doc="That a user logged on. Kept for a month after its end.",
    key_doc="SHA-256 of the token, which nobody keeps but the user's program.",
    props=(
        Prop("ref", S, "Random; names the session in the log.", required=True),
        Prop("user", S, "Key of the user.", required=True, indexed=True),
        Prop("how", S, "`password`, `password and code` and so on.", required=True),
        Prop("banner", S, "Version of the banner that was accepted."),
        Prop("made_us", N, "When, by the store's clock.", required=True),
        Prop("seen_us", N, "When it was last used, to a minute.", required=True),
        Prop("ends_us", N, "When it ends whatever happens.", required=True),
        Prop("ended_us", N, "When it was ended before that."),
        Prop("ended_why", S, "How it was ended."),
    ),
)

API_KEY = NodeType(
    label="ApiKey",
    doc="A key with which an agency's program acts as an account of its own.",
    key_doc="SHA-256 of the key, which is shown once.",
    props=(
        Prop("ref", S, "Random; begins the key itself and names it.", indexed=True, required=True),
        Prop("user", S, "Key of the program's account.", required=True),
        Prop("agency", S, "Key of its agency.", required=True, indexed=True),
        Prop("scopes", L, "Deeds that it may do, of those its account may do.", required=True),
        Prop("networks", L, "Networks that it may be used from; none: from anywhere."),
        Prop("made_us", N, "When it was made.", required=True),
        Prop("made_by", S, "User that made it.", required=True),
        Prop("ends_us", N, "Until when it holds.", required=True),
        Prop("used_us", N, "When it was last used, to a minute."),
        Prop("ended_us", N, "When it was withdrawn."),
        Prop("ended_by", S, "User that withdrew it."),
    ),
)

SUBJECT = NodeType(
    label="Subject",
    doc="Whom an identity server means by a subject (OpenID Connect). Entered by a person.",
    key_doc="`<issuer>|<subject>`, each with its own `|` escaped.",
    props=(
        Prop("user", S, "Key of the user.", required=True, indexed=True),
        Prop("entered_by", S, "User that entered it.", required=True),
        Prop("entered_us", N, "When.", required=True),
    ),
)

NONCE = NodeType(
    label="Nonce",
    doc="That a log-on at an identity server was begun; gone once it was used.",
    key_doc="SHA-256 of a random text.",
    props=(Prop("until_us", N, "Until when it is taken.", required=True, indexed=True),),
)

LOGON_NODES: tuple[NodeType, ...] = (CREDENTIAL, SESSION, API_KEY, SUBJECT, NONCE)
