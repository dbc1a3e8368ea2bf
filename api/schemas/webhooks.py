"""Bodies and answers about webhooks."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import PageAnswer, Part, Wanted
from api.schemas.wire import fields
from graph.queries.webhooks import WebhookRow
from graph.services.webhooks import MOST_OVERLAP_HOURS, OVERLAP_HOURS, Signed
from graph.webhooks.addresses import LONGEST


class RegisterWebhook(Wanted):
    """An address that notices are to go to."""

    url: str = Field(
        min_length=1,
        max_length=LONGEST,
        description="`https://host/path` of the receiver, which is reached from the "
        "installation: a public address, or one that its operators allowed.",
        examples=["https://hooks.example.org/crosstip"],
    )


class RotateWebhook(Wanted):
    """How long the secret before holds on."""

    overlap_hours: int = Field(
        default=OVERLAP_HOURS,
        ge=0,
        le=MOST_OVERLAP_HOURS,
        description="So long both secrets sign; 0 where somebody else has the one before.",
    )


class RedriveWebhook(Wanted):
    """Which dead deliveries are tried again."""

    notice: str = Field(
        default="", max_length=200, description="Of one notice; all of them when not given."
    )


class WebhookLine(Part):
    """A webhook, without what signs."""

    key: str
    url: str
    state: str = Field(description="`on`, `off` (it took nothing for days) or `ended`.")
    made_at: str
    made_by: str
    delivered_at: str | None = Field(description="When its receiver last took something.")
    failing_at: str | None = Field(description="Since when its receiver took nothing.")
    previous_until_at: str | None = Field(
        description="Until when the secret before the last rotation signs as well."
    )
    off_at: str | None
    off_by: str | None = Field(description="Who ended it; null where its failures did.")
    version: int = Field(description="To be sent as `If-Match` with a change.")

    @classmethod
    def of(cls, row: WebhookRow) -> WebhookLine:
        """Give the line for a row."""
        return cls.model_validate(fields(row))


class WebhooksAnswer(Part):
    """An agency's webhooks, the last one registered first."""

    webhooks: tuple[WebhookLine, ...]


class WebhookSigned(Part):
    """A webhook and its secret."""

    webhook: WebhookLine
    secret: str = Field(description="What deliveries are signed with. Shown once.")

    @classmethod
    def of(cls, made: Signed) -> WebhookSigned:
        """Give the answer for a webhook."""
        return cls(webhook=WebhookLine.of(made.webhook), secret=made.secret.text)


class TestWritten(Part):
    """A test delivery is on its way."""

    notice: str = Field(description="Its key: the list of deliveries says how it went.")


class DeliveryLine(Part):
    """A delivery; what it tells of is not in it."""

    notice: str = Field(description="Key of the notice; its `webhook-id`.")
    kind: str
    severity: str
    state: str = Field(
        description="`waiting`, `sent`, `dead` or `withdrawn`: not sent, as what it tells of is "
        "not the agency's to be told any more."
    )
    at: str
    due_at: str | None = Field(description="When it is tried next.")
    sent_at: str | None
    attempts: int
    failure: str | None = Field(description="Why the last try failed.")


class DeliveriesPage(PageAnswer[DeliveryLine]):
    """A webhook's deliveries, the newest notice first."""


class RedrivenAnswer(Part):
    """Deliveries are tried again."""

    retried: int
