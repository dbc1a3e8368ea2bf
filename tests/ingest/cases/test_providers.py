"""Cases 9 to 11, 17 and 18: whose account it is, under which name, and what is nobody's."""

from __future__ import annotations

import pytest

from graph.identifiers import providers
from graph.identifiers.account import SALTED
from graph.identifiers.providers import Provider
from graph.services.search import search
from tests.ingest.cases.documents import ids_tip, report, reported
from tests.ingest.desk import Desk

_USER = '{"espUserId": "Same-7", "screenName": {"value": "same.name"}}'


def test_case_09_one_id_at_two_providers_is_two_accounts_without_an_edge(desk: Desk) -> None:
    desk.take(ids_tip("100000001", esp="Example Social", people=_USER))
    desk.take(ids_tip("100000002", esp="Sample Video", people=_USER))
    assert desk.one("100000001", "Account").identifier == "example-social||Same-7"
    assert desk.one("100000002", "Account").identifier == "sample-video||Same-7"
    assert desk.links("100000001") == desk.links("100000002") == {}
    service = '{"espUserId": "Same-7", "espService": "Messages"}'
    desk.take(ids_tip("100000003", esp="Example Social", people=service))
    assert desk.links("100000003") == {}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("Twitter, Inc. / Twitter", "X Corp.", None),
        ("Twitter", "X Corp.", "x||Same-7"),
        ("Instagram, Inc.", "Instagram LLC", "instagram||Same-7"),
    ],
)
def test_case_10_a_renamed_provider_is_one_and_the_name_received_is_kept(
    desk: Desk, old: str, new: str, key: str | None
) -> None:
    desk.take(ids_tip("100000001", esp=old, people=_USER))
    desk.take(ids_tip("100000002", esp=new, people=_USER))
    assert [desk.tip(n).tip.provider_name for n in ("100000001", "100000002")] == [old, new]
    if key is None:  # A name that nobody has entered is a provider of its own, not a guess.
        assert desk.links("100000001") == {}
        return
    assert desk.one("100000001", "Account").identifier == key
    assert set(desk.links("100000001")) == {"100000002"}


def test_case_10_two_services_of_one_company_stay_two(desk: Desk) -> None:
    desk.take(ids_tip("100000001", esp="Instagram, Inc.", people=_USER))
    desk.take(ids_tip("100000002", esp="Facebook", people=_USER))
    assert desk.links("100000001") == {}


def test_case_11_a_salted_id_links_within_its_provider_and_says_what_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = Provider(key="example-salted", name="Example Salted", salted_ids=True)
    monkeypatch.setitem(providers.PROVIDERS, row.key, row)
    monkeypatch.setitem(providers._KEYS, row.key, row.key)
    desk.take(ids_tip("100000001", esp="Example Salted", people=_USER))
    desk.take(ids_tip("100000002", esp="Example Salted", people=_USER))
    assert "example-salted||Same-7" in {i for _, i in desk.reasons("100000001", "100000002")}
    account = desk.one("100000001", "Account")
    assert (account.state, account.state_reason) == ("normal", SALTED)


def test_case_17_another_platforms_account_is_not_the_reporting_providers(desk: Desk) -> None:
    third = (
        "<thirdPartyUserReported>true</thirdPartyUserReported>"
        "<espIdentifier>Same-7</espIdentifier><screenName>same.name</screenName>"
    )
    desk.take(reported(third), number="100000001")
    desk.take(reported("<espIdentifier>Same-7</espIdentifier>"), number="100000002")
    account = desk.one("100000001", "Account")
    assert account.identifier == "unknown||Same-7"
    assert account.state == "shared"  # Nobody said whose it is: it never links.
    assert desk.one("100000002", "Account").identifier == "example-game||Same-7"
    assert desk.links("100000001") == desk.links("100000002") == {}


def test_case_17_an_associated_account_elsewhere_has_the_platform_that_is_stated(
    desk: Desk,
) -> None:
    elsewhere = (
        "<espIdentifier>Own-1</espIdentifier>"
        '<associatedAccount accountType="Linked" thirdPartyUser="true">'
        "<platform>Sample Video</platform><espIdentifier>Same-7</espIdentifier>"
        "</associatedAccount>"
    )
    desk.take(reported(elsewhere), number="100000001")
    desk.take(ids_tip("100000002", esp="Sample Video", people=_USER))
    roles = {a.identifier: a.role for a in desk.said("100000001", "Account")}
    assert roles == {"example-game||Own-1": "reported", "sample-video||Same-7": "associated"}
    assert set(desk.links("100000001")) == {"100000002"}


_BOILERPLATE = """<reporter>
  <reportingPerson><email>safety@game.example</email></reportingPerson>
  <contactPerson><phone>+12125550111</phone><email>police@game.example</email></contactPerson>
  <companyTemplate>Serve process on legal@game.example, day and night +1 212 555 0112,
    or see https://game.example/police</companyTemplate>
  <termsOfService>https://game.example/terms</termsOfService>
  <legalURL>https://game.example/legal</legalURL>
</reporter>"""


def test_case_18_boilerplate_of_a_provider_joins_none_of_its_tips(desk: Desk) -> None:
    for number, name in (("100000001", "one"), ("100000002", "two")):
        person = f"<personOrUserReported><screenName>{name}</screenName></personOrUserReported>"
        note = (
            "<additionalInfo>Questions: lawenforcement@game.example, contact@cybertip.org, "
            "agent@police.example.gov, or https://report.cybertip.org/x</additionalInfo>"
        )
        text = report(person + note)
        start, end = text.index("<reporter>"), text.index("</reporter>") + len("</reporter>")
        desk.take(text[:start] + _BOILERPLATE + text[end:], number=number)
    assert desk.links("100000001") == desk.links("100000002") == {}
    for value in (
        "police@game.example",
        "legal@game.example",
        "lawenforcement@game.example",
        "contact@cybertip.org",
        "agent@police.example.gov",
        "+12125550111",
        "+12125550112",
        "https://game.example/police",
        "https://game.example/legal",
    ):
        assert search(desk.store, value).found == (), value
    kept = {detail.path for detail in desk.tip("100000001").details}
    assert {"reporter/companyTemplate", "reporter/termsOfService", "reporter/legalURL"} <= kept
