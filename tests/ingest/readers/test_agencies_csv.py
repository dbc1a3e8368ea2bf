"""Agencies and claims from CSV: good lines go in, each bad one has a reason."""

from __future__ import annotations

import pytest

from graph.identifiers.core import IdentifierKind, RawIdentifier
from ingest.limits import Limits
from ingest.readers.documents import ReadItem, read_document
from ingest.records import AgencyRecord, ClaimRecord
from tests.ingest.readers.said import DATA, items, problem


def _claims(name: str) -> list[ClaimRecord]:
    return [item.outcome for item in items(name) if isinstance(item.outcome, ClaimRecord)]


def _read(text: str, **limits: int) -> list[ReadItem]:
    return list(read_document(text.encode(), name="a.csv", limits=Limits(**limits)))


def test_agencies() -> None:
    assert [item.outcome for item in items("csv/agencies.csv")] == [
        AgencyRecord(
            line=2,
            key="OH-ICAC",
            name="Ohio Task Force, ICAC",
            kind="task force",
            state="OH",
            contact="duty@ohio.example.org",
        ),
        AgencyRecord(line=3, key="SPD", name="Springfield Police", kind="affiliate", state="OH"),
        AgencyRecord(line=4, key="FED1", name="Federal Bureau of Examples", kind="federal"),
    ]


def test_other_separators_marks_orders_and_cases() -> None:
    said = items("csv/agencies_semicolon.csv")

    assert said[0].outcome == AgencyRecord(
        line=2, key="DE-1", name="Polizei; Beispiel", kind="foreign"
    )
    assert [str(item.error).partition(" was not taken in: ")[2] for item in said[1:]] == [
        "its agency is empty; fill it in and send the line again",
        "its name is empty; fill it in and send the line again",
        (
            "its kind is none of affiliate, federal, foreign, military, prosecutor, task force; "
            "correct it and send it again"
        ),
    ]
    assert [item.line for item in said] == [2, 3, 4, 5]
    data = (DATA / "csv/agencies_semicolon.csv").read_bytes()
    for item in said:
        assert data[item.offset : item.offset + len(item.data)] == item.data


def test_claims() -> None:
    claims = _claims("csv/claims.csv")

    assert len(claims) == 10
    assert claims[1] == ClaimRecord(
        line=3,
        agency="SPD",
        investigation="26-001",
        title="Night Owl",
        status="open",
        opened="2026-01-02",
        contact="Det. Example",
        identifier=RawIdentifier(
            kind=IdentifierKind.ACCOUNT,
            value="8812345",
            provider="Example Social, Inc.",
            service="Example Chat",
        ),
        role="suspect",
    )
    assert [(one.identifier.kind.value, one.status, one.role) for one in claims] == [
        ("Email", "open", "suspect"),
        ("Account", "open", "suspect"),
        ("ScreenName", "open", "suspect"),
        ("Phone", "closed", "victim"),
        ("IpAddress", "open", "suspect"),
        ("FileHash", "open", "suspect"),
        ("FileHash", "open", "suspect"),
        ("Url", "open", "suspect"),
        ("Device", "open", "officer persona"),
        ("ScreenName", "open", "officer persona"),
    ]
    assert claims[3].identifier.region == "US"
    assert [claims[n].identifier.subtype for n in (5, 6, 8)] == ["MD5", "sha1", "IMEI"]


