"""The HTTP client of Crosstip's API: one method for each route, typed answers, one error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from types import TracebackType
from typing import TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, JsonValue, ValidationError

from client.errors import ApiError
from client.groups import GroupAnswer
from client.links import ExplanationAnswer, LinksAnswer, NeighbourhoodAnswer
from client.near import NearAnswer
from client.overlaps import InvestigationsAnswer, OverlapsAnswer
from client.paths import PathsAnswer
from client.search import HistoryAnswer, SearchAnswer
from client.states import StatesAnswer
from client.store import (
    FiguresAnswer,
    HealthAnswer,
    NamedQueriesAnswer,
    NamedQueryAnswer,
    SchemaAnswer,
    VersionAnswer,
)
from client.tips import TipAnswer, TipPageAnswer

M = TypeVar("M", bound=BaseModel)
_Query = Mapping[str, str | int]
_TOKEN = re.compile(r"[\x21-\x7e]+")


class _Problem(BaseModel):
    code: str
    detail: str


class CrosstipClient:
    """Asks one API with one token. Safe to share among threads; close it at the end.

    Every method, and making one, raises `ApiError` when there is no answer. No proxy of the
    environment is used and no redirection followed: the token goes to the given address only.
    """

    def __init__(self, address: str, token: str | None = None, *, timeout_s: float = 60.0) -> None:
        """Take the API's address, such as `http://127.0.0.1:8700`; nothing is sent yet."""
        self._address = address
        if token is not None and _TOKEN.fullmatch(token) is None:
            raise ApiError("token", "The access token has characters that no token has.")
        self._http = httpx.Client(
            base_url=address,
            headers={} if token is None else {"Authorization": f"Bearer {token}"},
            timeout=timeout_s,
            trust_env=False,
            follow_redirects=False,
        )

    def health(self) -> HealthAnswer:
        """Ask whether the API is up; needs no token."""
        return self._get("health", HealthAnswer)

    def version(self) -> VersionAnswer:
        """Ask which version answers; needs no token."""
        return self._get("version", VersionAnswer)

    def tips(self, *, after: str = "", limit: int = 50) -> TipPageAnswer:
        """Give a page of tips, the most urgent first."""
        return self._get("tips", TipPageAnswer, {"after": after, "limit": limit})

    def tip(self, key: str) -> TipAnswer:
        """Give one tip."""
        return self._get(f"tips/{_part(key)}", TipAnswer)

    def tip_links(self, key: str, *, limit: int = 200) -> LinksAnswer:
        """Give the tips that share identifiers with a tip."""
        return self._get(f"tips/{_part(key)}/links", LinksAnswer, {"limit": limit})

    def tip_explanation(self, key: str, other: str) -> ExplanationAnswer:
        """Give all that speaks for and against one person behind two tips."""
        return self._get(f"tips/{_part(key)}/links/{_part(other)}", ExplanationAnswer)

    def tip_neighbourhood(self, key: str) -> NeighbourhoodAnswer:
        """Give the picture around a tip."""
        return self._get(f"tips/{_part(key)}/neighbourhood", NeighbourhoodAnswer)

    def tip_group(self, key: str) -> GroupAnswer:
        """Give the tips that hang together with a tip by more than one link."""
        return self._get(f"tips/{_part(key)}/group", GroupAnswer)

    def tip_paths(self, key: str, other: str, *, limit: int = 3, longest: int = 4) -> PathsAnswer:
        """Give the best chains of links between two tips."""
        path = f"tips/{_part(key)}/paths/{_part(other)}"
        return self._get(path, PathsAnswer, {"limit": limit, "longest": longest})

    def search(self, text: str) -> SearchAnswer:
        """Give what is in the graph under a text."""
        return self._post("search", SearchAnswer, {"text": text})

    def history(self, kind: str, key: str, *, limit: int = 200) -> HistoryAnswer:
        """Give every use of an identifier over tips and time."""
        return self._post("history", HistoryAnswer, {"kind": kind, "key": key, "limit": limit})

    def states(self, *, limit: int = 100) -> StatesAnswer:
        """Give decisions about identifiers' states, newest first."""
        return self._get("states", StatesAnswer, {"limit": limit})

    def near(self, pdq: str, *, limit: int = 50) -> NearAnswer:
        """Give hashes of pictures that may look alike, as hints."""
        return self._post("near", NearAnswer, {"pdq": pdq, "limit": limit})

    def overlaps(self, *, limit: int = 200) -> OverlapsAnswer:
        """Give the investigations of different agencies that meet."""
        return self._get("overlaps", OverlapsAnswer, {"limit": limit})

    def investigations(self, *, after: str = "", limit: int = 200) -> InvestigationsAnswer:
        """Give a page of investigations."""
        return self._get("investigations", InvestigationsAnswer, {"after": after, "limit": limit})

    def figures(self) -> FiguresAnswer:
        """Give what the store is and how much it holds."""
        return self._get("figures", FiguresAnswer)

    def schema(self) -> SchemaAnswer:
        """Give the graph's schema."""
        return self._get("schema", SchemaAnswer)

    def queries(self) -> NamedQueriesAnswer:
        """Give the queries that may be run by name."""
        return self._get("queries", NamedQueriesAnswer)

    def run_query(self, name: str, params: Mapping[str, JsonValue]) -> NamedQueryAnswer:
        """Give the rows of a named query."""
        return self._post(f"queries/{_part(name)}", NamedQueryAnswer, {"params": dict(params)})

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> CrosstipClient:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _get(self, path: str, answer: type[M], query: _Query | None = None) -> M:
        return self._send(self._http.build_request("GET", f"/v1/{path}", params=query), answer)

    def _post(self, path: str, answer: type[M], body: Mapping[str, JsonValue]) -> M:
        return self._send(self._http.build_request("POST", f"/v1/{path}", json=body), answer)

    def _send(self, request: httpx.Request, answer: type[M]) -> M:
        try:
            response = self._http.send(request)
        except httpx.TimeoutException:
            raise ApiError("api-slow", "The API gave no answer in time. Try again.") from None
        except httpx.TransportError:
            raise ApiError(
                "api-away",
                f"Nothing answers at {self._address}. Start Crosstip with `crosstip up`, or look "
                "at its messages if it should be running.",
            ) from None
        if response.status_code != HTTPStatus.OK:
            raise _refusal(response)
        try:
            return answer.model_validate_json(response.content)
        except ValidationError:
            # Without its cause: that would carry the values that did not fit.
            raise _bad_answer(response.status_code) from None


def _refusal(response: httpx.Response) -> ApiError:
    try:
        problem = _Problem.model_validate_json(response.content)
    except ValidationError:
        if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            return ApiError("api-busy", "The API is busy. Try again in a moment.", status=503)
        return _bad_answer(response.status_code)
    return ApiError(problem.code, problem.detail, status=response.status_code)


def _bad_answer(status: int) -> ApiError:
    return ApiError(
        "bad-answer",
        f"What answers is not the API of this version (status {status}). Start dashboard and API "
        "from the same installation.",
        status=status,
    )


def _part(text: str) -> str:
    return quote(text, safe=":")
