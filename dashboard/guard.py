"""Guards around Streamlit's server: who may ask, what is there at all, what a page may load."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.uploads import UploadGate, UploadRefusedError

_INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_CORE = "/_stcore/"
_OFFERED = frozenset({"health", "host-config", "stream"})
"""Of Streamlit's own routes: no metrics, no agent API, no other component."""
_UPLOAD = "upload_file/"
"""Takes a file into the memory of one session, whose id it asks for beside Streamlit's token
against foreign forms; only where somebody is logged in, and within the bounds of
`dashboard.uploads`. There is no way to read it back."""
_UPLOAD_METHODS = frozenset({"PUT", "DELETE"})


def page_policy() -> str:
    """Give the Content Security Policy: nothing from another host, no script but Streamlit's own.

    `blob:` is how Streamlit imports the script of a component. Styles in line are how it styles.
    """
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE.findall(_INDEX.read_text(encoding="utf-8"))
    )
    return (
        f"default-src 'none'; script-src 'self' {hashes} blob:; worker-src 'self' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )


def _is_offered(scope: Scope, name: str) -> bool:
    if name.startswith(_UPLOAD):
        return scope["type"] == "http" and scope["method"] in _UPLOAD_METHODS
    return name in _OFFERED


def _is_file(scope: Scope) -> bool:
    path = scope["path"]
    return scope.get("method") == "PUT" and path.startswith(f"{_CORE}{_UPLOAD}")


class Guard:
    """Refuses other hosts and origins, closes routes that are not used, sets headers.

    Origins are checked here because Streamlit, asked by one it does not know, asks a public
    service for this machine's address.
    """

    def __init__(self, app: ASGIApp, *, allowed_hosts: Iterable[str], uploads: UploadGate) -> None:
        self._app = app
        self._uploads = uploads
        self._allowed = frozenset(host.lower().strip("[]") for host in allowed_hosts)
        self._headers = {
            "Content-Security-Policy": page_policy(),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if scope["type"] == "websocket":
            if refusal is None:
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        target = self._app if refusal is None else refusal
        if refusal is not None or not _is_file(scope):
            await target(scope, receive, send_with_headers)
            return
        session = scope["path"].removeprefix(f"{_CORE}{_UPLOAD}").partition("/")[0]
        length = Headers(scope=scope).get("content-length", "")
        try:
            with self._uploads.passing(session, int(length) if length.isdecimal() else None):
                await self._app(scope, receive, send_with_headers)
        except UploadRefusedError as error:
            refused = PlainTextResponse(error.sentence, status_code=error.status)
            await refused(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        origins = headers.getlist("origin")
        hosts = headers.getlist("host")
        if len(hosts) != 1 or self._name(f"//{hosts[0]}") is None:
            return PlainTextResponse("This host name is not served here.", status_code=421)
        if any(urlsplit(origin).netloc != hosts[0] for origin in origins):
            return PlainTextResponse("Asked from a page of another site.", status_code=403)
        path = scope["path"]
        if path.startswith(_CORE) and not _is_offered(scope, path.removeprefix(_CORE)):
            return PlainTextResponse("There is nothing here.", status_code=404)
        return None

    def _name(self, address: str) -> str | None:
        try:
            host = urlsplit(address).hostname
        except ValueError:
            return None
        return host if host in self._allowed else None
