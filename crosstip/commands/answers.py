"""Commands that answer: links, overlaps, show, search, list, and named queries."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from crosstip.output import complain, print_json, print_table, say
from crosstip.session import opened, sentences, tip_key
from graph.clock import iso
from graph.errors import NotFoundError, SettingsError
from graph.queries.catalogue import CATALOGUE
from graph.queries.core import Mode, Query
from graph.queries.tips import TipLine
from graph.services.links import links_of
from graph.services.overlaps import Overlap, find_overlaps
from graph.services.search import search as search_store
from graph.services.tips import list_tips, show_tip

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
_URGENCY = {0: "IMMINENT", 1: "escalated", 2: ""}


def when(us: int | None) -> str:
    """Give a time for people; a dash when there is none."""
    return "-" if us is None else iso(us)


def bits(weight: int) -> str:
    """Give thousandths of a bit as bits."""
    return f"{weight / 1000:.3f}"


def banner(*, synthetic: bool) -> None:
    """Say so when the store is synthetic."""
    if synthetic:
        say("SYNTHETIC: nothing here is real.")


def links(
    tip: Annotated[str, typer.Argument(help="Tip number.")],
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    json: Json = False,
) -> None:
    """Show the tips that share identifiers with a tip, with reasons; urgent ones first."""
    with opened() as found:
        answer = links_of(found.store, tip_key(tip), limit=limit)
        synthetic = found.info.synthetic
    if json:
        print_json(answer)
        return
    banner(synthetic=synthetic)
    rows: list[tuple[object, ...]] = []
    for link in answer.links:
        first = (_URGENCY[link.tip.urgency], link.tip.key, bits(link.score))
        for refers in link.refers:
            rows.append((*first, "reference", "", f"{refers} this tip: no second source"))
            first = ("", "", "")
        for reason in link.reasons:
            value = f"{reason.kind} {reason.identifier}"
            rows.append((*first, reason.relation.value, value, reason.sentence))
            first = ("", "", "")
    print_table(
        f"Tips linked to {answer.tip} as of {iso(answer.as_of_us)} ({answer.caveat})",
        ("urgent", "tip", "bits", "relation", "identifier", "why"),
        rows,
    )
    if len(answer.links) == 0:
        say("No other tip shares an identifier that may link.")
    for hub in answer.hubs:
        why = hub.state_reason if hub.state_reason is not None else "shared by many"
        say(f"Not walked: {hub.kind} {hub.identifier}, {hub.mention_count} tips ({why}).")
    for sentence in answer.cut_off:
        say(sentence)


def overlaps(*, json: Json = False) -> None:
    """Show investigations of different agencies that meet, and through what."""
    with opened() as found:
        answer = find_overlaps(found.store)
        synthetic = found.info.synthetic
    if json:
        print_json(answer)
        return
    banner(synthetic=synthetic)
    print_table(
        f"Overlaps as of {iso(answer.as_of_us)} (subject deconfliction, not event safety)",
        ("urgent", "investigation", "meets", "through"),
        [row for overlap in answer.overlaps for row in overlap_rows(overlap)],
    )
    if len(answer.overlaps) == 0:
        say("No two open investigations of different agencies meet in this store.")
    for overlap in answer.protective:
        say(
            f"Possibly the same child, no common subject: {overlap.first.key} and "
            f"{overlap.second.key}; the supervisors should talk."
        )
    for overlap in answer.low_value:
        say(
            f"Only in values that many share: {overlap.first.key} and {overlap.second.key} "
            f"({overlap.meetings[0].first_kind})."
        )
    for sentence in answer.cut_off:
        say(sentence)


def overlap_rows(overlap: Overlap) -> list[tuple[str, ...]]:
    """Give an overlap's lines: the two investigations once, then each meeting."""
    rows: list[tuple[str, ...]] = []
    first = (
        _URGENCY[overlap.urgency],
        f"{overlap.first.agency_name}: {overlap.first.reference}",
        f"{overlap.second.agency_name}: {overlap.second.reference}",
    )
    for meeting in overlap.meetings:
        value = meeting.first_identifier
        if meeting.second_identifier != value:
            value = f"{value} / {meeting.second_identifier}"
        rows.append((*first, f"{value}: {meeting.sentence}"))
        first = ("", "", "")
    return rows


def show(tip: Annotated[str, typer.Argument(help="Tip number.")], *, json: Json = False) -> None:
    """Show one tip with what its documents say, its files, versions and investigations."""
    with opened() as found:
        view = show_tip(found.store, tip_key(tip))
        synthetic = found.info.synthetic
    if json:
        print_json(view)
        return
    banner(synthetic=synthetic)
    facts = [(k, v) for k, v in view.tip.model_dump().items() if v not in (None, [], "")]
    print_table(
        view.tip.key,
        ("fact", "value"),
        [(k, iso(v) if k.endswith("_us") else v) for k, v in facts if k != "order_key"],
    )
    print_table(
        "Notes and details",
        ("place", "text"),
        [(n.path, n.text) for n in (*view.notes, *view.details)],
    )
    print_table(
        "Assertions",
        ("role", "kind", "identifier", "event", "time", "links", "tips", "ended"),
        [
            (
                a.role,
                a.kind,
                a.identifier if a.state == "normal" else f"{a.identifier} [{a.state}]",
                a.event,
                when(a.at_us) if a.at_us is not None else (a.time_raw or "-"),
                "yes" if a.linking and a.state == "normal" else "no",
                a.tip_count,
                when(a.ended_us),
            )
            for a in view.assertions
        ],
    )
    print_table(
        "Files (Crosstip holds no file)",
        ("file", "name", "viewed by provider", "relevance", "class (asserted)", "annotations"),
        [
            (
                f.file_id,
                f.name,
                f.viewed_by_esp,
                f.relevance,
                f.classification,
                ", ".join(f.annotations or ()),
            )
            for f in view.files
        ],
    )
    print_table(
        "Versions",
        ("part", "issued", "current", "document", "receipts", "original", "unknown", "rejected"),
        [
            (
                v.part,
                iso(v.issued_us),
                "yes" if v.current else "no",
                v.document[:16],
                len(v.receipts_us),
                v.original,
                len(v.unknown),
                len(v.rejected),
            )
            for v in view.versions
        ],
    )
    print_table(
        "Other tips named",
        ("tip", "kind", "direction", "held"),
        [(r.tip, r.kind, r.direction, "no" if r.stub else "yes") for r in view.references],
    )
    print_table(
        "Investigations that claim an identifier of it",
        ("investigation", "status", "kind", "identifier", "claimed as", "role here"),
        [
            (i.investigation, i.status, i.kind, i.identifier, i.claim_role, i.tip_role)
            for i in view.investigations
        ],
    )
    for sentence in view.cut_off:
        say(sentence)


