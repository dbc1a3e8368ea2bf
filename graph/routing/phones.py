"""Which area a telephone number was given out for. Weak: numbers move with their owners.

Country by the `phonenumbers` library, state by `us_area_codes.csv`, which is made from the same
library's geocoder. Neither knows subscribers.
"""

from __future__ import annotations

import phonenumbers

from graph.identifiers.tables import read_table
from graph.routing.places import US, Place

_STATES = dict(
    read_table(
        "us_area_codes.csv",
        ("code", "state"),
        lambda line: (line.text("code"), line.text("state")),
    )
)
VERSION = f"phonenumbers {phonenumbers.__version__}"


def phone_place(number: str) -> Place | None:
    """Give the area of a number in E.164 form, None for one that says nothing of a place."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    country = phonenumbers.region_code_for_number(parsed)
    if country is None or country not in phonenumbers.SUPPORTED_REGIONS:
        return None
    if country != US:
        return Place(country=country)
    state = _STATES.get(str(parsed.national_number)[:3])
    return None if state is None else Place(country=US, state=state)
