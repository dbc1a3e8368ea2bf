"""An agency's webhook on the command line: from its registration to what its receiver reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from client.webhooks import verify
from graph.clock import now_us
from tests.crosstip.test_hash_list_commands import Commands
from tests.crosstip.webhooks.receiver import Receiver
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import staff
from tests.stores import RunningStore

ADMIN, AUDIT, OPS = ("--as", "admin.north"), ("--as", "audit.north"), ("--as", "ops")


def secret_in(said: str) -> str:
    """Give the secret that a command showed."""
    return next(word for word in said.split() if word.startswith("whsec_"))


def test_a_webhook_on_the_command_line(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = running_store.settings
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_KEYS_DIR", str(tmp_path / "keys"))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    monkeypatch.delenv("CROSSTIP_USER", raising=False)
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())
    store, crosstip = running_store.store, Commands()
    people = staff(store, "north", "south", at_us=now_us())
    with Receiver(host="127.0.0.2") as receiver:
        url = f"http://127.0.0.2:{receiver.port}/in"
        assert "begins with https" in crosstip("webhook", "add", url, *ADMIN, code=1)
        monkeypatch.setenv("CROSSTIP_WEBHOOK_HTTP", "true")
        assert "public address" in crosstip("webhook", "add", url, *ADMIN, code=1)
        monkeypatch.setenv("CROSSTIP_WEBHOOK_NETWORKS", '["127.0.0.2/32"]')
        assert "agency administrator" in crosstip("webhook", "add", url, *AUDIT, code=1)
        secret = secret_in(crosstip("webhook", "add", url, *ADMIN))
        (row,) = json.loads(crosstip("webhook", "list", "--json", *AUDIT))
        ref = row["key"]
        assert "on its way" in crosstip("webhook", "test", ref, *ADMIN)
        for agency in ("north", "south"):
            lead = people[f"lead.{agency}"]
            claimed(lead, store, case(lead, store, f"{agency}-1"), draft())
        conflict = json.loads(crosstip("conflicts", "list", "--json", "--as", "lead.south"))[0]
        crosstip("conflicts", "message", conflict["ref"], "Call me.", "--as", "lead.south")
        assert "operator" in crosstip("webhook", "deliver", *ADMIN, code=1)
        assert "3 sent, 0 tries failed" in crosstip("webhook", "deliver", *OPS)
        said = [verify(one.body, one.headers, secrets=[secret]) for one in receiver.came]
        assert {event.type for event in said[:2]} == {"webhook.test", "conflict.opened"}
        assert said[2].type == "conflict.message"
        assert said[2].data.link == f"/v1/conflicts/{conflict['ref']}"
        for one in receiver.came:
            for hidden in (b"x@example.com", b"Call me", b"south", b"lead"):
                assert hidden not in one.body
        rotated = crosstip("webhook", "rotate", ref, "--version", "1", *ADMIN)
        assert secret_in(rotated) != secret
        assert "signs as well for 24 hours" in rotated
        assert "conflict.message" in crosstip("webhook", "deliveries", ref, *AUDIT)
        assert "0 are tried again" in crosstip("webhook", "retry", ref, *ADMIN)
        assert "is on" in crosstip("webhook", "resume", ref, "--version", "2", *ADMIN, code=1)
        assert "Nothing goes there" in crosstip("webhook", "end", ref, *ADMIN)
        assert "ended" in crosstip("webhook", "list", *ADMIN)
