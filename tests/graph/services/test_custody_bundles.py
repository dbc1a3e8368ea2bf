"""The signed bundle: whole it holds, and whatever was changed in it is refused by name."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.audit.keys import load_signer, new_signer
from graph.audit.notes import Signer, sign
from graph.audit.standalone_custody import BadLogError, archive, check_bundle, members_of, statement
from graph.casework.caller import Caller
from graph.clock import now_us
from graph.custody.bundle import CustodyBundle
from graph.errors import NotFoundError, RightsError, RowError
from graph.handoff.steps import HandoffStep, Kind
from graph.services.audit_checkpoints import publish_if_due
from graph.services.audit_ledger import ledger
from graph.services.audit_reads import ReadLog
from graph.services.custody_bundles import BundleOrder, make_bundle
from graph.services.evidence import show_evidence
from graph.services.recording import record
from graph.services.triage_steps import take
from graph.store import Store
from tests.deliveries import delivery, email
from tests.graph.services.handing import County, county
from tests.graph.services.logbook import settings_in
from tests.graph.services.people import DAY_US
from tests.graph.services.test_custody import now
from tests.stores import RunningStore

TIP = "ncmec:1"
VIEWS = 600
"""More than a page of the gathering."""


@dataclass(frozen=True, slots=True)
class Made:
    """Two bundles of a county, and what they were made with."""

    at: County
    signer: Signer
    one: CustodyBundle
    other: CustodyBundle
    document: str

    @property
    def key(self) -> str:
        """The public key, as somebody noted it."""
        return self.signer.public.text


def body_of(number: int) -> bytes:
    """Give the bytes of a document, which has the hash that `delivery` gives it."""
    return f"ids-json|n{number}|Emaila{number}@example.comreportedNone|".encode()


def deliver(store: Store, number: int) -> str:
    """Deliver a tip of north's and give its document."""
    said = [email(f"a{number}@example.com")]
    one = delivery(str(number), said, body=f"n{number}", holder="north")
    record(store, [one], actor="lead.north")
    return one.document.sha256


def made_by(
    caller: Caller, store: Store, signer: Signer, number: int = 1, **more: object
) -> CustodyBundle:
    """Give a bundle with its original."""
    order = BundleOrder(
        tip=f"ncmec:{number}",
        signer=signer,
        synthetic=True,
        originals=lambda _sha: body_of(number),
        **more,  # type: ignore[arg-type]
    )
    return make_bundle(now(caller), store, order=order, reads=ReadLog(store))


@pytest.fixture
def made(running_store: RunningStore, tmp_path: Path) -> Made:
    """Two tips that were looked at, one of them offered to another agency and declined."""
    at = county(running_store)
    store, settings = at.store, settings_in(tmp_path)
    document = deliver(store, 1)
    deliver(store, 2)
    lead, boss = at.people["lead.north"], at.people["boss.north"]
    take(now(lead), store, tip=TIP)
    for _ in range(3):
        show_evidence(lead, store, tip=TIP, reads=ReadLog(store))
    row = at.new(TIP)
    at.step("boss.south", row, HandoffStep.DECLINE)
    publish_if_due(store, settings, at_once=True)
    show_evidence(lead, store, tip=TIP, reads=ReadLog(store))
    signer = load_signer(settings.keys.signing)
    one = made_by(boss, store, signer, given_to="the defence in State v. Doe")
    return Made(at, signer, one, made_by(boss, store, signer, 2), document)


def test_a_bundle_answers_offline_and_its_making_is_in_the_ledger(
    made: Made, tmp_path: Path
) -> None:
    said = check_bundle(made.one.data, keys=[made.key])
    assert said.startswith("SYNTHETIC")
    assert f"Of {made.one.entries} entries of its log {made.one.proved} are proved" in said
    assert 0 < made.one.proved < made.one.entries, "what came after the checkpoint is said unproved"
    assert "2 receipts of hand-offs hold; 1 of 1 originals" in said
    _who_has_neither_crosstip_nor_its_checkout(made, tmp_path)
    with zipfile.ZipFile(io.BytesIO(made.one.data)) as opened:
        assert opened.testzip() is None, "every ZIP tool opens it"
        names = set(opened.namelist())
        page = opened.read("custody.html").decode()
        manifest = json.loads(opened.read("manifest.json"))
    assert {"README.txt", "custody.json", "log/checkpoint.json"} <= names
    assert f"originals/{made.document}" in names
    assert "Summary, not evidence" in page
    assert "<script" not in page
    assert "a1@example.com" not in page
    assert manifest["given_to"] == "the defence in State v. Doe"
    (line,) = [
        line
        for line in ledger(made.at.store, TIP)
        if line.outcome.startswith(f"custody bundle sha256:{made.one.sha256}")
    ]
    assert (line.actor, line.agency) == ("boss.north", "north")
    assert line.outcome.endswith("for: the defence in State v. Doe")
    assert made.one.left_out == ()
    bare = make_bundle(
        now(made.at.people["boss.north"]),
        made.at.store,
        order=BundleOrder(tip=TIP, signer=made.signer, synthetic=True),
        reads=ReadLog(made.at.store),
    )
    assert "0 of 1 originals" in check_bundle(bare.data, keys=[made.key])
    assert "not asked for" in bare.left_out[0]


