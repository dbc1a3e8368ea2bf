"""The page Webhooks: where notices are delivered to, what came of it, and secrets shown once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.webhooks import (
    RedriveWebhook,
    RegisterWebhook,
    RotateWebhook,
    WebhookLine,
    WebhookSigned,
)
from dashboard import state
from dashboard.components import doing, notices
from dashboard.components.tables import chosen_row, table
from dashboard.desk.desk_steps import is_one_of
from dashboard.desk.webhook_lists import MANAGES, delivery_columns, webhook_columns
from dashboard.wording import visible


@dataclass(slots=True)
class MadeSecret:
    """A secret that was made and not yet noted down."""

    secret: str | None = None


def render() -> None:
    """Show the page."""
    client = state.connected()
    notices.page_head("Webhooks", synthetic=state.session().synthetic)
    doing.say_what_was_done()
    st.text(
        "Addresses of your agency's own systems that its notices are delivered to, signed. A "
        "notice says that something happened and names no identifier."
    )
    _show_secret()
    try:
        hooks, people = client.webhooks().webhooks, client.users(limit=1)
    except ApiError as error:
        notices.failure(error)
        return
    chosen = chosen_row(
        webhook_columns(hooks),
        name="webhooks",
        answer=people,
        empty="Your agency has no webhook.",
        by="Webhook",
        label="Choose a webhook",
    )
    notices.footing(people)
    is_manager = is_one_of(state.session().who, MANAGES)
    if chosen is not None:
        _one(client, hooks[chosen], is_manager=is_manager)
    if is_manager:
        _add(client)
    else:
        st.text("Administrators of your agency register and end webhooks.")


def _show_secret() -> None:
    made = state.record(MadeSecret)
    if made.secret is None:
        return
    st.warning("This secret is shown now and never again. The receiver checks signatures with it.")
    st.code(made.secret, language=None)
    if st.button("It is noted", key="secret-noted"):
        made.secret = None
        st.rerun()


def _keep(signed: WebhookSigned) -> None:
    state.record(MadeSecret).secret = signed.secret


def _one(client: CrosstipClient, hook: WebhookLine, *, is_manager: bool) -> None:
    doing.show_version(hook.key, hook.version)
    if is_manager and hook.state != "ended":
        _steps(client, hook)
    st.header("Its deliveries")
    try:
        page = client.webhook_deliveries(hook.key)
    except ApiError as error:
        notices.failure(error)
        return
    table(delivery_columns(page.items), name="deliveries", answer=page, empty="None so far.")
    if page.next_after is not None:
        st.text("The newest 50 are shown; the API has all.")
    notices.footing(page)


def _steps(client: CrosstipClient, hook: WebhookLine) -> None:
    st.text(f"{visible(hook.url)}: {visible(hook.state)}")
    steps: tuple[tuple[str, str, Callable[[str], object], str], ...] = (
        (
            "Send a test",
            "test",
            lambda key: client.test_webhook(hook.key, key=key),
            "A test is on its way. Look at the deliveries in a moment.",
        ),
        (
            "New secret",
            "rotate",
            lambda key: _keep(
                client.rotate_webhook_secret(
                    hook.key, RotateWebhook(), version=hook.version, key=key
                )
            ),
            "There is a new secret. The one before signs beside it for 24 hours.",
        ),
        (
            "Switch on again",
            "resume",
            lambda key: client.switch_webhook_on(hook.key, version=hook.version, key=key),
            "It is on again.",
        ),
        (
            "Try again what was given up",
            "redrive",
            lambda key: client.retry_webhook_deliveries(hook.key, RedriveWebhook(), key=key),
            "What was given up is tried again.",
        ),
        (
            "End it for good",
            "end",
            lambda _: client.withdraw_webhook(hook.key),
            "It is ended: nothing goes there any more.",
        ),
    )
    with st.container(horizontal=True):
        for label, name, work, done in steps:
            if name == "resume" and hook.off_at is None:
                continue
            if st.button(label, key=f"webhook-{name}"):
                doing.attempt(f"{name} {hook.key} {hook.version}", work, done=done)


def _add(client: CrosstipClient) -> None:
    st.header("A new webhook")
    with st.form("webhook-form"):
        url = st.text_input(
            "Address (https://…); private networks are refused", max_chars=2000, key="webhook-url"
        )
        asked = st.form_submit_button("Register it", key="webhook-add")
    if not asked:
        return
    wanted = RegisterWebhook(url=(url or "").strip())
    if wanted.url == "":
        st.error("Write the address that notices are to go to.")
        return
    doing.attempt(
        f"webhook {wanted.url}",
        lambda key: _keep(client.register_webhook(wanted, key=key)),
        done="It is registered. Send a test.",
    )
