"""Every operation about log-ons as a request that stands for a row of the matrix of rights."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from tests.api.rights_requests import Ask, On, Request
from tests.graph.services.rights_accounts import key_ref

_WHY = {"why": "Called back."}


def _of_user(method: str, what: str, body: object = None) -> Request:
    return lambda on: Ask(method=method, path=f"/users/{quote(on.key)}/{what}", body=body)


def _always(method: str, path: str, body: object = None) -> Request:
    return lambda _: Ask(method=method, path=path, body=body)


def _key(on: On) -> Ask:
    return Ask(method="DELETE", path=f"/api-keys/{quote(on.key)}")


ACCOUNT_REQUESTS: Mapping[str, tuple[str, Request]] = {
    "invite_user": ("enrolment.invite", _of_user("POST", "enrolments")),
    "release": ("locked_accounts.release_user", _of_user("POST", "release", _WHY)),
    "end_sessions_of_user": ("locked_accounts.end_user_sessions", _of_user("DELETE", "sessions")),
    "enter_subject": (
        "subjects.link_subject",
        _of_user("POST", "subjects", {"issuer": "https://id.example.org", "subject": "f3a1c2"}),
    ),
    "keys_of_user": ("user_keys.list_user_keys", _of_user("GET", "security-keys")),
    "end_key_of_user": (
        "user_keys.end_user_key",
        lambda on: Ask(
            method="DELETE", path=f"/users/{quote(on.key)}/security-keys/{key_ref(on.key)}"
        ),
    ),
    "locked_users": ("locked_accounts.list_locked", _always("GET", "/locked-users")),
    "api_keys": ("api_keys.list_api_keys", _always("GET", "/api-keys")),
    "make_api_key": (
        "api_keys.mint_api_key",
        _always("POST", "/api-keys", {"user": "new.program", "scopes": ["tip.read"]}),
    ),
    "withdraw_api_key": ("api_keys.end_api_key", _key),
}
"""By operation id: which operation of the matrix, and the request that does it."""
OF_EVERYBODY: Mapping[str, Ask] = {
    "current_session": Ask(method="GET", path="/sessions/current"),
    "own_keys": Ask(method="GET", path="/account/security-keys"),
    "log_out": Ask(method="DELETE", path="/sessions/current"),
    "end_my_sessions": Ask(method="DELETE", path="/sessions"),
}
"""By operation id: what whoever is logged on may do about themselves."""
PROVED_ANEW: Mapping[str, Ask] = {
    name: Ask(method="POST", path=f"/account/{path}", body=body)
    for name, path, body in (
        ("change_own_password", "password", {"new_password": "x" * 12}),
        ("offer_own_second_factor", "second-factor/offers", None),
        ("replace_own_second_factor", "second-factor", {"new_code": "123456"}),
        ("offer_own_key", "security-keys/offers", None),
        ("begin_own_proof", "security-keys/challenges", None),
        ("add_own_key", "security-keys", {"name": "blue"}),
        ("name_own_key", f"security-keys/{'0' * 32}/name", {"name": "blue"}),
        ("end_own_key", f"security-keys/{'0' * 32}/end", {}),
    )
}
"""By operation id: what wants password and code again, see tests/api/test_own_log_on.py."""
