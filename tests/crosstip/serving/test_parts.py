"""Ports, tokens and files of what is served."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crosstip.serving.errors import ServingError
from crosstip.serving.ports import address, free_port, listen, port_of
from crosstip.serving.single import serve_api
from crosstip.serving.tokens import (
    Served,
    forget_served,
    make_token,
    read_served,
    run_directory,
    write_served,
)
from graph.errors import SettingsError

EVERYWHERE = ".".join("0000")


def test_a_port_is_free_until_it_is_taken() -> None:
    with (
        listen("127.0.0.1", 0) as bound,
        pytest.raises(ServingError, match="is taken by another program"),
    ):
        free_port("127.0.0.1", port_of(bound))


def test_an_address_that_is_not_here() -> None:
    with pytest.raises(ServingError, match=r"192\.0\.2\.1 port 80"):
        listen("192.0.2.1", 80)


def test_addresses_for_people() -> None:
    assert address("127.0.0.1", 80) == "http://127.0.0.1:80"
    assert address("::1", 80) == "http://[::1]:80"


def test_tokens_are_long_and_never_twice() -> None:
    tokens = {make_token().get_secret_value() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {43}


def test_what_is_served_is_written_and_forgotten(tmp_path: Path) -> None:
    directory = run_directory(tmp_path / "data")
    served = Served(pid=1, api="http://a", dashboard="http://d", token="t")
    assert read_served(directory) is None
    old = os.umask(0)
    try:
        write_served(directory, served)
    finally:
        os.umask(old)
    assert read_served(directory) == served
    assert [(p.name, p.stat().st_mode & 0o777) for p in directory.iterdir()] == [
        ("served.json", 0o600)
    ]
    forget_served(directory)
    forget_served(directory)
    assert read_served(directory) is None


@pytest.mark.parametrize("mode", [0o750, 0o701, 0o777])
def test_a_directory_that_others_may_open_is_refused(tmp_path: Path, mode: int) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run").chmod(mode)
    with pytest.raises(ServingError, match="nobody else may open"):
        run_directory(tmp_path)


def test_a_link_to_elsewhere_is_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    (tmp_path / "data").mkdir(mode=0o700)
    (tmp_path / "data" / "run").symlink_to(elsewhere)
    with pytest.raises(ServingError):
        run_directory(tmp_path / "data")


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.0.2.1", "api.example"])
def test_off_loopback_there_is_no_api_without_a_token(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CROSSTIP_API_TOKEN", raising=False)
    with pytest.raises(SettingsError, match="CROSSTIP_API_TOKEN"):
        serve_api(host, 0)
