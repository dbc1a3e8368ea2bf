"""The API that commands ask instead of a store: an address and the key of a program."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import typer
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from client.client import CrosstipClient
from client.errors import ApiError
from crosstip.output import complain
from graph.errors import SettingsError


class RemoteSettings(BaseSettings):
    """Which API `crosstip remote` asks, and as whom."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_", extra="ignore", frozen=True)

    url: str | None = Field(
        default=None, description="Address of an API, such as `https://crosstip.example.org`."
    )
    key: SecretStr | None = Field(
        default=None, description="API key of a program (`crosstip api-key make`) for that API."
    )


@contextmanager
def remote() -> Iterator[CrosstipClient]:
    """Open the API that the environment names.

    Raises:
        SettingsError: no address or key is set, or the key would be sent in the clear.
        typer.Exit: the API refused, or did not answer.
    """
    settings = RemoteSettings()
    if settings.url is None or settings.key is None:
        raise SettingsError(
            "Set CROSSTIP_URL to the address of the API and CROSSTIP_KEY to an API key of it."
        )
    if not _is_private(settings.url):
        raise SettingsError(
            "CROSSTIP_URL must begin with https: over anything else but this machine's own address "
            "the key could be read on its way."
        )
    try:
        with CrosstipClient(settings.url, settings.key.get_secret_value()) as asked:
            yield asked
    except ApiError as error:
        complain(f"crosstip: {error.sentence} ({error.code})")
        raise typer.Exit(1) from error


def _is_private(url: str) -> bool:
    address = urlsplit(url)
    if address.scheme == "https":
        return True
    if address.scheme != "http" or address.hostname is None:
        return False
    try:
        return ipaddress.ip_address(address.hostname).is_loopback
    except ValueError:
        return address.hostname == "localhost"
