"""People, investigations and claims on the command line, as an agency would begin."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.roles import Role
from graph.services.recording import record
from tests.crosstip.test_hash_list_commands import Commands
from tests.deliveries import delivery, email
from tests.stores import RunningStore

FACTS = "Seized chat of 3 March names this address as the seller's."
TERMS = (
    *("--source", "Search warrant 26-11.", "--support", "Paper file, tab 4."),
    *("--reliability", "reliable", "--content", "probable", "--handling", "permitted"),
)


@pytest.fixture
def crosstip(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """The command on a store with one tip, and an agency with its people."""
    settings = running_store.settings
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    monkeypatch.delenv("CROSSTIP_USER", raising=False)
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())
    said = [email("seller@example.com"), email("child@example.com", role=Role.VICTIM)]
    record(running_store.store, [delivery("123", said)], actor="test")
    return Commands()


def staffed(crosstip: Commands) -> None:
    """Enter the first operator, the seed, and the people of one agency."""
    assert "Give" not in crosstip("user", "first-operator", "ops", "--name", "Ops")
    assert "give --as USER" in crosstip("agency", "list", code=1)
    assert "61 task forces" in crosstip("agency", "seed", "--as", "ops")
    assert crosstip("agency", "show", "icac-oh", "--as", "ops").count("UNVERIFIED") == 1
    admin = ("--role", "agency administrator", "--agency", "icac-oh", "--as", "ops")
    crosstip("user", "add", "admin.oh", "--name", "A", *admin)
    for name, role in (("lee.oh", "investigator"), ("boss.oh", "supervisor")):
        crosstip("user", "add", name, "--name", name, "--role", role, "--as", "admin.oh")
    assert "boss.oh" in crosstip("user", "list", "--as", "admin.oh")


def test_from_an_empty_installation_to_a_purge(crosstip: Commands, tmp_path: Path) -> None:
    staffed(crosstip)
    lee, boss = ("--as", "lee.oh"), ("--as", "boss.oh")
    crosstip("investigation", "open", "26-001", "--purpose", "cybertip", *lee)
    assert "no such purpose" in crosstip(
        "investigation", "open", "26-002", "--purpose", "curiosity", *lee, code=1
    )
    held = ("tip", "hold", "123", "--agency", "icac-oh")
    assert "1 tips that it did not hold" in crosstip(*held, "--as", "ops")
    add = ("claim", "add", "26-001")
    assert "rule 23-1" in crosstip(*add, "seller@example.com", *TERMS, *lee, code=1)
    stated = ("--predicate", FACTS, *TERMS, *lee)
    refused = crosstip(*add, "child@example.com", "--tip", "123", *stated, code=1)
    assert "a victim's" in refused
    assert "child@example.com" not in refused
    line = json.loads(crosstip(*add, "seller@example.com", "--tip", "123", *stated, "--json"))
    assert line["outcome"] == "claimed"
    path = tmp_path / "claims.csv"
    path.write_text(
        "kind,value,predicate,source,support,reliability,content,handling,agency\n"
        f"email,a@example.com,{FACTS},Warrant,Tab 5,reliable,confirmed,conditions,\n"
        "email,b@example.com,,Warrant,Tab 5,reliable,confirmed,conditions,\n"
        "phone,nonsense,,,,,,,\n"
        f"email,c@example.com,{FACTS},Warrant,Tab 5,reliable,confirmed,conditions,icac-ca\n",
        encoding="utf-8",
    )
    said = crosstip("claim", "file", "26-001", str(path), *lee, code=3)
    assert "1 claimed." in said
    assert "line 3: The facts" in said
    assert "line 4:" in said
    assert "line 5: it is another investigation's" in said
    listed = crosstip("claim", "list", "26-001", *boss)
    assert listed.count("pointer") == 2
    ref = line["ref"]
    assert "Version 2" in crosstip("claim", "edit", ref, "--content", "confirmed", *lee)
    looked = ("--looked-at", "New log-ins last week.", "--until")
    assert "23-9" in crosstip("claim", "validate", ref, *looked, "2099-01-01", *lee, code=1)
    assert "by a supervisor" in crosstip(
        "claim", "visibility", ref, "silent", "--until", "2099-01-01", *lee, code=1
    )
    assert "Version 3" in crosstip(
        "claim", "visibility", ref, "sealed", "--sealed-to", "boss.oh", *lee
    )
    assert "no such claim that you may see" in crosstip("claim", "show", "0" * 32, *lee, code=1)
    assert "commitment" in crosstip("claim", "purge", ref, "--why", "It was an error.", *boss)
    assert "0 lapsed" in crosstip("claim", "purge-lapsed", "--as", "ops")
    crosstip("investigation", "close", "26-001", "--why", "Charged.", *lee)
    assert "closed" in crosstip("investigation", "list", *lee)
    crosstip("user", "change", "lee.oh", "--end-now", "--as", "admin.oh")
    assert "out of service" in crosstip("investigation", "list", *lee, code=1)
