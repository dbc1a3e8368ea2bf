"""Pictures with hostile texts, for tests that draw them."""

from __future__ import annotations

from client.links import Edge, NeighbourhoodAnswer, Node

PAYLOADS = (
    # With `href`, pyvis's own page would write titles as HTML.
    '<img src=x onerror="alert(1)"> href',
    "</script><script>alert(2)</script>",
    '"><option onmouseover=alert(3)>',
    "<h1><img src=https://evil.example/x.png onerror=alert(4)></h1>",
)


def hostile_picture() -> NeighbourhoodAnswer:
    """Give a picture with a payload in every text that a tip can reach."""
    nodes = [
        Node(
            id=payload,
            kind=payload if at == 3 else "Email",
            key=payload,
            label=payload,
            detail=payload,
            urgency=2,
            x=at / 2 - 1,
            y=0.0,
        )
        for at, payload in enumerate(PAYLOADS)
    ]
    edges = [
        Edge(start=PAYLOADS[0], end=payload, label=payload, weight=1000 * at)
        for at, payload in enumerate(PAYLOADS)
        if at > 0
    ]
    return NeighbourhoodAnswer(
        as_of="2026-11-22T00:00:00Z",
        synthetic=True,
        queries=("links.shared",),
        caveat="investigative lead, not identification",
        cut_off=(PAYLOADS[3],),
        tip=PAYLOADS[1],
        nodes=tuple(nodes),
        edges=tuple(edges),
    )
