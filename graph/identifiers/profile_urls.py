"""Web addresses that are somebody's profile: which account or screen name they lead to.

Source: `profile_urls.csv` and `profile_url_words.csv` (paths of platforms that are no names).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from graph.identifiers.account import account_key
from graph.identifiers.characters import admit, composed
from graph.identifiers.core import Hint, IdentifierKind
from graph.identifiers.providers import PROVIDERS, Provider
from graph.identifiers.screen_name import folded_name, screen_name_key
from graph.identifiers.tables import Line, read_table

ACCOUNT_SCHEME = "profile-account"
"""The hint's key is the key of an Account."""
SCREEN_NAME_SCHEME = "profile-screen-name"
"""The hint's key is the key of a ScreenName."""

_MAX_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileUrl:
    """One form of profile address. `{}` is a name, `{#}` a number, `*` anything."""

    host: str
    pattern: re.Pattern[str]
    provider: Provider
    gives_account: bool


def _pattern(template: str) -> re.Pattern[str]:
    text = re.escape(template)
    text = text.replace(r"\{\}", "([^/?&]+)").replace(r"\{\#\}", "([0-9]{5,25})")
    text = text.replace(r"\*", "[^?]*").replace(r"\?", r"\?(?:.*&)?")
    end = r"(?:&.*)?\Z" if "?" in template else r"/?(?:\?.*)?\Z"
    return re.compile(text + end)


def _profile_url(line: Line) -> ProfileUrl:
    if line.text("provider") not in PROVIDERS:
        raise ValueError("column `provider` is no key of providers.csv")
    return ProfileUrl(
        host=line.text("host"),
        pattern=_pattern(line.text("path")),
        provider=PROVIDERS[line.text("provider")],
        gives_account=line.choice("gives", ("account", "screen name")) == "account",
    )


_ROWS: dict[str, list[ProfileUrl]] = {}
for _row in read_table("profile_urls.csv", ("host", "path", "provider", "gives"), _profile_url):
    _ROWS.setdefault(_row.host, []).append(_row)

_WORDS = frozenset(
    read_table("profile_url_words.csv", ("word",), lambda line: line.text("word").lower())
)


def profile_hint(host: str, path_and_query: str) -> Hint | None:
    """Give the account or screen name that a profile address leads to, None for other addresses.

    Args:
        host: the host without `www.`.
        path_and_query: from the first slash on, already in normal spelling.
    """
    for row in _ROWS.get(host, ()):
        found = row.pattern.match(path_and_query)
        if found is None:
            continue
        name = admit(IdentifierKind.SCREEN_NAME, unquote(found.group(1)))
        if not isinstance(name, str) or len(name) > _MAX_NAME or name.startswith("+"):
            return None
        if name.lower() in _WORDS:
            continue
        if row.gives_account:
            key = account_key(row.provider.key, "", composed(name))
            return Hint(scheme=ACCOUNT_SCHEME, key=key)
        folded = folded_name(name)
        if folded == "":
            return None
        return Hint(scheme=SCREEN_NAME_SCHEME, key=screen_name_key(row.provider, folded))
    return None
