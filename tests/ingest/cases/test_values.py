"""Cases 19, 22 to 25 and 32 to 34: values as they are written, and times as they are stated."""

from __future__ import annotations

import json

import pytest

from graph.services.search import search
from tests.ingest.cases.documents import capture, ids_tip, report, reported
from tests.ingest.desk import Desk


def _emails(*values: str) -> str:
    inside = ", ".join(f'{{"value": {json.dumps(value)}}}' for value in values)
    return f'{{"emails": {{"emails": [{inside}]}}}}'


def _phones(*values: str) -> str:
    inside = ", ".join(f'{{"value": "{value}"}}' for value in values)
    return f'{{"phones": {{"phones": [{inside}]}}}}'


def _name(value: str) -> str:
    return f'{{"screenName": {{"value": {json.dumps(value)}}}}}'


def _hints(desk: Desk, kind: str) -> list[str]:
    rows = desk.running.rows("MATCH (x) WHERE x.kind = $kind RETURN x.hints", kind=kind)
    return [str(hint) for (hints,) in rows if isinstance(hints, list) for hint in hints]


def _pair(desk: Desk, first: str, second: str) -> set[tuple[str, str]]:
    """Take in two tips about these persons and give what links them."""
    desk.take(ids_tip("100000001", people=first))
    desk.take(ids_tip("100000002", people=second))
    return desk.reasons("100000001", "100000002")


def test_case_19_identifiers_in_free_text_are_mined_with_their_place(desk: Desk) -> None:
    note = "Payment by Cash App. Cashtag: sam_pays77 and mail sam2@example.com"
    desk.take(ids_tip("100000001", more=f'"additionalInformations": [{{"value": "{note}"}}]'))
    desk.take(ids_tip("100000002", people=_emails("sam2@example.com")))
    email = desk.one("100000001", "Email")
    assert (email.mined, email.role, email.identifier) == (True, "mentioned", "sam2@example.com")
    where = "reportedInformation/additionalInformations[0]"
    assert email.path == f"{where}@{note.index('sam2@')}"
    assert [a.mined for a in desk.said("100000001", "ScreenName")] == [True]
    (reason,) = desk.links("100000002")["100000001"].reasons
    assert reason.other_roles == ("mentioned",)


def test_case_19_a_label_says_whose_it_is(desk: Desk) -> None:
    desk.take(report("<additionalInfo>Victim email: kim@example.org</additionalInfo>"), number="1")
    (kim,) = [a for a in desk.said("1", "Email") if a.mined]
    assert (kim.role, kim.linking) == ("victim", False)


def test_case_22_a_mapped_address_is_the_ipv4_address(desk: Desk) -> None:
    first, second = capture("::ffff:198.18.9.9"), capture("198.18.9.9")
    assert _pair(desk, f"{{{first}}}", f"{{{second}}}") == {("shared identifier", "198.18.9.9")}


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("64:ff9b::c612:909", "nat64-v4|198.18.9.9"),
        ("2002:c612:909::1", "6to4-v4|198.18.9.9"),
        ("2001:0:c612:1:0:0:39ed:f6f6", "teredo-v4|198.18.9.9"),
    ],
)
def test_case_22_an_embedded_ipv4_address_is_a_weak_hint_and_no_link(
    desk: Desk, address: str, hint: str
) -> None:
    first, second = capture(address), capture("198.18.9.9")
    assert _pair(desk, f"{{{first}}}", f"{{{second}}}") == set()
    assert hint in _hints(desk, "IpAddress")


@pytest.mark.parametrize(
    "address",
    ["10.0.0.7", "127.0.0.1", "169.254.3.4", "100.64.9.9", "224.0.0.5", "0.0.0.0", "104.16.1.1"],  # noqa: S104
)
def test_case_23_an_address_that_many_share_by_nature_is_kept_and_links_nothing(
    desk: Desk, address: str
) -> None:
    assert _pair(desk, f"{{{capture(address)}}}", f"{{{capture(address)}}}") == set()
    row = desk.one("100000001", "IpAddress")
    assert (row.identifier, row.state in ("shared", "stopped")) == (address, True)
    assert row.state_reason


