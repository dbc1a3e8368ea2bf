"""An extract as a graph with typed properties: what graph tools read (GraphML, GEXF).

Sources: GraphML (Brandes et al., 2002), GEXF 1.2draft (gexf.net). networkx writes both; it reads
them again in a test.
"""

from __future__ import annotations

import io
from typing import TypeAlias

import networkx as nx

from graph.clock import iso
from graph.exchange.extract import Extract
from graph.exchange.texts import filled, plain, when

Drawn: TypeAlias = "nx.MultiDiGraph[str]"


def graphml(extract: Extract) -> bytes:
    """Give the extract as GraphML; its properties `crosstip_…` say what holds for all of it."""
    out = io.BytesIO()
    nx.write_graphml(drawn(extract), out, encoding="utf-8", prettyprint=True, named_key_ids=True)
    return out.getvalue()


def gexf(extract: Extract) -> bytes:
    """Give the extract as GEXF; a node of its own says what holds for all of it."""
    graph = drawn(extract)
    # GEXF has no properties of a whole graph.
    graph.add_node("extract", kind="Extract", label="about this extract", **graph.graph)
    graph.graph.clear()
    out = io.BytesIO()
    nx.write_gexf(graph, out, encoding="utf-8", prettyprint=True, version="1.2draft")
    return out.getvalue()


def drawn(extract: Extract) -> Drawn:
    """Give the extract as a graph: what is said and links are its edges, all else its nodes."""
    graph: Drawn = nx.MultiDiGraph()
    graph.graph.update(_about(extract))
    for tip in extract.tips:
        graph.add_node(
            f"tip {tip.key}",
            kind="Tip",
            label=plain(tip.key),
            **filled(
                provider=tip.provider,
                incident_types="; ".join(tip.incident_types),
                incident_at=when(tip.incident_us),
                received_at=when(tip.received_us),
                ncmec_priority=tip.priority,
                ncmec_status=tip.status,
                urgency="; ".join(tip.urgency_reasons),
                annotations="; ".join(tip.annotations),
                withdrawn_at=when(tip.withdrawn_us),
                documents="; ".join(sha256 for sha256, _ in tip.documents),
            ),
        )
    for value in extract.identifiers:
        graph.add_node(
            f"{value.kind} {value.key}",
            kind=value.kind,
            label=plain(value.key),
            state=value.state,
        )
    _draw_files(graph, extract)
    _draw_edges(graph, extract)
    opaque = {node: f"n{number}" for number, node in enumerate(graph)}
    drawing: Drawn = nx.relabel_nodes(graph, opaque)
    return drawing


def _draw_files(graph: Drawn, extract: Extract) -> None:
    for file in extract.files:
        node = f"file {file.tip} {file.file_id}"
        graph.add_node(
            node,
            kind="File",
            label=plain(file.name or file.file_id),
            viewed_by_esp=file.viewed_by_esp,
            **filled(
                file_id=file.file_id,
                relevance=file.relevance,
                classification=file.classification,
                annotations="; ".join(file.annotations),
                **{f"hash_{name}": value for name, value in file.hashes},
            ),
        )
        graph.add_edge(f"tip {file.tip}", node, relation="has file")


def _draw_edges(graph: Drawn, extract: Extract) -> None:
    for said in extract.assertions:
        graph.add_edge(
            f"tip {said.tip}",
            f"{said.kind} {said.identifier}",
            relation="says",
            role=said.role,
            mined=said.mined,
            **filled(
                event=said.event,
                at=when(said.at_us),
                port=said.port,
                verified=said.verified,
                file_id=said.file_id,
                path=said.path,
                ended_at=when(said.ended_us),
            ),
        )
    for claim in extract.claims:
        node = f"claim {claim.ref}"
        graph.add_node(
            node,
            kind="Claim",
            label=plain(claim.reference),
            agency=plain(claim.agency),
            role=claim.role,
            handling=claim.handling,
            **filled(
                reliability=claim.reliability,
                content=claim.content,
                entered_at=when(claim.entered_us),
            ),
        )
        graph.add_edge(node, f"{claim.kind} {claim.identifier}", relation="claims")
    for link in extract.links:
        graph.add_edge(
            f"tip {link.tip}",
            f"tip {link.other}",
            relation="link",
            score_millibits=link.score,
            grade=link.grade,
            chance=plain(link.chance),
            caveat=extract.caveat,
            **filled(
                judged=link.judged,
                reasons=" | ".join(link.reasons),
                against=" | ".join(link.against),
            ),
        )


def _about(extract: Extract) -> dict[str, str]:
    return {
        "crosstip_as_of": iso(extract.as_of_us),
        "crosstip_made_by": plain(extract.made_by),
        "crosstip_agency": plain(extract.agency),
        "crosstip_weights": extract.weights,
        "crosstip_says": plain(" ".join(extract.said)),
    }