def _who_has_neither_crosstip_nor_its_checkout(made: Made, place: Path) -> None:
    bundle = place / "bundle.zip"
    bundle.write_bytes(made.one.data)
    with zipfile.ZipFile(bundle) as opened:
        opened.extractall(place)
    verifier = place / "verify" / "standalone_custody.py"
    for key, code in ((made.key, 0), (new_signer().public.text, 1)):
        done = subprocess.run(
            [sys.executable, "-I", str(verifier), str(bundle), "--key", key],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (code, "")


def test_whatever_was_changed_is_refused_by_name(made: Made) -> None:
    members, others = members_of(made.one.data), members_of(made.other.data)
    keys = [made.key]
    for name, data in members.items():
        changed = bytearray(data)
        changed[len(data) // 2] ^= 1
        _refused({**members, name: bytes(changed)}, name, keys)
        _refused({each: members[each] for each in members if each != name}, name, keys)
        if others.get(name, data) != data:
            _refused({**members, name: others[name]}, name, keys)
    _refused({**members, "more.txt": b"more"}, "more.txt is not in the manifest", keys)
    # Whoever signs anew with another key is another one.
    with pytest.raises(BadLogError, match="not signed by"):
        check_bundle(made.one.data, keys=[new_signer().public.text])
    for at in range(0, len(made.one.data), 97):
        bent = bytearray(made.one.data)
        bent[at] ^= 0x10
        with pytest.raises(BadLogError, match=r"chang|missing|signed|not|added"):
            check_bundle(bytes(bent), keys=keys)
    for data in (made.one.data[:-1], made.one.data + b"\n", made.one.data[1:]):
        with pytest.raises(BadLogError):
            check_bundle(data, keys=keys)


def _refused(members: dict[str, bytes], named: str, keys: list[str]) -> None:
    with pytest.raises(BadLogError) as told:
        check_bundle(archive(members), keys=keys)
    assert named in str(told.value)


def test_a_signer_who_lies_about_the_log_is_found_out(made: Made) -> None:
    """Whoever has the key signs what they like; proofs, receipts and hashes still have to fit."""
    members = members_of(made.one.data)
    entries = members["log/entries.ndjson"].splitlines(keepends=True)
    page = json.loads(members["custody.json"])

    def lying(name: str, data: bytes) -> None:
        _told(made, {**members, name: data})

    first = json.loads(entries[0])
    record_ = json.loads(first["record"])
    for lie in (
        {**first, "record": json.dumps({**record_, "actor": "nobody"})},
        {**first, "number": first["number"] + 1},
        {**first, "path": None},
        {**first, "entry": "another"},
        {**first, "record": json.dumps({**record_, "object": "ncmec:3"})},
    ):
        lying("log/entries.ndjson", b"".join([json.dumps(lie).encode() + b"\n", *entries[1:]]))
    lying("log/entries.ndjson", b"".join(entries[1:]))
    lying("log/entries.ndjson", b"".join([*entries, entries[0]]))
    lying("custody.json", json.dumps({**page, "tip": "ncmec:2"}).encode())
    lying("custody.json", json.dumps({**page, "handoffs": []}).encode())
    lying("custody.json", json.dumps({**page, "documents": []}).encode())
    lying(f"originals/{made.document}", b"something else")
    (receipt, *_) = [name for name in members if name.startswith("receipts/")]
    lying(receipt, members[receipt].replace(b"offer", b"gift!"))
    foreign = members_of(made.other.data)["log/checkpoint.json"]
    kept = json.loads(foreign)
    kept["opening"]["size"] += 1
    lying("log/checkpoint.json", json.dumps(kept).encode())


def _told(made: Made, members: dict[str, bytes]) -> None:
    manifest = json.loads(members["manifest.json"])
    for name in manifest["members"]:
        manifest["members"][name]["sha256"] = hashlib.sha256(members[name]).hexdigest()
    data = json.dumps(manifest).encode()
    signature = sign(statement(manifest["tip"], data), [made.signer]).encode()
    forged = {**members, "manifest.json": data, "manifest.sig": signature}
    with pytest.raises(BadLogError):
        check_bundle(archive(forged), keys=[made.key])


def test_who_may_hand_a_bundle_out(made: Made) -> None:
    at, store = made.at, made.at.store
    for user, error in (
        ("deputy.north", RightsError),
        ("audit.north", RightsError),
        ("ops", RightsError),
        ("boss.south", NotFoundError),
        ("boss.west", NotFoundError),
    ):
        with pytest.raises(error):
            made_by(at.people[user], store, made.signer)
    with pytest.raises(RowError):
        made_by(at.people["boss.north"], store, made.signer, given_to="jane@example.com")
    row = at.new(
        TIP, to="office", kind=Kind.PROSECUTION, scope="All of it.", until_us=now_us() + DAY_US
    )
    at.step("pros.office", row, HandoffStep.ACCEPT)
    theirs = made_by(at.people["pros.office"], store, made.signer)
    check_bundle(theirs.data, keys=[made.key])
    said = members_of(theirs.data)["log/entries.ndjson"].decode()
    assert "lead.north" not in said, "another agency's views are in its own log alone"


@pytest.mark.neo4j_long
def test_many_views_are_one_bundle(running_store: RunningStore, tmp_path: Path) -> None:
    at = county(running_store)
    store, settings = at.store, settings_in(tmp_path)
    deliver(store, 1)
    lead = at.people["lead.north"]
    for _ in range(VIEWS):
        show_evidence(lead, store, tip=TIP, reads=ReadLog(store))
    publish_if_due(store, settings, at_once=True)
    signer = load_signer(settings.keys.signing)
    bundle = made_by(at.people["boss.north"], store, signer)
    assert bundle.proved >= VIEWS
    assert "are proved by checkpoint" in check_bundle(bundle.data, keys=[signer.public.text])
