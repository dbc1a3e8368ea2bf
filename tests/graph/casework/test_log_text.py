"""What a reason in the log may say, and what it may not."""

from __future__ import annotations

import pytest

from graph.casework.log_text import MOST, reason_for_log
from graph.errors import RowError


@pytest.mark.parametrize(
    "text",
    [
        "Entered by mistake.",
        "Court order CR-2026-1182 of 2026-11-22.",
        "Entered twice; no support since 3/12/2026.",
        "e.g. 28 CFR 23.20(h), rule 23-11, file 26-001, tab 4",
        "Zurückgezogen: kein Verdacht mehr.",
    ],
)
def test_a_reason_in_words_stands(text: str) -> None:
    assert reason_for_log(f" {text} ", but=("dark.fox99@example.com", "dark_fox99")) == text


@pytest.mark.parametrize(
    "text",
    [
        "md5=d41d8cd98f00b204e9800998ecf8427e",
        "ip=198.18.1.2",
        "tel5551234567",
        "_5551234567",
        "call 555  123   4567",
        "555,123,4567",
        "555\u00b7123\u00b74567",
        *("x is a@example.com", "it was 198.18.0.1.", "see <example.com>", "2001:db8::1 moved"),
        *("https://example.org/a", "call 555-0123", "(212) 555 0123 is wrong", "+12125550123"),
        *("d41d8cd98f00b204e9800998ecf8427e", "imei 490154203237518", "aa:bb:cc:dd:ee:ff"),
        *("Dark Fox 99 is another", "not (DARK-FOX99)", "５５５-０１２３"),
        *("", " ", "x" * (MOST + 1)),
    ],
)
def test_an_identifier_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(RowError) as refused:
        reason_for_log(text, but=("dark_fox99",))
    assert text.strip() == "" or text not in str(refused.value)
