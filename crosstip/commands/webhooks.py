"""Commands about webhooks: register, list, try, rotate, switch on, end, look at deliveries."""

from __future__ import annotations

import os
import socket
from typing import Annotated

import typer

from crosstip.commands.wording import Json, minute
from crosstip.identity import As, desk
from crosstip.mailing.worker import deliver
from crosstip.output import print_json, print_table, say
from crosstip.serving.stopping import told_to_end
from crosstip.webhooks.poster import Poster
from graph.services.upkeep import webhook_outbox_for
from graph.services.webhook_outbox import PAGE, give_up, list_deliveries, redrive
from graph.services.webhooks import (
    MOST_OVERLAP_HOURS,
    OVERLAP_HOURS,
    Signed,
    add_webhook,
    end_webhook,
    list_webhooks,
    resume_webhook,
    rotate_webhook,
    said_of,
    try_webhook,
)
from graph.webhooks.keys import key_file, load_key, load_or_create_key
from graph.webhooks.settings import WebhookSettings

webhook_app = typer.Typer(
    help="Addresses of your agency's own systems that notices go to.", no_args_is_help=True
)
_Ref = Annotated[str, typer.Argument(help="The webhook, see `list`.")]
_Version = Annotated[int, typer.Option("--version", help="As `list` shows it.")]
_Hours = Annotated[
    int,
    typer.Option(
        "--overlap-hours",
        min=0,
        max=MOST_OVERLAP_HOURS,
        help="So long the secret before signs as well; 0 where somebody else has it.",
    ),
]


@webhook_app.command()
def add(
    url: Annotated[str, typer.Argument(help="https://host/path of the receiver.")],
    *,
    user: As = None,
) -> None:
    """Register an address; its secret is shown once."""
    with desk(user) as at:
        made = add_webhook(
            at.caller,
            at.store,
            url=url,
            key=load_or_create_key(key_file()),
            settings=WebhookSettings(),
        )
    _say_secret(made)


@webhook_app.command("list")
def list_all(*, user: As = None, json: Json = False) -> None:
    """List your agency's webhooks, and how each is doing."""
    with desk(user) as at:
        rows = list_webhooks(at.caller, at.store, reads=at.reads)
    if json:
        print_json(rows)
        return
    print_table(
        "Webhooks",
        ("webhook", "address", "how it is", "last delivered", "registered", "version"),
        [
            (row.key, row.url, said_of(row), minute(row.delivered_us), row.made_by, row.version)
            for row in rows
        ],
    )


@webhook_app.command("test")
def send_test(ref: _Ref, *, user: As = None) -> None:
    """Put a test delivery on its way."""
    with desk(user) as at:
        notice = try_webhook(at.caller, at.store, ref=ref)
    say(f"The test {notice} is on its way: crosstip webhook deliveries {ref}")


@webhook_app.command()
def rotate(
    ref: _Ref, *, version: _Version, overlap_hours: _Hours = OVERLAP_HOURS, user: As = None
) -> None:
    """Make a new secret, which is shown once."""
    with desk(user) as at:
        made = rotate_webhook(
            at.caller,
            at.store,
            ref=ref,
            expected=version,
            key=load_or_create_key(key_file()),
            overlap_hours=overlap_hours,
        )
    _say_secret(made)
    say(f"The secret before signs as well for {overlap_hours} hours.")


@webhook_app.command()
def resume(ref: _Ref, *, version: _Version, user: As = None) -> None:
    """Switch a webhook on again that was switched off."""
    with desk(user) as at:
        row = resume_webhook(at.caller, at.store, ref=ref, expected=version)
    say(f"The webhook {row.key} is on. What came meanwhile: crosstip webhook retry {row.key}")


@webhook_app.command()
def end(ref: _Ref, *, user: As = None) -> None:
    """End a webhook for good."""
    with desk(user) as at:
        end_webhook(at.caller, at.store, ref=ref)
    say("Nothing goes there any more.")


@webhook_app.command()
def deliveries(
    ref: _Ref,
    *,
    state: Annotated[
        str, typer.Option(help="waiting, sent, dead or withdrawn; any if not given.")
    ] = "",
    user: As = None,
    json: Json = False,
) -> None:
    """List a webhook's newest deliveries, and why those failed that did."""
    with desk(user) as at:
        rows = list_deliveries(at.caller, at.store, ref=ref, state=state, reads=at.reads)
    if json:
        print_json(rows)
        return
    print_table(
        "Deliveries",
        ("notice", "kind", "severity", "written", "state", "tries", "sent", "next", "why"),
        [
            (
                row.notice,
                row.kind,
                row.severity,
                minute(row.at_us),
                row.state,
                row.attempts,
                minute(row.sent_us),
                minute(row.due_us),
                row.failure,
            )
            for row in rows
        ],
    )
    if len(rows) == PAGE:
        say(f"Only the newest {PAGE} are shown.")


@webhook_app.command("retry")
def retry_dead(
    ref: _Ref,
    notice: Annotated[str, typer.Argument(help="Of one; all dead ones when not given.")] = "",
    *,
    user: As = None,
) -> None:
    """Have deliveries that were given up tried again."""
    with desk(user) as at:
        total = redrive(at.caller, at.store, ref=ref, notice=notice)
    say(f"{total} are tried again.")


@webhook_app.command("deliver")
def deliver_due(
    *,
    watch: Annotated[bool, typer.Option("--watch", help="Go on until stopped.")] = False,
    user: As = None,
) -> None:
    """Send what is due to all agencies' webhooks, and switch off those that failed for days."""
    settings = WebhookSettings()
    with desk(user) as at, told_to_end() as stop:
        name = f"{socket.gethostname()} {os.getpid()}"
        outbox = webhook_outbox_for(at.caller, at.store, worker=name)
        poster = Poster(settings, lambda: load_key(key_file()), stop=stop)
        ends_us = at.caller.until_us
        done = deliver(outbox, poster, watch=watch, stop=stop, until_us=ends_us)
        off = give_up(
            at.whole, days=settings.give_up_days, at_us=at.caller.as_of_us, actor=at.caller.user
        )
    say(f"{done.sent} sent, {done.failed} tries failed, {off} switched off.")


def _say_secret(made: Signed) -> None:
    say(f"Webhook {made.webhook.key}, version {made.webhook.version}.")
    say(f"Its secret, shown this once: {made.secret.text}")