def test_case_24_a_servers_port_is_missing_and_a_missing_time_is_not_made_up(desk: Desk) -> None:
    person = f"{{{capture('198.18.9.9', port=443)}}}"
    desk.take(ids_tip("100000001", people=person))
    row = desk.one("100000001", "IpAddress")
    assert (row.port, row.at_us, row.earliest_us, row.latest_us) == (None, None, None, None)
    assert row.time_note == "Port 443 is a server's: treated as missing."
    assert desk.tip("100000001").tip.incident_us is not None
    desk.take(
        ids_tip("100000002", people=f"{{{capture('198.18.9.9', port=50123)}}}"),
    )
    assert desk.one("100000002", "IpAddress").port == 50123


def test_case_24_a_time_that_a_client_made_up_is_flagged(desk: Desk) -> None:
    event = (
        "<ipCaptureEvent><ipAddress>198.18.9.9</ipAddress><eventName>Unknown</eventName>"
        "<dateTime>2026-09-30T22:14:08Z</dateTime></ipCaptureEvent>"
    )
    desk.take(reported(event), number="1")
    row = desk.one("1", "IpAddress")
    assert row.at_us == desk.tip("1").tip.incident_us
    assert row.time_note is not None
    assert "maybe made up" in row.time_note


@pytest.mark.parametrize(
    ("stated", "hours", "words"),
    [
        ("2026-09-30T22:14:08", 28, "No time zone is stated"),
        ("2026-03-08T02:30:00", 28, "No time zone is stated"),
        ("2026-09-30T24:00:00Z", 24, "24:00"),
        ("1970-01-01T00:00:00Z", None, "filler"),
        ("0001-01-01T00:00:00Z", None, "filler"),
        ("2026-02-30T10:00:00Z", None, "no such day"),
        ("yesterday", None, "no date"),
    ],
)
def test_case_25_an_odd_time_is_an_interval_or_nothing_with_the_reason(
    desk: Desk, stated: str, hours: int | None, words: str
) -> None:
    desk.take(ids_tip("100000001", people=f"{{{capture('198.18.9.9', at=stated)}}}"))
    row = desk.one("100000001", "IpAddress")
    assert (row.at_us, row.time_raw) == (None, stated)
    assert row.time_note is not None
    assert words in row.time_note
    if hours is None:
        assert (row.earliest_us, row.latest_us) == (None, None)
    else:
        assert row.earliest_us is not None
        assert row.latest_us is not None
        assert row.latest_us - row.earliest_us == hours * 3_600_000_000


@pytest.mark.parametrize(
    ("first", "second", "key"),
    [
        ("a.b+x@gmail.com", "AB@googlemail.com", "ab@gmail.com"),
        ("a.b@company.example", "ab@company.example", None),
        ("User@company.example", "user@COMPANY.example", "user@company.example"),
        ("user+tag@company.example", "user@company.example", None),
    ],
)
def test_case_32_addresses_are_merged_only_where_their_provider_does(
    desk: Desk, first: str, second: str, key: str | None
) -> None:
    shared = _pair(desk, _emails(first), _emails(second))
    assert shared == (set() if key is None else {("shared identifier", key)})
    assert desk.one("100000001", "Email").stated_as == first  # As received.


def test_case_33_a_number_without_its_country_stays_unresolved(desk: Desk) -> None:
    assert _pair(desk, _phones("212 555 0133"), _phones("(212) 555-0133")) == set()
    row = desk.one("100000001", "Phone")
    assert (row.identifier, row.state) == ("national:2125550133", "shared")
    assert row.state_reason is not None
    assert "country is not stated" in row.state_reason
    desk.take(ids_tip("100000003", people=_phones("+1 212 555 0133")))
    assert desk.one("100000003", "Phone").identifier == "+12125550133"
    assert desk.links("100000003") == {}


def test_case_34_look_alike_names_are_a_hint_and_no_link(desk: Desk) -> None:
    assert _pair(desk, _name("sam.scope"), _name("s\u0430m.scope")) == set()
    skeletons = [hint for hint in _hints(desk, "ScreenName") if hint.startswith("skeleton|")]
    assert len(skeletons) == 2
    assert len(set(skeletons)) == 1


def test_case_34_invisible_and_full_width_characters_do_not_make_another_name(desk: Desk) -> None:
    shared = _pair(desk, _name("sam.scope"), _name("@s\u200ba\u200dm．ｓｃｏｐｅ"))
    assert shared == {("shared identifier", "example-social|sam.scope")}
    shown = desk.one("100000002", "ScreenName").stated_as
    assert shown is not None
    assert "\u200b" not in shown
    (found,) = search(desk.store, "\u2066Sam.Scope\u2069").found
    assert (found.identifier.key, len(found.tips)) == ("example-social|sam.scope", 2)
