"""The options that commands about claims have in common."""

from __future__ import annotations

from typing import Annotated

import typer

from graph.casework.vocabulary import ClaimRole, Content, Handling, Reliability
from graph.identifiers.claimable import claimable
from graph.identifiers.core import Identifier, IdentifierKind, Policy

Identifier_ = Annotated[str, typer.Argument(help="Any identifier.")]
Kind_ = Annotated[IdentifierKind | None, typer.Option(help="Which kind is meant.")]
Role_ = Annotated[ClaimRole | None, typer.Option(help="Whose it is.")]
Predicate_ = Annotated[
    str | None, typer.Option(help="The facts that make suspicion reasonable; a suspect needs them.")
]
PredicateBy_ = Annotated[str | None, typer.Option(help="Who decided so; you when not given.")]
Source_ = Annotated[str | None, typer.Option(help="How it was lawfully obtained.")]
Support_ = Annotated[str | None, typer.Option(help="Where the supporting file is.")]
Reliability_ = Annotated[Reliability | None, typer.Option(help="Reliability of the source.")]
Content_ = Annotated[Content | None, typer.Option(help="Validity of the content.")]
Handling_ = Annotated[Handling | None, typer.Option(help="What a recipient may do with it.")]


def identifier_of(text: str, kind: IdentifierKind | None, *, synthetic: bool) -> Identifier:
    """Give the identifier that a text is; a name or id says of which kind and platform it is.

    Raises:
        RowError: it is none, or a name without its kind (`--kind`).
    """
    return claimable(text, kind, Policy(synthetic=synthetic))
