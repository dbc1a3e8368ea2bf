"""The two routes that need no token. They say nothing about the store or its content.

They run on the event loop: while every thread waits for a store that is away, they answer.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from fastapi import APIRouter

from api.schemas.store import HealthAnswer, VersionAnswer

API_VERSION = "1"

router = APIRouter(tags=["service"])


@router.get("/health")
async def health() -> HealthAnswer:
    """The API is up."""
    return HealthAnswer()


@router.get("/version")
async def show_version() -> VersionAnswer:
    """Which version this is."""
    try:
        installed = version("crosstip")
    except PackageNotFoundError:
        installed = "not installed"
    return VersionAnswer(api=API_VERSION, crosstip=installed)
