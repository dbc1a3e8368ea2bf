"""A real API on a real port over a test's store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import httpx
from fastapi import FastAPI
from pydantic import SecretStr

from api.app import create_app
from api.log_on_desk import log_on_desk
from api.oidc_settings import OidcSettings
from api.settings import ApiSettings
from api.stores import Opener, StoreAccess
from crosstip.serving.api_server import ApiThread
from crosstip.serving.case_files import IntakeFiles
from crosstip.serving.ports import address, listen, port_of
from crosstip.serving.tokens import make_token
from crosstip.serving.uploads import IntakeUploads
from graph.logon.key_settings import KeySettings
from graph.logon.settings import LogOnSettings
from graph.opening import OpenStore
from graph.queries.core import NoParams
from graph.queries.meta import STORE_INFO
from graph.store import Store
from tests.linking import BASIS

CHEAP = LogOnSettings(argon2_memory_kib=8, argon2_passes=1, argon2_lanes=1)
"""Passwords of tests cost a millisecond."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveApi:
    """A running API, its token, and two HTTP clients: one with the token and one without."""

    url: str
    token: str
    app: FastAPI
    http: httpx.Client
    anonymous: httpx.Client


def opener_of(store: Store) -> Opener:
    """Give what opens a store that is open already; closing it again does nothing."""

    @contextmanager
    def opener() -> Iterator[OpenStore]:
        yield OpenStore(store=store, info=store.read(STORE_INFO, NoParams())[0], basis=BASIS)

    return opener


def failing(error: Exception) -> Opener:
    """Give an opener that only raises."""

    def opener() -> NoReturn:
        raise error

    return opener


@contextmanager
def live_api(
    opener: Opener,
    *,
    pause_s: float = 0.0,
    oidc: OidcSettings | None = None,
    keys: KeySettings | None = None,
    data_dir: Path | None = None,
) -> Iterator[LiveApi]:
    """Run an API over whatever the opener opens; uploads go to a folder that goes with it."""
    token: SecretStr = make_token()
    with TemporaryDirectory() as own, listen("127.0.0.1", 0) as bound:
        data_dir = data_dir if data_dir is not None else Path(own)
        settings = ApiSettings(host="127.0.0.1", port=port_of(bound), token=token)
        stores = StoreAccess(opener, pause_s=pause_s)
        app = create_app(
            settings,
            stores,
            desk=log_on_desk(CHEAP, oidc, keys),
            files=IntakeFiles(),
            uploads=IntakeUploads(data_dir),
        )
        thread = ApiThread(app, bound)
        thread.start()
        url = address("127.0.0.1", port_of(bound))
        carried = {"Authorization": f"Bearer {token.get_secret_value()}"}
        with (
            httpx.Client(base_url=url, headers=carried, trust_env=False, timeout=60) as http,
            httpx.Client(base_url=url, trust_env=False, timeout=60) as anonymous,
        ):
            try:
                yield LiveApi(
                    url=url,
                    token=token.get_secret_value(),
                    app=app,
                    http=http,
                    anonymous=anonymous,
                )
            finally:
                thread.stop()
