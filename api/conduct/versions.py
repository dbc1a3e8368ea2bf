"""Which version of a record somebody looked at before they change it (RFC 9110, 13.1.1)."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Header

_TAG = re.compile(r'"([0-9]{1,9})"')


class PreconditionMissingError(Exception):
    """A change of a record names no version (RFC 6585, 3)."""


class PreconditionFailedError(Exception):
    """The version that a change names cannot be one of the record."""


def _expected(
    if_match: Annotated[
        str | None,
        Header(
            alias="If-Match",
            max_length=100,
            description="The `ETag` of the record as you looked at it. 428 without one, 412 when "
            "somebody changed it meanwhile.",
            examples=['"3"'],
        ),
    ] = None,
) -> int:
    if if_match is None:
        raise PreconditionMissingError(
            "Say which version you looked at: send its ETag as If-Match. Nothing was changed."
        )
    found = _TAG.fullmatch(if_match.strip())
    if found is None:
        raise PreconditionFailedError(
            "If-Match names no single version of this record, as its ETag does. Nothing was "
            "changed."
        )
    return int(found[1])


Expected = Annotated[int, Depends(_expected)]
"""The version that the caller looked at."""
