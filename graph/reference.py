"""Reference pages made from the declarations: schema, queries, rights, settings."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from pydantic_settings import BaseSettings

from graph.desk.page import desk_page as desk_page_of
from graph.handoff.page import handoff_page as handoff_page_of
from graph.identifiers.core import IdentifierKind
from graph.queries.catalogue import CATALOGUE
from graph.queries.core import Mode
from graph.rights_page import rights_page as rights_page_of
from graph.schema import SCHEMA
from graph.schema.core import Prop
from graph.services.caseload_page import figures_page as figures_page_of
from graph.triage.page import triage_page as triage_page_of

_MADE = "<!-- Made by `crosstip reference`; a test compares it. Do not edit by hand. -->\n"


def schema_page() -> str:
    """Give the page that describes every node, relationship and property."""
    lines = [
        "# Graph schema",
        "",
        _MADE,
        f"Schema version {SCHEMA.version}. Times are integer microseconds since 1970 UTC.",
        "Every node has exactly one label and a key that is unique within it.",
        "",
        "```mermaid",
        "graph LR",
        *(
            f"  {rel.starts[0].label} -- {rel.type} --> "
            f"{rel.ends[0].label if len(rel.ends) == 1 else 'Identifier'}"
            for rel in SCHEMA.rels
        ),
        "```",
        "",
        "`Identifier` stands for any of " + ", ".join(kind.value for kind in IdentifierKind) + ".",
        "",
        "## Nodes",
        "",
    ]
    for node in SCHEMA.nodes:
        lines += [f"### {node.label}", "", node.doc, "", *_table(node.all_props), ""]
    lines += ["## Relationships", ""]
    for rel in SCHEMA.rels:
        starts = ", ".join(end.label for end in rel.starts)
        ends = ", ".join(end.label for end in rel.ends)
        lines += [f"### {rel.type}", "", rel.doc, "", f"From {starts} to {ends}.", ""]
        if len(rel.props) > 0:
            lines += [*_table(rel.props), ""]
    return "\n".join(lines)


def queries_page() -> str:
    """Give the page that lists every named query with its text."""
    lines = [
        "# Named queries",
        "",
        _MADE,
        "`crosstip query NAME` runs those marked public; all texts run in Neo4j Browser.",
        "",
    ]
    for name, query in CATALOGUE.items():
        params = ", ".join(f"`{field}`" for field in query.params.model_fields) or "none"
        rows = ", ".join(f"`{field}`" for field in query.row.model_fields) or "none"
        access = "public" if query.public and query.mode is Mode.READ else "internal"
        lines += [
            f"## {name}",
            "",
            f"{query.doc} ({query.mode.value}, {access}, at most {query.max_rows} rows)",
            "",
            f"Parameters: {params}. Columns: {rows}.",
            "",
            "```cypher",
            textwrap.dedent(query.text).strip(),
            "```",
            "",
        ]
    return "\n".join(lines)


def rights_page() -> str:
    """Give the page that shows who may do what, and by which policy."""
    return rights_page_of(_MADE)


def triage_page() -> str:
    """Give the page of the queue: where tips stand, which moves there are, what is urgent."""
    return triage_page_of(_MADE)


def desk_page() -> str:
    """Give the page of tasks, notes, requests to providers, clocks and assistance."""
    return desk_page_of(_MADE)


def handoff_page() -> str:
    """Give the page of hand-offs: which steps there are, who sees what, what both keep."""
    return handoff_page_of(_MADE)


def figures_page() -> str:
    """Give the page of the caseload figures: what each counts, and what it leaves out."""
    return figures_page_of(_MADE)


def settings_page(groups: Mapping[str, type[BaseSettings]]) -> str:
    """Give the page that lists every setting with its environment variable."""
    lines = [
        "# Settings",
        "",
        _MADE,
        "All come from the environment; none is a secret by default.",
        "",
    ]
    for title, group in groups.items():
        lines += [f"## {title}", "", "| Variable | Default | Meaning |", "|---|---|---|"]
        prefix = group.model_config.get("env_prefix", "")
        for name, field in group.model_fields.items():
            default = "none" if field.default is None else f"`{field.default}`"
            alias = field.validation_alias
            variable = alias if isinstance(alias, str) else prefix + name
            lines.append(f"| `{variable.upper()}` | {default} | {field.description} |")
        lines.append("")
    return "\n".join(lines)


def _table(props: tuple[Prop, ...]) -> list[str]:
    return [
        "| Property | Type | Meaning |",
        "|---|---|---|",
        *(
            f"| `{prop.name}`{' (indexed)' if prop.indexed else ''} | {prop.type.value}"
            f"{', required' if prop.required else ''} | {prop.doc} |"
            for prop in props
        ),
    ]
