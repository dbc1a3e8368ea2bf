"""What every call of the API needs: one request sent, its answer read, one kind of error."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from types import TracebackType
from typing import TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, JsonValue, ValidationError

from client.errors import ApiError

M = TypeVar("M", bound=BaseModel)
_Query = Mapping[str, str | int | bool | None]
_TOKEN = re.compile(r"[\x21-\x7e]+")


class _Fault(BaseModel):
    place: str
    message: str


class _Problem(BaseModel):
    code: str
    detail: str
    errors: tuple[_Fault, ...] = ()


class Calls:
    """Asks one API with one token. Safe to share among threads; close it at the end."""

    def __init__(
        self,
        address: str,
        token: str | None = None,
        *,
        timeout_s: float = 60.0,
        forwarded_for: str | None = None,
    ) -> None:
        """Take the API's address, such as `http://127.0.0.1:8700`; nothing is sent yet.

        `forwarded_for` is the address of whoever is asked for; the API believes it from proxies
        that it trusts.
        """
        self._address = address
        if token is not None and _TOKEN.fullmatch(token) is None:
            raise ApiError("token", "The access token has characters that no token has.")
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        if forwarded_for is not None:
            headers["X-Forwarded-For"] = forwarded_for
        self._http = httpx.Client(
            base_url=address,
            headers=headers,
            timeout=timeout_s,
            trust_env=False,
            follow_redirects=False,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

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

    def _call(
        self,
        method: str,
        path: str,
        *,
        params: _Query | None = None,
        body: BaseModel | bytes | None = None,
        version: int | None = None,
        key: str | None = None,
        media_type: str = "text/csv",
        name: str | None = None,
    ) -> httpx.Response:
        """Send one request; raises `ApiError` where there is no answer to it."""
        headers: dict[str, str] = {}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        if key is not None:
            headers["Idempotency-Key"] = key
        content: bytes | None = None
        if isinstance(body, BaseModel):
            headers["Content-Type"] = "application/json"
            content = body.model_dump_json(exclude_unset=True).encode()
        elif body is not None:
            headers["Content-Type"] = media_type
            content = body
        if name is not None:
            # RFC 8187: any name in ASCII.
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        asked = {name: value for name, value in (params or {}).items() if value is not None}
        request = self._http.build_request(
            method, f"/v1/{path}", params=asked, content=content, headers=headers
        )
        return self._response(request)

    def _send(self, request: httpx.Request, answer: type[M]) -> M:
        return _read(self._response(request), answer)

    def _response(self, request: httpx.Request) -> httpx.Response:
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
        if not response.is_success:
            raise refusal(response)
        return response


def once(key: str | None) -> str:
    """Give the key of one request, a fresh one for None: under it, it is not done twice."""
    return key if key is not None else uuid.uuid4().hex


def part(text: str) -> str:
    """Give a name as a part of an address."""
    return quote(text, safe=":|")


def reference(text: str) -> str:
    """Give an investigation's reference as a part of an address: `/`, `%` and dots twice."""
    inner = text.replace("%", "%25").replace("/", "%2F")
    if inner in (".", ".."):
        inner = inner.replace(".", "%2E")
    return quote(inner, safe="")


def _read(response: httpx.Response, answer: type[M]) -> M:
    try:
        return answer.model_validate_json(response.content)
    except ValidationError:
        # Without its cause: that would carry the values that did not fit.
        raise _bad_answer(response.status_code) from None


def read(response: httpx.Response, answer: type[M]) -> M:
    """Give the answer that a response holds; raises `ApiError` where it is another one."""
    return _read(response, answer)


def refusal(response: httpx.Response) -> ApiError:
    """Give the error that a response is."""
    try:
        problem = _Problem.model_validate_json(response.content)
    except ValidationError:
        if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            return ApiError("api-busy", "The API is busy. Try again in a moment.", status=503)
        return _bad_answer(response.status_code)
    where = "".join(f" {fault.place}: {fault.message}." for fault in problem.errors)
    return ApiError(problem.code, problem.detail + where, status=response.status_code)


def _bad_answer(status: int) -> ApiError:
    return ApiError(
        "bad-answer",
        f"What answers is not the API of this version (status {status}). Start dashboard and API "
        "from the same installation.",
        status=status,
    )
