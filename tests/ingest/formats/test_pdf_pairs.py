"""What the PDF and the JSON of one tip say comes out alike, but for where it stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice

from graph.identifiers.core import Policy
from graph.statements import Assertion
from ingest.pdf.extract import extract
from ingest.pdf.text import encode
from ingest.readers.documents import read_document
from ingest.records import TipRecord
from ingest.transform.assertions import normalise
from ingest.transform.tip import provider_of
from tests.deliveries import MONDAY_US
from world.printed import pairs


def _tip(data: bytes) -> TipRecord:
    (item,) = read_document(data, name="a tip")
    assert isinstance(item.outcome, TipRecord), str(item.outcome)
    return item.outcome


def _said(tip: TipRecord) -> Counter[Assertion]:
    found = normalise(
        tip,
        policy=Policy(synthetic=True),
        reference_us=MONDAY_US,
        provider=provider_of(tip),
    )
    # Times are compared as instants: the PDF writes them in another order.
    return Counter(
        replace(one, path="", time_raw=None, at_us=one.at_us, file_id=one.file_id)
        for one in found.assertions
    )


def test_pdf_and_json_of_a_tip_say_the_same() -> None:
    count = said = 0
    for pair in islice(pairs(seed=7, tips=300), 60):
        json, pdf = _tip(pair.json), _tip(encode(extract(pair.pdf)))
        assert _said(pdf) == _said(json), pair.number
        assert pdf.report_number == json.report_number == str(pair.number)
        assert (pdf.provider, pdf.ncmec_priority) == (json.provider, json.ncmec_priority)
        assert pdf.synthetic is json.synthetic is True
        assert [f.file_id for f in pdf.files] == [f.file_id for f in json.files]
        assert [f.viewed_by_esp for f in pdf.files] == [f.viewed_by_esp for f in json.files]
        assert [f.annotations for f in pdf.files] == [f.annotations for f in json.files]
        assert all(one.path.startswith("page ") for one in pdf.assertions), pair.number
        count += 1
        said += len(pdf.assertions)
    assert count == 60
    assert said > 200
