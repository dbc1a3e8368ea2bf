"""Runs queries of the catalogue by name, within the bounds that the services keep too."""

from __future__ import annotations

from typing import Any

from pydantic import JsonValue, ValidationError

from api.errors import FieldFault, ParametersError, faults_of
from graph.errors import NotFoundError
from graph.queries.catalogue import CATALOGUE
from graph.queries.core import Mode, Query, Row
from graph.queries.scope import NOT_GIVEN
from graph.services.named_queries import COUNTS_ALL, MOST_LISTED, bounds_of
from graph.store import Store

OFFERED: dict[str, Query[Any, Any]] = {
    name: query for name, query in CATALOGUE.items() if query.public and query.mode is Mode.READ
}
"""Queries that anybody with a token may run; parts of larger answers and writes are not."""


def find(name: str) -> Query[Any, Any]:
    """Give the query of a name.

    Raises:
        NotFoundError: there is none, or it is not offered.
    """
    if name not in OFFERED:
        raise NotFoundError("There is no such query. GET /v1/queries lists them.")
    return OFFERED[name]


def run(store: Store, query: Query[Any, Any], params: dict[str, JsonValue]) -> list[Row]:
    """Give the rows of a query.

    `limit`, `walk_limit` and `bridge_limit` are bounded by what query, links and overlaps allow:
    a hub is never walked through, whoever asks.

    Raises:
        ParametersError: the parameters do not fit.
        NotFoundError: it counts all tips, and the caller may not see all.
        StoreError: the store could not answer.
    """
    unset = sorted(NOT_GIVEN & params.keys())
    if len(unset) > 0:
        raise ParametersError((FieldFault(place=unset[0], message="is not the caller's to set"),))
    try:
        checked = query.params.model_validate(params)
    except ValidationError as error:
        raise ParametersError(faults_of(error.errors(include_input=False))) from None
    faults = tuple(
        FieldFault(place=name, message=f"must be between 0 and {bound}")
        for name, bound in bounds_of(query).items()
        if not 0 <= getattr(checked, name, 0) <= bound
    )
    faults += tuple(
        FieldFault(place=name, message=f"must hold at most {MOST_LISTED} values")
        for name, value in checked
        if isinstance(value, list) and len(value) > MOST_LISTED
    )
    if len(faults) > 0:
        raise ParametersError(faults)
    if query.name in COUNTS_ALL and not store.scope.everything:
        raise NotFoundError(COUNTS_ALL[query.name])
    rows: list[Row] = store.read(query, checked)
    return rows
