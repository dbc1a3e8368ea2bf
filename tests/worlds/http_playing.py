"""A history played in a store, what the asker's people do and see in it over HTTP.

Clock, names and keys are given, as in `playing.py`: each request comes at an instant and under an
id of its own, so that two worlds' answers can be compared whole.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, tzinfo
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final, LiteralString
from unittest.mock import patch

from graph.audit.settings import AuditSettings
from graph.casework.caller import Caller
from graph.casework.conflict_life import Resolution
from graph.casework.vocabulary import Visibility
from graph.clock import from_us, iso
from graph.disk import DiskState
from graph.services.audit_checkpoints import publish_if_due
from graph.services.sessions import logged_on, make_session
from graph.store import Store
from tests.api.live import LiveApi
from tests.api.offices import STATED
from tests.deliveries import HOUR_US
from tests.graph.services.casework import LOOKED_AT
from tests.graph.services.people import DAY_US
from tests.stores import RunningStore
from tests.worlds.history import (
    ASKER,
    HIDER,
    OPEN_CASE,
    SEEN_TIPS,
    Arrives,
    Asks,
    Changes,
    Claims,
    Deed,
    History,
    Judges,
    Looks,
    Releases,
    Settles,
    Turns,
    tells_named,
    tells_supervisors,
)
from tests.worlds.http_asking import Asker, Hidden
from tests.worlds.http_entry import ADMINISTRATOR, AUDITOR, BOSS, LEAD
from tests.worlds.http_questions import EVERYTHING, Wanted, questions
from tests.worlds.playing import Player, names_of

_USERS: Final[tuple[str, ...]] = (LEAD, BOSS, AUDITOR, ADMINISTRATOR)
OPERATOR = "ops"
"""Logged on so that the operators' log is there in both worlds, as it is in every store."""
_SECOND_US = 1_000_000
_CASE = f"/investigations/{OPEN_CASE}"
_NAMES: Final[Mapping[str, LiteralString]] = {
    "claims": "MATCH (c:Claim) WHERE c.agency = $of RETURN c.ref AS name ORDER BY name LIMIT 2",
    "conflicts": "MATCH (f:Conflict) WHERE f.first_agency = $of OR f.second_agency = $of "
    "RETURN f.ref AS name ORDER BY name LIMIT 2",
    "notices": "MATCH (n:Notification) WHERE n.agency = $of "
    "RETURN n.key AS name ORDER BY name LIMIT 2",
    "judgements": "MATCH (j:Judgement) WHERE j.agency = $of "
    "RETURN j.key AS name ORDER BY name LIMIT 2",
    # Of its own people's deeds: others may have keys that the dice give the asker's without them.
    "entries": "MATCH (a:AuditEntry) WHERE a.log = $log AND a.actor ENDS WITH $of "
    "RETURN a.key AS name ORDER BY name LIMIT 2",
}


