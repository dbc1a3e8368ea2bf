"""What an extract for another tool is asked for with, and what its files are called. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from client.resources.jobs import ExtractThis

MOST_TIPS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A format, as somebody chooses it who knows the tool and not the format."""

    says: str
    suffix: str
    mime: str


TOOLS: Final[Mapping[str, Tool]] = {
    "stix": Tool(
        says="STIX 2.1: OpenCTI, MISP and other intelligence platforms",
        suffix="stix.json",
        mime="application/stix+json;version=2.1",
    ),
    "case": Tool(
        says="CASE/UCO: forensic exchange, any RDF reader",
        suffix="case.jsonld",
        mime="application/ld+json",
    ),
    "graphml": Tool(
        says="GraphML: Gephi, yEd, Cytoscape", suffix="graphml", mime="application/graphml+xml"
    ),
    "gexf": Tool(says="GEXF: Gephi", suffix="gexf", mime="application/gexf+xml"),
    "vics": Tool(
        says="VICS: hashes only, for forensic suites", suffix="vics.json", mime="application/json"
    ),
    "i2": Tool(
        says="i2 Analyst's Notebook: CSV tables in a ZIP", suffix="i2.zip", mime="application/zip"
    ),
    "xlsx": Tool(
        says="A workbook (XLSX): a sheet for each table",
        suffix="xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
"""By the name that the API knows; a test compares them with the core's."""


def file_name(wanted: ExtractThis, *, synthetic: bool) -> str:
    """Give the name of an extract's file, with nothing in it but letters, digits and hyphens."""
    first = "".join(char if char.isascii() and char.isalnum() else "-" for char in wanted.tips[0])
    more = f"-and-{len(wanted.tips) - 1}" if len(wanted.tips) > 1 else ""
    made_up = "SYNTHETIC-" if synthetic else ""
    return f"{made_up}crosstip-extract-{first}{more}.{TOOLS[wanted.format].suffix}"


def lacking(tips: Sequence[str], recipient: str) -> str | None:
    """Give what an extract cannot be ordered without, as a sentence; None when nothing lacks."""
    if len(tips) == 0:
        return "No tip is in sight: an extract is made of tips."
    if len(tips) > MOST_TIPS:
        return f"An extract holds {MOST_TIPS} tips at most: {len(tips)} are in sight."
    if recipient.strip() == "":
        return "Write whom it is for: it stands in the log."
    return None