def test_bad_lines_have_a_reason_and_do_not_stop_the_others() -> None:
    said = items("csv/claims_bad_lines.csv")

    assert [item.line for item in said if item.error is None] == [2, 9]
    assert {item.line: str(item.error) for item in said if item.error is not None} == {
        line: f"“csv/claims_bad_lines.csv”, line {line} was not taken in: {reason}"
        for line, reason in {
            3: "its investigation is empty; fill it in and send the line again",
            4: "its kind is none of account, screen name, email, phone, ip, hash, device and url; "
            "correct it and send it again",
            5: "its value is empty; fill it in and send the line again",
            6: "its role is none of officer persona, suspect, victim; correct it and send it again",
            7: "it has 7 fields under 5 columns; put values that hold the separator into quotes",
            8: "its quotes do not match; correct them and send it again",
        }.items()
    }


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("e-mail", IdentifierKind.EMAIL),
        ("EMAIL", IdentifierKind.EMAIL),
        ("Phone Number", IdentifierKind.PHONE),
        ("ip_address", IdentifierKind.IP_ADDRESS),
        ("IpAddress", IdentifierKind.IP_ADDRESS),
        ("FileHash", IdentifierKind.FILE_HASH),
        ("md5", IdentifierKind.FILE_HASH),
        ("Screen  Name", IdentifierKind.SCREEN_NAME),
        ("handle", IdentifierKind.SCREEN_NAME),
        ("account", IdentifierKind.ACCOUNT),
        ("IMEI", IdentifierKind.DEVICE),
        ("link", IdentifierKind.URL),
    ],
)
def test_kinds_by_label_and_by_plain_word(word: str, kind: IdentifierKind) -> None:
    (item,) = _read(f"agency,investigation,kind,value,role\nA,1,{word},v-1,suspect\n")

    assert isinstance(item.outcome, ClaimRecord)
    assert item.outcome.identifier.kind is kind


def test_quoted_fields_may_hold_line_breaks() -> None:
    said = _read('agency,name,kind\r\nA,"Two\r\nlines",federal\r\nB,One,military\r\n')

    assert [(item.line, getattr(item.outcome, "name", None)) for item in said] == [
        (2, "Two\r\nlines"),
        (4, "One"),
    ]


def test_a_quote_that_is_never_closed_costs_its_line_only() -> None:
    said = _read('agency,name,kind\nA,"open,federal\nB,One,military\n')

    assert [item.error is None for item in said] == [False, True]


def test_a_line_beyond_the_limit_costs_its_line_only() -> None:
    said = _read(f"agency,name,kind\nA,{'x' * 500},federal\nB,One,military\n", max_line=200)

    assert [item.error is None for item in said] == [False, True]
    assert "limit max_line of 200" in str(said[0].error)


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig", "utf-32"])
def test_other_encodings_with_a_mark(codec: str) -> None:
    data = "agency,name,kind\nA,Größe,federal\n".encode(codec)

    (item,) = read_document(data, name="a.csv")

    assert isinstance(item.outcome, AgencyRecord)
    assert item.outcome.name == "Größe"
    assert data[item.offset : item.offset + len(item.data)] == item.data


def test_wrong_encodings_and_other_tables_say_why() -> None:
    assert "no UTF-8 text (byte 21 breaks it)" in problem(
        "agency,name,kind\nA,Größe,federal\n".encode("latin-1")
    )
    assert "not the header of an agencies or claims file" in problem(b"a,b,c\n1,2,3\n")
    assert "not the header of an agencies or claims file" in problem(b"just a text")


def test_a_header_alone_holds_nothing() -> None:
    assert "holds no tip" in problem(b"agency,name,kind\n")


def test_a_claim_without_a_role_is_a_suspects_and_a_file_approves_no_silence() -> None:
    said = _read(
        "agency,investigation,kind,value,visibility,handling,predicate\n"
        "SPD,1,email,a@example.com,,,\n"
        "SPD,1,email,b@example.com,Open,originator_only,Facts\n"
        "SPD,1,email,c@example.com,silent,,\n"
        "SPD,1,email,d@example.com,,secret,\n"
    )
    claims = [item.outcome for item in said if isinstance(item.outcome, ClaimRecord)]
    assert [(c.role, c.visibility, c.handling, c.predicate) for c in claims] == [
        ("suspect", None, None, None),
        ("suspect", "open", "originator only", "Facts"),
    ]
    assert ["visibility is none of open, pointer" in str(item.error) for item in said[2:]] == [
        True,
        False,
    ]
