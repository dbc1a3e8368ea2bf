"""Single values: yes and no, report numbers, numbers in file names."""

from __future__ import annotations

import pytest

from ingest.readers.stated import number_from_name, report_number, stated
from ingest.records import Stated


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("true", Stated.YES),
        (" Yes ", Stated.YES),
        ("1", Stated.YES),
        ("FALSE", Stated.NO),
        ("no", Stated.NO),
        ("0", Stated.NO),
        ("", Stated.NOT_STATED),
        ("N/A", Stated.NOT_STATED),
        (None, Stated.NOT_STATED),
        ("perhaps", None),
    ],
)
def test_yes_no_and_silence(text: str | None, answer: Stated | None) -> None:
    assert stated(text) is answer


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("123456789", "123456789"),
        (" 00123 ", "123"),
        ("0", None),
        ("-5", None),
        ("1.5", None),
        ("12a", None),
        ("", None),
        (None, None),
        ("9" * 16, None),
        ("../../etc/passwd", None),
        ("١٢٣", None),
    ],
)
def test_report_numbers(text: str | None, number: str | None) -> None:
    assert report_number(text) == number


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("CyberTip_123456789.xml", "123456789"),
        ("CyberTipline Report 123456789.json", "123456789"),
        ("CyberTipline_Report-123456789 (2).xml", "123456789"),
        ("folder/CT-123456789.xml", "123456789"),
        ("C:\\in\\NCMEC_123456789.xml", "123456789"),
        ("CTR123456789.json", "123456789"),
        ("copy of CyberTip 123456789.xml", "123456789"),
        ("123456789.xml", "123456789"),
        ("123456789_report.xml", "123456789"),
        ("CyberTip_20260102.xml", "20260102"),
        ("20260102.xml", None),
        ("20260102_tips.xml", None),
        ("report.xml", None),
        ("IMG_123456789.xml", None),
        ("FACT123456789.xml", None),
        ("123.xml", None),
        ("CyberTip_1234567890123456.xml", None),
        ("123456789/report.xml", None),
        ("", None),
    ],
)
def test_numbers_in_names_count_only_in_the_documented_patterns(
    name: str, number: str | None
) -> None:
    assert number_from_name(name) == number
