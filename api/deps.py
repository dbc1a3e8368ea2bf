"""What routes ask for: the store, and the parts of a request that several of them share."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import unquote

from fastapi import Depends, Path, Query, Request

from api.stores import StoreAccess
from graph.services.path_answers import MAX_CHAINS, MAX_LONGEST


def _stores(request: Request) -> StoreAccess:
    stores = request.app.state.stores
    if not isinstance(stores, StoreAccess):
        raise TypeError("the application was made without a store")
    return stores


Stores = Annotated[StoreAccess, Depends(_stores)]
TipKey = Annotated[
    str,
    Path(
        max_length=200,
        description="`<source>:<report number>`, or `<source>:sha256:<hash>` while it has none.",
        examples=["ncmec:198000001"],
    ),
]
After = Annotated[
    str, Query(max_length=300, description="`next_after` of the page before; empty for the first.")
]
PageLimit = Annotated[int, Query(ge=1, le=200, description="How many are wanted.")]
ChainLimit = Annotated[int, Query(ge=1, le=MAX_CHAINS, description="How many chains are wanted.")]
ChainLinks = Annotated[int, Query(ge=1, le=MAX_LONGEST, description="Links of a chain at most.")]
Ref = Annotated[
    str,
    Path(
        max_length=200,
        pattern=r"^[0-9A-Za-z|._:-]+$",
        description="Name of the record, as a list gives it.",
        examples=["0a1b2c3d4e5f60718293a4b5c6d7e8f9"],
    ),
]
Named = Annotated[
    str,
    Path(max_length=400, description="Key of the record, as a list gives it.", examples=["alder"]),
]


def _reference(
    investigation: Annotated[
        str,
        Path(
            max_length=600,
            description="The investigation's reference; `%`, `/` and a lone `.` or `..` in it are "
            "percent-encoded twice.",
            examples=["26-0117"],
        ),
    ],
) -> str:
    return unquote(investigation)


Reference = Annotated[str, Depends(_reference)]
"""Reference of an investigation of the own agency."""
