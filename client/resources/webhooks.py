"""The API's webhooks: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read


class WebhookLine(Part):
    """A webhook, without what signs."""

    key: str
    url: str
    state: str
    made_at: str
    made_by: str
    delivered_at: str | None
    failing_at: str | None
    previous_until_at: str | None
    off_at: str | None
    off_by: str | None
    version: int


class WebhooksAnswer(Part):
    """An agency's webhooks, the last one registered first."""

    webhooks: tuple[WebhookLine, ...]


class RegisterWebhook(Asked):
    """An address that notices are to go to."""

    url: str


class WebhookSigned(Part):
    """A webhook and its secret."""

    webhook: WebhookLine
    secret: str


class TestWritten(Part):
    """A test delivery is on its way."""

    notice: str


class RotateWebhook(Asked):
    """How long the secret before holds on."""

    overlap_hours: int = 24


class DeliveryLine(Part):
    """A delivery; what it tells of is not in it."""

    notice: str
    kind: str
    severity: str
    state: str
    at: str
    due_at: str | None
    sent_at: str | None
    attempts: int
    failure: str | None


class DeliveriesPage(Answer):
    """A webhook's deliveries, the newest notice first."""

    items: tuple[DeliveryLine, ...]
    next_after: str | None


class RedriveWebhook(Asked):
    """Which dead deliveries are tried again."""

    notice: str = ""


class RedrivenAnswer(Part):
    """Deliveries are tried again."""

    retried: int


class Webhooks(Calls):
    """Calls about webhooks."""

    def webhooks(self) -> WebhooksAnswer:
        """Your agency's webhooks, and how each is doing."""
        return read(self._call("GET", "webhooks"), WebhooksAnswer)

    def register_webhook(self, wanted: RegisterWebhook, *, key: str | None = None) -> WebhookSigned:
        """Register an address that your agency's notices go to; its secret is shown once."""
        return read(self._call("POST", "webhooks", body=wanted, key=once(key)), WebhookSigned)

    def test_webhook(self, webhook: str, *, key: str | None = None) -> TestWritten:
        """Put a test delivery on its way."""
        return read(
            self._call("POST", f"webhooks/{part(webhook)}/test", key=once(key)), TestWritten
        )

    def rotate_webhook_secret(
        self, webhook: str, wanted: RotateWebhook, *, version: int, key: str | None = None
    ) -> WebhookSigned:
        """Make a new secret, which is shown once; for some hours the one before signs as well."""
        return read(
            self._call(
                "POST",
                f"webhooks/{part(webhook)}/rotate",
                body=wanted,
                version=version,
                key=once(key),
            ),
            WebhookSigned,
        )

    def switch_webhook_on(
        self, webhook: str, *, version: int, key: str | None = None
    ) -> WebhookLine:
        """Switch a webhook on again that was switched off as it took nothing."""
        return read(
            self._call("POST", f"webhooks/{part(webhook)}/resume", version=version, key=once(key)),
            WebhookLine,
        )

    def withdraw_webhook(self, webhook: str) -> WebhookLine:
        """End a webhook for good."""
        return read(self._call("DELETE", f"webhooks/{part(webhook)}"), WebhookLine)

    def webhook_deliveries(
        self, webhook: str, *, state: str = "", after: str = "", limit: int = 50
    ) -> DeliveriesPage:
        """A webhook's deliveries, the newest notice first."""
        return read(
            self._call(
                "GET",
                f"webhooks/{part(webhook)}/deliveries",
                params={"state": state, "after": after, "limit": limit},
            ),
            DeliveriesPage,
        )

    def retry_webhook_deliveries(
        self, webhook: str, wanted: RedriveWebhook, *, key: str | None = None
    ) -> RedrivenAnswer:
        """Have deliveries that were given up tried again."""
        return read(
            self._call(
                "POST", f"webhooks/{part(webhook)}/deliveries/retry", body=wanted, key=once(key)
            ),
            RedrivenAnswer,
        )
