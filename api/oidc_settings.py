"""Settings of the identity server. Environment variables start with `CROSSTIP_OIDC_`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import SettingsError

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "Ed25519")
"""Signatures of key pairs only: whoever checks one cannot make one."""


class OidcSettings(BaseSettings):
    """Which identity server is believed, and what it has to say. Off while no issuer is set."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_OIDC_", extra="ignore", frozen=True)

    issuer: str | None = Field(default=None, description="Issuer, exactly as its tokens name it.")
    client_id: str | None = Field(default=None, description="Crosstip's name there (audience).")
    jwks: str | None = Field(
        default=None, description="Its public keys (JWKS): `https://` address, or path of a file."
    )
    ca: Path | None = Field(
        default=None,
        description="Certificates (PEM) that vouch for that address; else public authorities do.",
    )
    algorithms: tuple[str, ...] = Field(
        default=("RS256", "PS256", "ES256"),
        description="Signature algorithms that are taken, as a JSON list.",
    )
    acr_values: tuple[str, ...] = Field(
        default=(), description="Values of `acr` that mean a second factor, as a JSON list."
    )
    amr_values: tuple[str, ...] = Field(
        default=("mfa",),
        description="Values of `amr` one of which means a second factor, as a JSON list.",
    )
    skew_s: int = Field(default=60, ge=0, le=60, description="How far clocks may differ, seconds.")

    @property
    def is_on(self) -> bool:
        """Whether log-on by an identity server is offered."""
        return self.issuer is not None

    @model_validator(mode="after")
    def _fits(self) -> OidcSettings:
        if self.issuer is None:
            return self
        if not self.client_id or not self.jwks:
            raise SettingsError(
                "CROSSTIP_OIDC_ISSUER needs CROSSTIP_OIDC_CLIENT_ID and CROSSTIP_OIDC_JWKS."
            )
        if len(self.algorithms) == 0 or not set(self.algorithms) <= set(ALGORITHMS):
            raise SettingsError(
                f"CROSSTIP_OIDC_ALGORITHMS takes these and no others: {', '.join(ALGORITHMS)}."
            )
        if len(self.acr_values) == 0 and len(self.amr_values) == 0:
            raise SettingsError(
                "CROSSTIP_OIDC_ACR_VALUES or CROSSTIP_OIDC_AMR_VALUES must say what a second "
                "factor is; without one nobody is let in (CJIS IA-2)."
            )
        return self