class HttpPlayer(Player):
    """Plays histories; the asker's people work through the API."""

    def __init__(
        self, running: RunningStore, people: Mapping[str, Caller], live: LiveApi, *, keys: Path
    ) -> None:
        """Play in this store, which the running API serves; a key that signs is in `keys`."""
        super().__init__(running, people)
        self._live, self._keys = live, keys
        self._base_us = people[LEAD].as_of_us
        self.instant_us = self._base_us
        self._hidden = Hidden()
        self._tokens: dict[str, str] = {}
        self._history: History = ()
        self._wanted = EVERYTHING
        self._is_hidden_there = True
        self.asked = 0

    def both(
        self, history: History, wanted: Wanted = EVERYTHING
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give the asker's answers with and without what is hidden."""
        self._history, self._wanted = history, wanted
        self._is_hidden_there = True
        there = self.answers(history, hidden=True)
        self._is_hidden_there = False
        return there, self.answers(history, hidden=False)

    def _open(self, agency: str, reference: str) -> None:
        with patch("uuid.uuid4", names_of(f"{agency} {reference}")):
            super()._open(agency, reference)

    def _begin(self) -> None:
        """Log the asker's people on."""
        self._requests = count(1)
        self.instant_us = self._base_us
        for user in (*_USERS, OPERATOR):
            with patch("uuid.uuid4", names_of(user)), _drawn(user):
                token = make_session(self._store, user, how="test", at_us=self._base_us).text
            self._tokens[user] = token

    def _next(self) -> str:
        """Let a second pass and give the next request's id."""
        self.instant_us += _SECOND_US
        self.asked += 1
        return f"request-{next(self._requests):04}"

    def _asker(self, user: str, at_us: int, *, is_last: bool = False) -> Asker:
        return Asker(
            user=user,
            http=self._live.anonymous,
            token=self._tokens[user],
            begin=self._next,
            dice=Random(at_us),
            hidden=self._hidden if is_last else Hidden(),
            is_last=is_last,
        )

    def _play(self, deed: Deed, *, at_us: int) -> list[str]:
        self.instant_us = self._base_us + at_us
        with _drawn(str(at_us)):
            if isinstance(deed, Looks):
                is_last = at_us == len(self._history) * HOUR_US
                return self._looks(at_us, is_last=is_last)
            if isinstance(deed, Arrives | Releases) or deed.agency != ASKER:
                return super()._play(deed, at_us=at_us)
            boss = self._asker(BOSS, at_us)
            self._do(deed, boss, self._asker(LEAD, at_us))
            return boss.said

    def _looks(self, at_us: int, *, is_last: bool) -> list[str]:
        users = _USERS
        if tells_supervisors(self._history):
            users = (LEAD, ADMINISTRATOR)
        elif tells_named(self._history):
            users = (LEAD, BOSS, ADMINISTRATOR)
        if not is_last:
            users = tuple(user for user in users if user in (LEAD, BOSS))
        if is_last:
            if self._is_hidden_there:
                self._hidden = self._named()
            self._publish()
        said: list[str] = []
        for user in users:
            asker = self._asker(user, at_us, is_last=is_last)
            for question in questions(asker, self._wanted):
                question(asker)
            said += asker.said
        return said

    def _named(self) -> Hidden:
        """Give names of the hider's records, for the asker to try."""
        found: dict[str, tuple[str, ...]] = {}
        for kind, text in _NAMES.items():
            rows = self._running.rows(text, of=HIDER, log=f"agency:{HIDER}")
            found[kind] = tuple(str(row[0]) for row in rows)
        return Hidden(**found)

    def _publish(self) -> None:
        """Number the log's entries and publish a checkpoint."""
        with TemporaryDirectory() as published:
            settings = AuditSettings(keys_dir=self._keys, checkpoints_dir=Path(published))
            assert publish_if_due(self._store, settings, at_once=True) is not None

    def _do(self, deed: Deed, boss: Asker, lead: Asker) -> None:
        match deed:
            case Claims():
                self._claim_over_http(deed, boss)
            case Changes():
                self._change_over_http(deed, boss)
            case Asks():
                values = [{"value": address} for address in deed.addresses]
                wanted = {"investigation": OPEN_CASE, "purpose": "cybertip", "values": values}
                boss.post("/checks", wanted, Idempotency_Key=f"key-{self.instant_us}")
            case Settles():
                self._settle_over_http(deed, boss, lead)
            case Turns():
                etag = boss.get(_CASE).headers.get("ETag", "")
                boss.post(f"{_CASE}/{deed.what}", {"why": "As it stands."}, If_Match=etag)
            case Judges():
                first, second = (f"ncmec:{number}" for number in SEEN_TIPS[:2])
                wanted = {"first": first, "second": second, "verdict": deed.verdict.value}
                boss.post("/judgements", {**wanted, "why": "As seen."})
            case _:
                raise TypeError(type(deed).__name__)

    def _terms(self, visibility: Visibility | None) -> dict[str, Any]:
        terms: dict[str, Any] = {} if visibility is None else {"visibility": visibility.value}
        if visibility is Visibility.SILENT:
            terms["silent_until_at"] = iso(self.instant_us + DAY_US)
        if visibility is Visibility.SEALED:
            terms["sealed_to"] = f"chief.{ASKER}"
        return terms

    def _claim_over_http(self, deed: Claims, boss: Asker) -> None:
        terms = self._terms(deed.visibility) | {"role": deed.role.value, "value": deed.address}
        key = f"key-{self.instant_us}"
        boss.post(f"{_CASE}/claims", {"claims": [{**STATED, **terms}]}, Idempotency_Key=key)

    def _change_over_http(self, deed: Changes, boss: Asker) -> None:
        rows = boss.pages(f"{_CASE}/claims", limit=2)
        refs = [row["ref"] for row in rows if row["identifier"] == deed.address]
        if len(refs) == 0:
            return
        path = f"/claims/{refs[0]}"
        etag = boss.get(path).headers.get("ETag", "")
        if deed.what == "purge":
            boss.post(f"{path}/purge", {"why": "Entered by mistake."})
        elif deed.what == "validate":
            boss.post(f"{path}/validate", {"looked_at": LOOKED_AT}, If_Match=etag)
        else:
            terms = self._terms(Visibility(deed.what))
            boss.ask("PUT", f"{path}/visibility", body=terms, headers={"If-Match": etag})

    def _settle_over_http(self, deed: Settles, boss: Asker, lead: Asker) -> None:
        told = lead.get("/conflicts").json()["items"]
        boss.said += lead.said
        if len(told) == 0:
            return
        path = f"/conflicts/{told[0]['ref']}"
        etag = f'"{told[0]["version"]}"'
        wanted = {"resolution": Resolution.NO_CONFLICT.value, "why": "Two persons of one name."}
        match deed.what:
            case "acknowledge":
                boss.post(f"{path}/acknowledge", None)
            case "coordinate":
                boss.post(f"{path}/coordinate", None, If_Match=etag)
            case "message":
                boss.post(f"{path}/messages", {"text": "Call me, please."})
            case _:
                boss.post(f"{path}/resolve", wanted, If_Match=etag)


@contextmanager
def _drawn(seed: str) -> Iterator[None]:
    """Draw what is secret from dice, the same in both worlds."""
    dice = Random(seed)

    def token_hex(octets: int = 32) -> str:
        return dice.randbytes(octets).hex()

    with patch.object(secrets, "token_hex", token_hex):
        yield


class _Clock(datetime):
    """The player's clock in place of the machine's."""

    player: HttpPlayer

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        del tz
        return from_us(cls.player.instant_us)


@contextmanager
def injected(player: HttpPlayer) -> Iterator[None]:
    """Give the player's clock to everything, sessions that outlast it, and a roomy disk."""

    def at_its_time(store: Store, token: str, *, is_use: bool) -> object:
        return logged_on(store, token, at_us=player.instant_us, is_use=is_use)

    clock = type("Clock", (_Clock,), {"player": player})
    with (
        patch("graph.clock.datetime", clock),
        patch("api.authentication.logged_on", at_its_time),
        patch("graph.services.sessions.IDLE_US", 100 * DAY_US),
        patch("graph.services.sessions.LONGEST_US", 100 * DAY_US),
        patch("graph.services.readiness.disk_state", lambda _: DiskState.ROOMY),
        patch("api.streams.LONGEST_S", 0.2),
        patch("api.streams.PAUSE_S", 0.2),
        # One API answers in world after world, whose clocks are the same: nothing stays from one.
        patch("graph.services.suggesting.FRESH_US", 0),
    ):
        yield
