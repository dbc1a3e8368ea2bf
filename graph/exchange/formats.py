"""The formats that an extract is written in, and what names the bytes that were written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Final

from graph.clock import iso
from graph.errors import QuestionError
from graph.exchange.extract import Extract

MANIFEST_VERSION: Final = 1
HASHES_ALONE: Final = "vics"
"""The format that has words for hashes and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeFormat:
    """How an extract is written."""

    doc: str
    media_type: str
    suffix: str
    module: str
    """The writer's module: loaded when it is needed, as some take long to load."""
    function: str

    def write(self, extract: Extract) -> bytes:
        """Give the bytes of an extract."""
        writer: Callable[[Extract], bytes] = getattr(import_module(self.module), self.function)
        return writer(extract)


FORMATS: Mapping[str, ExchangeFormat] = {
    "stix": ExchangeFormat(
        doc="STIX 2.1 bundle, with Crosstip's three extensions.",
        media_type="application/stix+json;version=2.1",
        suffix="stix.json",
        module="graph.exchange.stix",
        function="stix",
    ),
    "case": ExchangeFormat(
        doc="CASE/UCO JSON-LD, for provenance and forensic exchange.",
        media_type="application/ld+json",
        suffix="case.jsonld",
        module="graph.exchange.case",
        function="case",
    ),
    "graphml": ExchangeFormat(
        doc="GraphML, for Gephi, yEd, Cytoscape and networkx.",
        media_type="application/graphml+xml",
        suffix="graphml",
        module="graph.exchange.drawing",
        function="graphml",
    ),
    "gexf": ExchangeFormat(
        doc="GEXF 1.2, for Gephi.",
        media_type="application/gexf+xml",
        suffix="gexf",
        module="graph.exchange.drawing",
        function="gexf",
    ),
    "vics": ExchangeFormat(
        doc="Hashes as VICS 2.0 JSON, for forensic tools.",
        media_type="application/json",
        suffix="vics.json",
        module="graph.exchange.vics",
        function="vics",
    ),
    "i2": ExchangeFormat(
        doc="CSV tables in a ZIP, as i2's importer takes them.",
        media_type="application/zip",
        suffix="i2.zip",
        module="graph.exchange.tables",
        function="i2_tables",
    ),
    "xlsx": ExchangeFormat(
        doc="A workbook, a sheet for each table; no cell is a formula.",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        suffix="xlsx",
        module="graph.exchange.tables",
        function="workbook",
    ),
}
"""By name. A new format is a writer and a line here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What stands beside an extract: what it is, of when, and the hash of its bytes."""

    manifest: int
    format: str
    sha256: str
    size: int
    as_of: str
    made_by: str
    agency: str
    synthetic: bool
    weights: str
    tips: tuple[str, ...]
    documents_sha256: tuple[str, ...]
    counts: Mapping[str, int]
    claims: tuple[str, ...]
    """Names of the claims in it."""
    says: tuple[str, ...]
    left_out: tuple[str, ...]

    def text(self) -> bytes:
        """Give it as JSON with sorted keys: the same extract has the same manifest."""
        said = json.dumps(asdict(self), ensure_ascii=True, indent=2, sort_keys=True)
        return said.encode("ascii") + b"\n"


def written(extract: Extract, name: str) -> tuple[bytes, Manifest]:
    """Give an extract's bytes in a format, and their manifest.

    Raises:
        QuestionError: there is no such format.
    """
    found = FORMATS.get(name)
    if found is None:
        raise QuestionError(f"There is no format {name!r}: {', '.join(FORMATS)}.")
    data = found.write(extract)
    documents = {sha256 for tip in extract.tips for sha256, _ in tip.documents}
    return data, Manifest(
        manifest=MANIFEST_VERSION,
        format=name,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        as_of=iso(extract.as_of_us),
        made_by=extract.made_by,
        agency=extract.agency,
        synthetic=extract.synthetic,
        weights=extract.weights,
        tips=tuple(tip.key for tip in extract.tips),
        documents_sha256=tuple(sorted(documents)),
        counts={
            "tips": len(extract.tips),
            "identifiers": len(extract.identifiers),
            "assertions": len(extract.assertions),
            "files": len(extract.files),
            "links": len(extract.links),
            "claims": len(extract.claims),
        },
        claims=tuple(claim.ref for claim in extract.claims),
        says=extract.said,
        left_out=extract.left_out,
    )
