"""Reads the words before a colon: what a value is, on which platform, and whose."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.identifiers.core import IdentifierKind
from graph.roles import Role

_WINDOW = 56
"""Characters before a separator that may belong to its label."""
_LABEL_START = re.compile(r"[\r\n.;,(\[{|<>]")
_WORDS = re.compile(r"[^\W_]+")

_NAMES: dict[str, IdentifierKind] = {
    **dict.fromkeys(
        (
            "user id",
            "userid",
            "account id",
            "account number",
            "esp user id",
            "esp identifier",
            "esp id",
            "user identifier",
            "user id number",
        ),
        IdentifierKind.ACCOUNT,
    ),
    **dict.fromkeys(
        (
            "username",
            "user name",
            "screen name",
            "screenname",
            "screen user name",
            "handle",
            "profile name",
            "account name",
            "gamertag",
            "gamer tag",
            "nickname",
            "cashtag",
            "cash tag",
        ),
        IdentifierKind.SCREEN_NAME,
    ),
    **dict.fromkeys(
        (
            "phone",
            "phone number",
            "mobile",
            "mobile phone",
            "mobile number",
            "cell",
            "cell phone",
            "cell number",
            "telephone",
            "telephone number",
            "tel",
            "phone number used to verify account",
        ),
        IdentifierKind.PHONE,
    ),
}
_LONGEST_NAME = max(len(name.split()) for name in _NAMES)
_PLATFORM_NAMES = frozenset({"account", "id", "user", "profile"})
"""Words that name a handle only after a platform: `Kik account`."""
_PLATFORMS = frozenset(
    {
        "snapchat",
        "snap",
        "kik",
        "instagram",
        "insta",
        "telegram",
        "discord",
        "whatsapp",
        "tiktok",
        "facebook",
        "twitter",
        "skype",
        "wickr",
        "threema",
        "roblox",
        "omegle",
        "viber",
        "wechat",
        "venmo",
        "paypal",
        "onlyfans",
        "tumblr",
        "youtube",
        "reddit",
        "twitch",
        "xbox",
    }
)
_PLATFORMS_LIKE_WORDS = frozenset({"session", "signal", "steam", "line", "mega", "wire", "psn"})
"""Platforms whose names are words of the language: taken only before `username` and the like."""
_LAST_WORDS = frozenset(name.split()[-1] for name in _NAMES) | _PLATFORM_NAMES | _PLATFORMS
_LAST_WINDOW = 20
_LAST_WORD = re.compile(r"(?<![^\W_])([^\W_]+)[\s_]*$")
_THINGS = frozenset(
    {
        "file",
        "files",
        "message",
        "thread",
        "photo",
        "image",
        "video",
        "post",
        "media",
        "content",
        "session",
        "transaction",
        "device",
        "order",
        "upload",
        "album",
        "report",
        "case",
    }
)
"""Things that have ids of their own: `File's unique ESP Identifier` is no account."""
_BEARERS: dict[str, Role] = {
    **dict.fromkeys(
        ("suspect", "suspects", "reported", "offender", "perpetrator", "subject"), Role.REPORTED
    ),
    **dict.fromkeys(("victim", "victims", "child", "minor", "cv"), Role.VICTIM),
    **dict.fromkeys(("reporter", "complainant"), Role.REPORTER),
    **dict.fromkeys(("parent", "guardian", "mother", "father", "mom", "dad"), Role.PARENT_GUARDIAN),
    **dict.fromkeys(("recipient",), Role.INTENDED_RECIPIENT),
    **dict.fromkeys(("officer", "detective"), Role.LAW_ENFORCEMENT),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What the words before a separator say about the value after it."""

    kind: IdentifierKind | None = None
    platform: str | None = None
    role: Role | None = None


def may_name(text: str, separator: int) -> bool:
    """Tell cheaply whether the last word before a separator can end a label that names a kind."""
    word = _LAST_WORD.search(text, max(0, separator - _LAST_WINDOW), separator)
    return word is not None and word.group(1).lower() in _LAST_WORDS


def label_before(text: str, separator: int) -> Label | None:
    """Give what the words that end at a separator's place say, None when they say nothing."""
    window = text[max(0, separator - _WINDOW) : separator]
    starts = [match.end() for match in _LABEL_START.finditer(window)]
    words = _WORDS.findall(window[starts[-1] :] if starts else window)
    if len(words) == 0:
        return None
    lower = [word.lower() for word in words]
    kind, used = _kind(lower)
    if kind is IdentifierKind.ACCOUNT and not _THINGS.isdisjoint(lower):
        kind = None
    rest = lower[: len(lower) - used]
    platform = _platform(rest, is_named=kind is not None)
    if kind is None and platform is not None:
        kind = IdentifierKind.SCREEN_NAME
    role = _role(rest, is_alone=len(lower) == 1)
    if kind is None and role is None:
        return None
    return Label(kind=kind, platform=platform, role=role)


def _kind(words: list[str]) -> tuple[IdentifierKind | None, int]:
    for count in range(min(_LONGEST_NAME, len(words)), 0, -1):
        kind = _NAMES.get(" ".join(words[-count:]))
        if kind is not None:
            return kind, count
    if len(words) > 1 and words[-1] in _PLATFORM_NAMES and words[-2] in _PLATFORMS:
        return IdentifierKind.SCREEN_NAME, 1
    return None, 0


def _platform(words: list[str], *, is_named: bool) -> str | None:
    if len(words) == 0:
        return None
    last = words[-2] if words[-1] == "s" and len(words) > 1 else words[-1]
    if last in _PLATFORMS or (is_named and last in _PLATFORMS_LIKE_WORDS):
        return last
    return None


def _role(words: list[str], *, is_alone: bool) -> Role | None:
    """Give the role of the nearest word for a bearer; `Subject:` alone is a mail header."""
    for word in reversed(words):
        role = _BEARERS.get(word)
        if role is not None:
            return None if is_alone and word == "subject" else role
    return None
