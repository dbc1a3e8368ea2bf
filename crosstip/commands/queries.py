"""The command that runs the catalogue's named queries."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from crosstip.commands.wording import Json, banner
from crosstip.identity import As, desk
from crosstip.output import complain, print_json, print_table, say
from crosstip.session import sentences
from graph.casework.deeds import Deed
from graph.errors import NotFoundError, SettingsError
from graph.queries.catalogue import CATALOGUE
from graph.queries.core import Mode, Query
from graph.queries.scope import NOT_GIVEN
from graph.services.named_queries import COUNTS_ALL, MOST_LISTED, bounds_of

DEFAULT_LIMIT = 200


def query(
    name: Annotated[str | None, typer.Argument(help="Name; all are listed when none.")] = None,
    *,
    param: Annotated[list[str] | None, typer.Option(help="NAME=VALUE; repeat for more.")] = None,
    text: Annotated[bool, typer.Option("--text", help="Print the query's text only.")] = False,
    user: As = None,
    json: Json = False,
) -> None:
    """Run a named query of the catalogue."""
    offered = {n: q for n, q in CATALOGUE.items() if q.public and q.mode is Mode.READ}
    if name is None:
        print_table(
            "Named queries",
            ("name", "parameters", "a row is"),
            [(n, ", ".join(_given(q)), q.doc) for n, q in offered.items()],
        )
        return
    with sentences():
        if name not in offered:
            raise NotFoundError(f"There is no query {name}. `crosstip query` lists them.")
        chosen = offered[name]
        values = parameters(chosen, param if param is not None else [])
    if text:
        say(chosen.text)
        return
    with desk(user, Deed.QUERY_RUN) as at:
        if name in COUNTS_ALL and not at.store.scope.everything:
            raise NotFoundError(COUNTS_ALL[name])
        rows = at.store.read(chosen, values)
        at.shows(name)
        synthetic = at.synthetic
    most = getattr(values, "limit", chosen.max_rows)
    if len(rows) == most and most > 1:
        complain(f"Only the first {most} rows are given; there may be more.")
    if json:
        print_json(rows)
        return
    banner(synthetic=synthetic)
    print_table(
        f"{name}: {chosen.doc}",
        chosen.columns,
        [[getattr(row, column) for column in chosen.columns] for row in rows],
    )


def _given(query: Query[Any, Any]) -> list[str]:
    """Give the names of a query's parameters that people set."""
    return [name for name in query.params.model_fields if name not in NOT_GIVEN]


def parameters(query: Query[Any, Any], given: list[str]) -> Any:
    """Give a query's parameters from `NAME=VALUE` texts.

    Raises:
        SettingsError: one is missing, unknown or of another type.
    """
    values: dict[str, object] = {}
    for text in given:
        name, sign, value = text.partition("=")
        field = query.params.model_fields.get(name)
        if sign == "" or field is None or name in NOT_GIVEN:
            names = ", ".join(_given(query)) or "none"
            raise SettingsError(f"{query.name} takes these parameters as NAME=VALUE: {names}.")
        if field.annotation is int:
            if not value.lstrip("-").isdigit():
                raise SettingsError(f"{name} of {query.name} is a whole number.")
            values[name] = int(value)
        else:
            values[name] = value.split(",") if field.annotation is not str else value
    for name, most in bounds_of(query).items():
        values.setdefault(name, min(most, DEFAULT_LIMIT))
        if values[name] not in range(most + 1):
            raise SettingsError(f"{name} of {query.name} lies between 0 and {most}.")
    for name, chosen in values.items():
        if isinstance(chosen, list) and len(chosen) > MOST_LISTED:
            raise SettingsError(f"{name} of {query.name} takes at most {MOST_LISTED} values.")
    fields = query.params.model_fields.items()
    missing = {name for name, field in fields if field.is_required()} - set(values)
    if len(missing) > 0:
        raise SettingsError(
            f"{query.name} needs {', '.join(sorted(missing))} (--param NAME=VALUE)."
        )
    return query.params.model_validate(values)
