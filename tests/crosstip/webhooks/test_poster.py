"""What is connected to and what is not, with real sockets and a resolver that tests answer for."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from client.webhooks import verify
from crosstip.webhooks.connecting import NOWHERE, TOO_SLOW
from crosstip.webhooks.poster import OTHER_KEY, Poster
from graph.queries.webhook_outbox import PostRow
from graph.services.webhook_outbox import Posted
from graph.webhooks.keys import WebhookKey
from graph.webhooks.settings import WebhookSettings
from tests.crosstip.webhooks.receiver import NAME, Receiver, Trap, certificate, trickling

KEY = WebhookKey(secret=bytes(range(32)))
SECRET = KEY.secret_of("w", 1)
STANDS_FOR_PUBLIC = "127.0.0.2/32"
"""Loopback addresses beside 127.0.0.1, which stays forbidden."""
OPEN = WebhookSettings(http=True, networks=(STANDS_FOR_PUBLIC,), timeout_s=20)


def post(url: str, *, notice: str = "n", **more: object) -> PostRow:
    """Give a delivery to an address."""
    row: dict[str, object] = {
        "key": f"w|{notice}",
        "attempts": 1,
        "webhook": "w",
        "notice": notice,
        "kind": "conflict.opened",
        "severity": "high",
        "object": "c" * 32,
        "at_us": 1_790_000_000_000_000,
        "url": url,
        "state": "on",
        "generation": 1,
        "secret_check": SECRET.check,
        "previous_until_us": None,
    }
    return PostRow.model_validate({**row, **more})


class Names:
    """A resolver: each look-up gives the next answer, the last one again and again."""

    def __init__(self, *answers: Sequence[str]) -> None:
        """Take the answers."""
        self._answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        """Look a name up."""
        self.asked.append(f"{host}:{port}")
        answer = self._answers[0]
        if len(self._answers) > 1:
            self._answers.pop(0)
        if len(answer) == 0:
            raise OSError("no such name")
        return answer


def as_is(row: PostRow) -> PostRow:
    """Begin a try of what no store holds."""
    return row


def sent(row: PostRow, names: Names, settings: WebhookSettings = OPEN) -> Posted:
    """Give what became of one delivery."""
    (done,) = Poster(settings, lambda: KEY, resolve=names).send([row], as_is)
    return done


def test_a_delivery_is_signed_and_only_the_checked_address_is_connected_to() -> None:
    """DNS rebinding: the second look-up would give this machine. There is none."""
    names = Names(["127.0.0.2"], ["127.0.0.1"])
    with Receiver(host="127.0.0.2") as receiver, Trap("127.0.0.1", receiver.port) as trap:
        done = sent(post(f"http://{NAME}:{receiver.port}/in?a=b"), names)
        assert done.failure is None
        assert trap.is_untouched
    assert names.asked == [f"{NAME}:{receiver.port}"]
    (came,) = receiver.came
    assert came.path == "/in?a=b"
    assert came.headers["host"] == f"{NAME}:{receiver.port}"
    assert came.headers["content-type"] == "application/json"
    event = verify(came.body, came.headers, secrets=[SECRET.text])
    assert (event.id, event.type, event.data.object) == ("n", "conflict.opened", "c" * 32)


@pytest.mark.parametrize(
    "leads_to",
    [
        ["127.0.0.1"],
        ["169.254.169.254"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["::ffff:169.254.169.254"],
        ["64:ff9b::7f00:1"],
        ["10.0.0.1"],
        ["100.64.0.1"],
        ["fe80::1%lo"],
        ["0.0.0.0"],  # noqa: S104 - refused
        # One good address does not make up for a bad one, in whatever order.
        ["127.0.0.2", "127.0.0.1"],
        ["127.0.0.1", "127.0.0.2"],
        ["2130706433"],
        ["not an address"],
        [],
    ],
)
def test_a_name_that_leads_inside_is_not_connected_to(leads_to: list[str]) -> None:
    with Trap("127.0.0.1", 0) as trap, Trap("127.0.0.2", trap.port) as other:
        done = sent(post(f"http://{NAME}:{trap.port}/"), Names(leads_to))
        assert done.failure == NOWHERE
        assert trap.is_untouched
        assert other.is_untouched


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.0.0.1", "127.1", "[::1]"),
        *("[::ffff:127.0.0.1]", "localhost", "[::ffff:7f00:1]"),
    ],
)
def test_an_address_that_is_this_machine_is_not_connected_to(host: str) -> None:
    """Even where it came into the store by another way than the service that registers."""
    names = Names(["127.0.0.1"])
    with Trap("127.0.0.1", 0) as trap, Trap("::1", trap.port) as other:
        done = sent(post(f"http://{host}:{trap.port}/"), names)
        assert done.failure == "Its address is none that the settings allow now"
        assert trap.is_untouched
        assert other.is_untouched
    assert names.asked == []


def test_plain_http_is_for_development_only() -> None:
    names = Names(["127.0.0.2"])
    with Trap("127.0.0.2", 0) as trap:
        closed = WebhookSettings(networks=(STANDS_FOR_PUBLIC,))
        assert sent(post(f"http://{NAME}:{trap.port}/"), names, closed).failure is not None
        assert trap.is_untouched


def test_tls_is_for_the_name_though_its_address_is_connected_to(tmp_path: Path) -> None:
    context, trusted, asked = certificate(tmp_path)
    settings = WebhookSettings(ca_file=trusted, networks=(STANDS_FOR_PUBLIC,), timeout_s=20)
    names = Names(["127.0.0.2"])
    with Receiver(host="127.0.0.2", tls=context) as receiver:
        assert sent(post(f"https://{NAME}:{receiver.port}/"), names, settings).failure is None
        assert asked == [NAME]
        wrong = sent(post(f"https://other.example.org:{receiver.port}/"), names, settings)
        assert wrong.failure == "SSLCertVerificationError"
        untrusted = WebhookSettings(networks=(STANDS_FOR_PUBLIC,), timeout_s=20)
        unknown = sent(post(f"https://{NAME}:{receiver.port}/"), names, untrusted)
        assert unknown.failure == "SSLCertVerificationError"
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        assert sent(post(f"https://{NAME}:{receiver.port}/"), names, settings).failure is None
    assert [came.headers["host"] for came in receiver.came] == [f"{NAME}:{receiver.port}"] * 2


def test_redirections_are_not_followed_and_gone_is_gone() -> None:
    names = Names(["127.0.0.2"])
    with Receiver(host="127.0.0.2") as receiver, Trap("127.0.0.1", receiver.port) as trap:
        url = f"http://{NAME}:{receiver.port}/"
        for status in (301, 302, 307, 308):
            receiver.answer = lambda _, s=status: s  # type: ignore[misc]
            done = sent(post(url), names)
            assert done.failure == f"HTTP {status}: redirections are not followed"
            assert not done.is_final
        receiver.answer = lambda _: 410
        done = sent(post(url), names)
        assert (done.is_final, done.is_gone) == (True, True)
        receiver.answer = lambda _: 500
        assert sent(post(url), names).failure == "HTTP 500"
        assert trap.is_untouched
    assert len(receiver.came) == 6


def test_a_receiver_that_takes_its_time_is_cut_off() -> None:
    """Each byte comes in time; all of them never do."""
    over = threading.Event()
    settings = OPEN.model_copy(update={"timeout_s": 0.7})
    with Receiver(host="127.0.0.2", answer=trickling(over)) as receiver:
        url = f"http://{NAME}:{receiver.port}/"
        rows = [post(url, notice=f"n{number}") for number in range(5)]
        poster = Poster(settings, lambda: KEY, resolve=Names(["127.0.0.2"]))
        done = list(poster.send(rows, as_is))
        over.set()
    assert [one.failure for one in done] == [TOO_SLOW, *[f"Not tried: {TOO_SLOW}"] * 4]
    assert len(receiver.came) <= 1


def test_a_resolver_that_takes_its_time_is_not_waited_for() -> None:
    over = threading.Event()

    def slow(_: str, __: int) -> Sequence[str]:
        over.wait(60)
        return ["127.0.0.2"]

    began = time.monotonic()
    settings = OPEN.model_copy(update={"timeout_s": 0.3})
    poster = Poster(settings, lambda: KEY, resolve=slow)
    (done,) = poster.send([post(f"https://{NAME}/")], as_is)
    over.set()
    assert done.failure == TOO_SLOW
    assert time.monotonic() - began < 50


def test_a_worker_that_ends_begins_nothing_more() -> None:
    over = threading.Event()

    def last(_: object) -> int:
        over.set()
        return 200

    with Receiver(host="127.0.0.2", answer=last) as receiver:
        rows = [post(f"http://{NAME}:{receiver.port}/", notice=name) for name in "abc"]
        poster = Poster(OPEN, lambda: KEY, resolve=Names(["127.0.0.2"]), stop=over)
        assert [one.mail.key for one in poster.send(rows, as_is)] == ["w|a"]


def test_nothing_is_sent_under_another_key_or_when_it_is_off() -> None:
    with Trap("127.0.0.2", 0) as trap:
        url = f"http://{NAME}:{trap.port}/"
        other = sent(post(url, secret_check="x"), Names(["127.0.0.2"]))
        assert (other.failure, other.was_tried, other.is_final) == (OTHER_KEY, False, False)
        off = sent(post(url, state="ended"), Names(["127.0.0.2"]))
        assert (off.was_tried, off.is_final) == (False, True)
        assert trap.is_untouched
    gone = sent(post(url), Names(["127.0.0.2"]))
    assert gone.failure == "ConnectionRefusedError"
