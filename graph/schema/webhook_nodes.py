"""The node types of webhooks: addresses that notices are delivered to, and each delivery."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N = PropType.STRING, PropType.INTEGER

WEBHOOK = NodeType(
    label="Webhook",
    doc="An address of an agency's own system that its notices are delivered to. The secret that "
    "signs is not here: it follows from the ref, the generation and a key outside the store.",
    key_doc="Random; its name.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True, indexed=True),
        Prop("url", S, "Where to.", required=True),
        Prop("state", S, "`on`, `off` or `ended`.", required=True),
        Prop("generation", N, "Which secret signs; rises when it is rotated.", required=True),
        Prop("secret_check", S, "Digest that tells the secret from another key's.", required=True),
        Prop("previous_until_us", N, "Until when the secret before signs as well."),
        Prop("made_us", N, "When it was registered.", required=True),
        Prop("made_by", S, "User that registered it.", required=True),
        Prop("delivered_us", N, "When a delivery was last taken."),
        Prop("failing_us", N, "Since when none was taken; null while it works."),
        Prop("off_us", N, "When it was switched off, or ended."),
        Prop("off_by", S, "User that ended it; null where its failures did."),
        Prop("version", N, "Rises with every change by a person.", required=True),
        Prop("kept_by", S, "User that changed it last and answers for it; null: who made it."),
    ),
)

WEBHOOK_DELIVERY = NodeType(
    label="WebhookDelivery",
    doc="A notice on its way to one webhook; the outbox that webhooks are served from.",
    key_doc="`<webhook>|<notice>`: a repeat has the same.",
    props=(
        Prop("webhook", S, "Key of the webhook.", required=True, indexed=True),
        Prop("notice", S, "Key of the notice; of a test, random.", required=True),
        Prop("stream", S, "Deliveries of one stream leave in order.", required=True),
        Prop("number", N, "Place in its stream.", required=True),
        Prop("kind", S, "`conflict.opened` and so on, or `webhook.test`.", required=True),
        Prop("severity", S, "`urgent`, `high` or `normal`.", required=True),
        Prop("object", S, "Ref of the conflict, or key of the tip."),
        Prop("at_us", N, "When the notice was written.", required=True),
        Prop("state", S, "`waiting`, `sent`, `dead` or `withdrawn`.", required=True),
        Prop("due_us", N, "When it is tried next; a worker's lease moves it.", indexed=True),
        Prop("leased_by", S, "Worker that tries it."),
        Prop("attempts", N, "How often it was tried.", required=True),
        Prop("sent_us", N, "When the receiver took it."),
        Prop("failure", S, "Why the last try failed."),
    ),
)

WEBHOOK_NODES: tuple[NodeType, ...] = (WEBHOOK, WEBHOOK_DELIVERY)
