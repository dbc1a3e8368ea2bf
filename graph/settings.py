"""Which store to use and how long to wait for it. Environment variables start with `CROSSTIP_`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import SettingsError

EMBEDDED = "embedded"


class StoreSettings(BaseSettings):
    """The store's address and limits. Nothing here has a secret default."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_", extra="ignore", frozen=True)

    data_dir: Path = Field(
        default=Path("data"),
        description="Directory of spool, vault, quarantine, keys and the embedded engine.",
    )
    store: str = Field(
        default=EMBEDDED,
        description="`embedded`, or the address of a Neo4j (`bolt://`, `neo4j://`, `neo4j+s://`).",
    )
    store_user: str = Field(default="neo4j", description="User at the Neo4j of `store`.")
    store_password: SecretStr | None = Field(
        default=None, description="Password at the Neo4j of `store`; required there."
    )
    store_database: str = Field(default="neo4j", description="Database at the Neo4j of `store`.")
    engine_heap: str = Field(default="512m", description="Heap of the embedded engine's JVM.")
    engine_java: str = Field(
        default="",
        description="Further options of the embedded engine's Java, separated by spaces, such as "
        "`-XX:TieredStopAtLevel=1` where it lives for minutes only. Each begins with `-X`.",
    )
    read_timeout_s: float = Field(default=30.0, gt=0, description="Time limit of a read, seconds.")
    write_timeout_s: float = Field(
        default=120.0, gt=0, description="Time limit of one write transaction, seconds."
    )
    weights: Path | None = Field(
        default=None,
        description="Weights table of links (TOML); the one that comes with Crosstip when not set.",
    )
    networks: Path | None = Field(
        default=None,
        description="Folder of network-class files (`connection.csv`, `hosting.csv`, `tor.csv`); "
        "`networks` in the data directory when not set. Without them every network is unknown.",
    )
    geolocation: Path | None = Field(
        default=None,
        description="Folder of geolocation files (`*.mmdb`, MaxMind DB format) that routing looks "
        "addresses up in, each as of the file nearest to the event; `geolocation` in the data "
        "directory when not set. Crosstip ships none: the licence is between the site and whoever "
        "makes the file.",
    )
    retry_for_s: float = Field(
        default=30.0, gt=0, description="How long a write that may be retried is retried, seconds."
    )

    @property
    def is_embedded(self) -> bool:
        """Whether the embedded engine is meant."""
        return self.store == EMBEDDED

    def require_password(self) -> str:
        """Give the password for Neo4j.

        Raises:
            SettingsError: none is set.
        """
        if self.store_password is None:
            raise SettingsError(
                f"CROSSTIP_STORE names {self.store}, but CROSSTIP_STORE_PASSWORD is not set. "
                "Set it in the environment; Crosstip has no default password."
            )
        return self.store_password.get_secret_value()
