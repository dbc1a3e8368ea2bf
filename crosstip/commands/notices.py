"""Commands about notices: read and acknowledge one's own, deliver by mail, look after dead ones."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Sequence
from types import FrameType
from typing import Annotated

import typer

from crosstip.commands.wording import Json, banner, minute
from crosstip.identity import As, desk
from crosstip.mailing.mailer import Mailer
from crosstip.mailing.settings import MailSettings
from crosstip.mailing.worker import deliver
from crosstip.output import print_json, print_table, say
from graph.queries.notices import NoticeRow
from graph.services.notices import PAGE, acknowledge_notice, list_dead, list_notices, retry
from graph.services.upkeep import outbox_for

notices_app = typer.Typer(help="Notices: what you are told, and how it leaves by mail.")
_Key = Annotated[str, typer.Argument(help="Key of the notice, see `list`.")]


@notices_app.command("list")
def list_all(
    *,
    every: Annotated[bool, typer.Option("--all", help="Acknowledged ones as well.")] = False,
    user: As = None,
    json: Json = False,
) -> None:
    """List your notices, newest first."""
    with desk(user) as at:
        rows = list_notices(at.caller, at.store, reads=at.reads, with_seen=every)
        synthetic = at.synthetic
    if json:
        print_json(rows)
        return
    banner(synthetic=synthetic)
    _print(rows)


@notices_app.command("acknowledge")
def acknowledge_one(key: _Key, *, user: As = None) -> None:
    """Say that you took note. A conflict's clock ends with `conflicts acknowledge`."""
    with desk(user) as at:
        row = acknowledge_notice(at.caller, at.store, key=key)
    say(f"Acknowledged by {row.seen_by} at {minute(row.seen_us)}.")


@notices_app.command("deliver")
def deliver_due(
    *,
    watch: Annotated[bool, typer.Option("--watch", help="Go on until stopped.")] = False,
    user: As = None,
) -> None:
    """Send what is due through the mail server that CROSSTIP_MAIL_HOST names."""
    stop = threading.Event()

    def ended(_: int, __: FrameType | None) -> None:
        stop.set()

    with desk(user) as at:
        name = f"{socket.gethostname()} {os.getpid()}"
        outbox = outbox_for(at.caller, at.store, worker=name)
        mailer = Mailer(MailSettings())
        signal.signal(signal.SIGTERM, ended)
        signal.signal(signal.SIGINT, ended)
        ends_us = at.caller.until_us
        done = deliver(outbox, mailer, watch=watch, stop=stop, until_us=ends_us)
    say(f"{done.sent} sent, {done.failed} tries failed.")


@notices_app.command()
def dead(*, user: As = None, json: Json = False) -> None:
    """List mails that could not be delivered: your agency's, to an operator all."""
    with desk(user) as at:
        rows = list_dead(at.caller, at.store, reads=at.reads)
    if json:
        print_json(rows)
        return
    print_table(
        "Dead letters",
        ("notice", "agency", "kind", "severity", "written", "tries", "why"),
        [
            (r.key, r.agency, r.kind, r.severity, minute(r.at_us), r.attempts, r.failure)
            for r in rows
        ],
    )


@notices_app.command("retry")
def retry_all(
    key: Annotated[str, typer.Argument(help="Key of one; all of them when not given.")] = "",
    *,
    user: As = None,
) -> None:
    """Have dead letters tried again."""
    with desk(user) as at:
        total = retry(at.caller, at.store, key=key)
    say(f"{total} are tried again.")


def _print(rows: Sequence[NoticeRow]) -> None:
    if len(rows) == 0:
        say("There is no notice that you have not acknowledged.")
    for row in rows:
        seen = f" (acknowledged by {row.seen_by})" if row.seen_us is not None else ""
        subject = row.subject.removesuffix(f" ({row.severity})")
        say(f"{minute(row.at_us)} {row.severity.upper()} {subject}{seen}")
        for line in row.text.split("\n"):
            if line != subject:
                say(f"  {line.removeprefix(f'{subject}: ')}")
        say(f"  notice {row.key}, mail: {row.mail}")
    if len(rows) == PAGE:
        say(f"Only the newest {PAGE} are shown.")
