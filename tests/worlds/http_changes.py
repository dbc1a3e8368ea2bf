"""Routes that change something: which of them histories play over HTTP, and why not the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PLAYED: Final = {
    ("POST", "/investigations/{investigation}/claims"),
    ("PUT", "/claims/{claim}/visibility"),
    ("POST", "/claims/{claim}/validate"),
    ("POST", "/claims/{claim}/purge"),
    ("POST", "/checks"),
    ("POST", "/conflicts/{conflict}/acknowledge"),
    ("POST", "/conflicts/{conflict}/coordinate"),
    ("POST", "/conflicts/{conflict}/messages"),
    ("POST", "/conflicts/{conflict}/resolve"),
    ("POST", "/investigations/{investigation}/close"),
    ("POST", "/investigations/{investigation}/reopen"),
    ("POST", "/judgements"),
}
"""What the asker's people do in histories, over HTTP too: `http_playing.py`."""
_PEOPLE = "people, agencies and log-ons: hidden claims and tips are in none of it"
_AS_CLAIMS = "as the claims that histories make; who may is the matrix's"
NOT_PLAYED: Final[Mapping[tuple[str, str], str]] = {
    ("POST", "/investigations"): "every history opens its own before anything is hidden",
    ("PATCH", "/investigations/{investigation}"): _PEOPLE,
    ("POST", "/investigations/{investigation}/hand-over"): _PEOPLE,
    ("POST", "/investigations/{investigation}/claims/file"): _AS_CLAIMS,
    ("POST", "/claims/purge-lapsed"): "nothing lapses in a history's hours",
    ("PATCH", "/claims/{claim}"): _AS_CLAIMS,
    ("POST", "/checks/requests/{request}/approve"): "no history asks a list that waits",
    ("POST", "/conflicts/{conflict}/reopen"): "as a resolution, whose other side it is",
    ("POST", "/notifications/dead/retry"): "no history sends mail",
    ("POST", "/tips/{tip}/routes"): "an operator routes tips, who is no asker of a history",
    ("POST", "/queue/{tip}/moves"): "as taking a tip; who may is the matrix's",
    ("PUT", "/urgent/clocks"): "the own agency's minutes; who may is the matrix's",
    ("POST", "/handoffs/{handoff}/steps"): "as taking a tip; who may is the matrix's",
    ("POST", "/documents"): "tips arrive in histories, and no worker runs in them",
    ("POST", "/documents/table"): "as documents",
    ("POST", "/documents/table/proposal"): "it reads nothing but what is sent",
    ("POST", "/exports"): "a job asks the same services, and no worker runs in histories",
    ("POST", "/jobs/{job}/cancel"): "no history orders a job",
    ("POST", "/quarantine/{entry}/retry"): "no history has what cannot be read",
    ("POST", "/quarantine/{entry}/dismiss"): "no history has what cannot be read",
} | dict.fromkeys(
    (
        ("POST", "/agencies"),
        ("POST", "/agencies/seed"),
        ("PATCH", "/agencies/{agency}"),
        ("POST", "/units"),
        ("POST", "/agreements"),
        ("POST", "/agreements/{agreement}/end"),
        ("POST", "/users"),
        ("PATCH", "/users/{user}"),
        ("POST", "/users/{user}/prove"),
        ("POST", "/users/{user}/enrolments"),
        ("POST", "/users/{user}/release"),
        ("DELETE", "/users/{user}/sessions"),
        ("DELETE", "/users/{user}/security-keys/{ref}"),
        ("POST", "/users/{user}/subjects"),
        ("POST", "/api-keys"),
        ("DELETE", "/api-keys/{ref}"),
        ("DELETE", "/sessions/current"),
        ("DELETE", "/sessions"),
        ("POST", "/sessions"),
        ("POST", "/sessions/by-id-token"),
        ("POST", "/sessions/nonces"),
        ("POST", "/enrolments"),
        ("POST", "/enrolments/offers"),
        ("POST", "/account/password"),
        ("POST", "/account/second-factor"),
        ("POST", "/account/second-factor/offers"),
        ("POST", "/account/security-keys"),
        ("POST", "/account/security-keys/offers"),
        ("POST", "/account/security-keys/challenges"),
        ("POST", "/account/security-keys/{ref}/name"),
        ("POST", "/account/security-keys/{ref}/end"),
        ("POST", "/sessions/challenges"),
        ("POST", "/webhooks"),
        ("DELETE", "/webhooks/{webhook}"),
        ("POST", "/webhooks/{webhook}/deliveries/retry"),
        ("POST", "/webhooks/{webhook}/resume"),
        ("POST", "/webhooks/{webhook}/rotate"),
        ("POST", "/webhooks/{webhook}/test"),
    ),
    _PEOPLE,
)
"""What no history does over HTTP, each with its reason."""
