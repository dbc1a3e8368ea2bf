"""Hands deliveries to receivers: one POST each, nothing of the answer kept but its status."""

from __future__ import annotations

import http.client
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from http import HTTPStatus

from crosstip.webhooks.connecting import (
    Deadline,
    Resolve,
    UnreachableError,
    addresses_of,
    connected,
    looked_up,
)
from graph.clock import now_us
from graph.errors import RowError, SettingsError
from graph.queries.webhook_outbox import PostRow
from graph.services.webhook_outbox import Posted
from graph.services.webhook_telling import ON, SWITCHED_OFF
from graph.webhooks.addresses import Target, target_of
from graph.webhooks.keys import Secret, WebhookKey
from graph.webhooks.settings import WebhookSettings
from graph.webhooks.signing import body_of, headers_of

_AT_ONCE = 8
"""Webhooks that are served at once: one that is slow holds up few others."""
_SLOW_S = 60.0
"""So long one webhook is served in one round; what is left then waits for a later one."""
OTHER_KEY = "This machine has another webhook key than the one that it was registered with"
_STATIC: Mapping[str, str] = {"Content-Type": "application/json", "User-Agent": "Crosstip"}


class Poster:
    """Delivers to webhooks. Safe to use again; `resolve` is how names are looked up."""

    def __init__(
        self,
        settings: WebhookSettings,
        key: Callable[[], WebhookKey],
        *,
        resolve: Resolve = looked_up,
        stop: threading.Event | None = None,
    ) -> None:
        """Take what it works with; the key is read when something is sent.

        Once `stop` is set nothing more is begun: what is left is due again after its lease.
        """
        self._stop = stop if stop is not None else threading.Event()
        self._settings = settings
        self._read_key = key
        self._resolve = resolve

    def send(
        self, mails: list[PostRow], begin: Callable[[PostRow], PostRow | None]
    ) -> Iterator[Posted]:
        """Try to deliver, each webhook's one after the other, and give what became of each.

        What became of a webhook's deliveries is given when all of its are done: after `_SLOW_S`
        and one delivery's time at most, which is less than the lease of each.

        Raises:
            SettingsError: the key, or the file of authorities, is not there.
        """
        round_ = _Round(
            settings=self._settings,
            key=self._read_key(),
            context=_context(self._settings),
            resolve=self._resolve,
            stop=self._stop,
            begin=begin,
        )
        by_webhook: dict[str, list[PostRow]] = {}
        for post in mails:
            by_webhook.setdefault(post.webhook, []).append(post)
        with ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="webhook") as pool:
            for tried in as_completed(
                [pool.submit(round_.all_of, posts) for posts in by_webhook.values()]
            ):
                yield from tried.result()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """One round of deliveries, with what they share."""

    settings: WebhookSettings
    key: WebhookKey
    context: ssl.SSLContext
    resolve: Resolve
    stop: threading.Event
    begin: Callable[[PostRow], PostRow | None]

    def all_of(self, posts: list[PostRow]) -> list[Posted]:
        """Deliver to one webhook, in order."""
        done: list[Posted] = []
        until_s = time.monotonic() + _SLOW_S
        for number, post in enumerate(posts):
            if self.stop.is_set():
                return done
            if time.monotonic() >= until_s:
                return [*done, *_not_tried(posts[number:], "what came before took too long", 1)]
            begun = self.begin(post)
            if begun is None:
                continue
            done.append(self._one(begun))
            if isinstance(done[-1], _Away):
                # Nothing answers there: what is left would only wait for the same.
                why = str(done[-1].failure)
                return [*done, *_not_tried(posts[number + 1 :], why, begun.attempts)]
        return done

    def _one(self, post: PostRow) -> Posted:
        if post.state != ON:
            return _failed(post, SWITCHED_OFF, is_final=True, was_tried=False)
        secrets = self._secrets(post)
        if secrets is None:
            return _failed(post, OTHER_KEY, was_tried=False)
        try:
            target = target_of(post.url, http=self.settings.http, networks=self.settings.networks)
        except RowError:
            return _failed(post, "Its address is none that the settings allow now")
        body = body_of(
            notice=post.notice,
            kind=post.kind,
            severity=post.severity,
            object_ref=post.object,
            at_us=post.at_us,
        )
        headers = headers_of(body, notice=post.notice, secrets=secrets, at_us=now_us())
        try:
            status = self._posted(target, body, headers)
        except UnreachableError as error:
            return _Away(mail=post, webhook=post.webhook, failure=str(error))
        return _answered(post, status)

    def _secrets(self, post: PostRow) -> list[Secret] | None:
        """Give the secrets that sign now, None where this is not the key that made them."""
        secret = self.key.secret_of(post.webhook, post.generation)
        if secret.check != post.secret_check:
            return None
        if post.previous_until_us is None or post.previous_until_us <= now_us():
            return [secret]
        return [secret, self.key.secret_of(post.webhook, post.generation - 1)]

    def _posted(self, target: Target, body: bytes, headers: Mapping[str, str]) -> int:
        """Post a body and give the status of the answer, of which nothing else is read."""
        deadline = Deadline(time.monotonic() + self.settings.timeout_s)
        addresses = addresses_of(
            target, networks=self.settings.networks, resolve=self.resolve, deadline=deadline
        )
        with connected(target, addresses, context=self.context, deadline=deadline) as over:
            kind = http.client.HTTPSConnection if target.is_tls else http.client.HTTPConnection
            host = f"[{target.host}]" if ":" in target.host else target.host
            connection = kind(host, target.port)
            # It is connected already, and must never look the name up by itself.
            connection.auto_open = 0
            connection.sock = over
            try:
                connection.request("POST", target.path, body=body, headers={**_STATIC, **headers})
                status = connection.getresponse().status
            except http.client.HTTPException as error:
                deadline.check()
                raise UnreachableError(type(error).__name__) from error
            # An answer that was cut off in its headers looks whole.
            deadline.check()
            return status


def _context(settings: WebhookSettings) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(
            cafile=None if settings.ca_file is None else str(settings.ca_file)
        )
    except OSError as error:
        raise SettingsError(
            f"CROSSTIP_WEBHOOK_CA_FILE, {settings.ca_file}, holds no certificates that can be "
            "read. No webhook is served until it does."
        ) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class _Away(Posted):
    """What became of a delivery whose receiver did not answer."""


def _answered(post: PostRow, status: int) -> Posted:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Posted(mail=post, webhook=post.webhook)
    if status == HTTPStatus.GONE:
        return Posted(
            mail=post, webhook=post.webhook, failure="HTTP 410", is_final=True, is_gone=True
        )
    is_redirection = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
    more = ": redirections are not followed" if is_redirection else ""
    return _failed(post, f"HTTP {status}{more}")


def _not_tried(posts: list[PostRow], why: str, times: int) -> Iterator[Posted]:
    for post in posts:
        failure = f"Not tried: {why}"
        yield Posted(mail=post, webhook=post.webhook, failure=failure, waits_like=times)


def _failed(
    post: PostRow, failure: str, *, is_final: bool = False, was_tried: bool = True
) -> Posted:
    return Posted(
        mail=post,
        webhook=post.webhook,
        failure=failure,
        is_final=is_final,
        was_tried=was_tried,
    )