def tips(
    *,
    after: Annotated[str, typer.Option(help="Where the last page ended.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
    json: Json = False,
) -> None:
    """List tips: imminent danger and escalated ones first, then the newest."""
    with opened() as found:
        page = list_tips(found.store, after=after, limit=limit)
        synthetic = found.info.synthetic
    if json:
        print_json(page)
        return
    banner(synthetic=synthetic)
    print_lines(f"Tips as of {iso(page.as_of_us)}", page.tips)
    if page.next_after is not None:
        say(f"More with --after '{page.next_after}'.")


def print_lines(title: str, lines: tuple[TipLine, ...]) -> None:
    """Print tips as lists show them."""
    print_table(
        title,
        ("urgent", "tip", "provider", "incident", "received", "files", "why urgent"),
        [
            (
                _URGENCY[line.urgency],
                line.key,
                line.provider_name,
                ", ".join(line.incident_types or ()),
                when(line.received_us),
                line.file_count,
                " ".join(line.urgency_reasons or ()),
            )
            for line in lines
        ],
    )


def search(
    text: Annotated[str, typer.Argument(help="Any identifier or tip number; `-` reads a line.")],
    *,
    json: Json = False,
) -> None:
    """Look for an identifier or a tip number; says what the text was taken for."""
    wanted = typer.prompt("search for", hide_input=False) if text == "-" else text
    with opened() as found:
        answer = search_store(found.store, wanted)
        synthetic = found.info.synthetic
    if json:
        print_json(answer)
        return
    banner(synthetic=synthetic)
    print_table(
        "Taken for",
        ("kind", "key", "state"),
        [(i.kind.value, i.key, i.state_reason or i.state.value) for i in answer.taken_for],
    )
    if len(answer.tips) > 0:
        print_lines("Tips with this number", answer.tips)
    for item in answer.found:
        title = (
            f"{item.identifier.kind} {item.identifier.key}: {item.identifier.mention_count} tips"
        )
        print_lines(title, item.tips)
        for claim in item.claims:
            say(f"Claimed by {claim.agency}, {claim.reference} ({claim.status}, {claim.role}).")
    if len(answer.tips) + len(answer.found) == 0:
        say(f"Nothing in this store under this text, as of {iso(answer.as_of_us)}.")


def query(
    name: Annotated[str | None, typer.Argument(help="Name; all are listed when none.")] = None,
    *,
    param: Annotated[list[str] | None, typer.Option(help="NAME=VALUE; repeat for more.")] = None,
    text: Annotated[bool, typer.Option("--text", help="Print the query's text only.")] = False,
    json: Json = False,
) -> None:
    """Run a named query of the catalogue."""
    offered = {n: q for n, q in CATALOGUE.items() if q.public and q.mode is Mode.READ}
    if name is None:
        print_table(
            "Named queries",
            ("name", "parameters", "a row is"),
            [(n, ", ".join(q.params.model_fields), q.doc) for n, q in offered.items()],
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
    with opened() as found:
        rows = found.store.read(chosen, values)
    if json:
        print_json(rows)
        return
    print_table(
        f"{name}: {chosen.doc}",
        chosen.columns,
        [[getattr(row, column) for column in chosen.columns] for row in rows],
    )
    if len(rows) == chosen.max_rows:
        complain(f"Only the first {chosen.max_rows} rows are shown.")


def parameters(query: Query[Any, Any], given: list[str]) -> Any:
    """Give a query's parameters from `NAME=VALUE` texts.

    Raises:
        SettingsError: one is missing, unknown or of another type.
    """
    values: dict[str, object] = {}
    for text in given:
        name, sign, value = text.partition("=")
        field = query.params.model_fields.get(name)
        if sign == "" or field is None:
            names = ", ".join(query.params.model_fields) or "none"
            raise SettingsError(f"{query.name} takes these parameters as NAME=VALUE: {names}.")
        if field.annotation is int:
            if not value.lstrip("-").isdigit():
                raise SettingsError(f"{name} of {query.name} is a whole number.")
            values[name] = int(value)
        else:
            values[name] = value.split(",") if field.annotation is not str else value
    missing = set(query.params.model_fields) - set(values)
    for name in missing & {"limit", "walk_limit"}:
        values[name] = 200
    missing -= {"limit", "walk_limit"}
    if len(missing) > 0:
        raise SettingsError(
            f"{query.name} needs {', '.join(sorted(missing))} (--param NAME=VALUE)."
        )
    return query.params.model_validate(values)
