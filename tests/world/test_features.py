"""A world of the demo's size has every feature, and the documents show it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.world.conftest import Written
from tests.world.documents import read_json, read_xml
from world.features import Feature
from world.generate import write_world
from world.setting import FIRST_NUMBER

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

SIGNS: dict[Feature, str] = {
    Feature.CARRIER_NAT: r"\b198\.18\.0\.77\b",
    Feature.VPN_EXIT: r"\b198\.19\.\d+\.\d+\b",
    Feature.MOBILE_ADDRESS: r"\b198\.18\.\d+\.\d+\b",
    Feature.IPV6: r"2001:db8:",
    Feature.IPV4_MAPPED: r"::ffff:24\d\.",
    Feature.SERVER_PORT: r'"port":443|<port>443<',
    Feature.POSSIBLE_PROXY: r"<possibleProxy>true<",
    Feature.NAIVE_TIME: r"T\d\d:\d\d:\d\d[\"<]",
    Feature.COMPACT_OFFSET: r"T\d\d:\d\d:\d\d[+-]\d{4}[\"<]",
    Feature.COLON_OFFSET: r"T\d\d:\d\d:\d\d[+-]\d\d:\d\d[\"<]",
    Feature.NO_INCIDENT_TIME: r'^(?!.*"incidentDateTime":")',
    Feature.DATE_ONLY: r'incidentDateTime("|>):?"?\d{4}-\d\d-\d\d["<]',
    Feature.INCIDENT_TIME_DESCRIBED: r"Synthetic: the time at which",
    Feature.EMPTY_FILE: r"d41d8cd98f00b204e9800998ecf8427e",
    Feature.TWO_MD5: r'(hashType="MD5">[0-9a-f]{32}</originalFileHash>.*){2}',
    Feature.DEFAULT_AVATAR: r"Supplemental Reported",
    Feature.VIEWED_YES: r'"viewedByEsp":true|<fileViewedByEsp>true<',
    Feature.VIEWED_NO: r'"viewedByEsp":false|<fileViewedByEsp>false<',
    Feature.INTENDED_RECIPIENT: r"<intendedRecipient>|\"intendedRecipients\":\[\{",
    Feature.RECURRING_VICTIM: r"<victimPerson>|\"victims\":\[\{",
    Feature.RECURRING_COMPLAINANT: r"complainant-\d+@",
    Feature.PARENT_ACCOUNT: r'accountType="Parent/Guardian"',
    Feature.LINKED_ACCOUNT: r'accountType="Linked"',
    Feature.COMPROMISED_ACCOUNT: r"<compromisedAccount>true<",
    Feature.THIRD_PARTY_USER: r"<thirdPartyUserReported>true<",
    Feature.DEVICE: r"<idType>Advertising ID<",
    Feature.NETWORK_NAME: r"<idType>SSID<",
    Feature.FREE_TEXT: r"Synthetic note\. (Account holder|Contact number)",
    Feature.CASE_VARIANT: r"[A-Z]\w*[._]?\w*[._]?\w*@[A-Z]+\.",
    Feature.NATIONAL_PHONE: r"\(\d{3}\) 555-01\d\d",
    Feature.RECOVERY_CONTACT: r'type="Recovery"',
    Feature.COMPANY_TEMPLATE: r"<companyTemplate>Synthetic boilerplate",
    Feature.FORMER_PROVIDER_NAME: r'"espName":"Twitter"|<platform>Twitter<',
    Feature.BUNDLED: r'VIRAL_POTENTIAL_MEME|"reportedPersons":\[\{.*"reportedPersons"|bundled',
    Feature.ESCALATED: r"<escalateToHighPriority>Synthetic",
    Feature.IMMINENT_DANGER: r'"priority":"1"',
    Feature.EMERGENCY: r'"priority":"E"',
    Feature.LOWER_PRIORITY: r'"priority":"[23]"',
    Feature.NCMEC_STATUS: r'"status":"(referral|informational)"',
    Feature.INFORMATIONAL: r"<informational/>",
    Feature.MINOR_TO_MINOR: r"<minorToMinorInteraction/>",
    Feature.LAW_ENFORCEMENT: r"<lawEnforcement><agencyName>",
    Feature.PRIOR_HELD: r"<priorCTReports>91\d{7}<",
    Feature.PRIOR_NOT_HELD: r"<priorCTReports>90\d{7}<",
    Feature.WEB_PAGE: r"/t/\d{12}",
    Feature.CONVERSATION: r"Synthetic conversation text",
    Feature.NULL_KEYS: r'"gender":null',
    Feature.UNKNOWN_KEY: r'"syntheticNewKey"',
    Feature.OLD_INCIDENT_TYPE: r"for Sexual Act<",
    Feature.REPORT_ANNOTATIONS: r"<reportAnnotations><\w+/>",
    Feature.FILE_ANNOTATIONS: r"<fileAnnotations><\w+/>|\"ncmecTags\":\{",
}
"""What must stand in the documents of a tip that has the feature."""


def _text(world: Written, number: str) -> str:
    paths = world.documents.tips[number].paths
    newest = max(paths, key=lambda path: path.stat().st_mtime)
    used = [newest] if newest.suffix == ".json" else paths
    return " ".join(path.read_text(encoding="utf-8-sig").replace("\n", " ") for path in used)


@pytest.mark.parametrize("seed", [1, 2, 7])
def test_the_demo_world_has_every_feature(tmp_path: Path, seed: int) -> None:
    truth = write_world(tmp_path, seed=seed, tips=300)
    assert {feature.name for feature in truth.features} == {feature.value for feature in Feature}
    assert [feature.name for feature in truth.features if feature.tips == 0] == []


@pytest.mark.parametrize("feature", SIGNS, ids=lambda feature: feature.name.lower())
def test_examples_show_their_feature(demo: Written, feature: Feature) -> None:
    found = next(each for each in demo.truth.features if each.name == feature.value)
    assert found.examples
    for number in found.examples:
        assert re.search(SIGNS[feature], _text(demo, number)), number


def _examples(world: Written, feature: Feature) -> tuple[str, ...]:
    return next(each for each in world.truth.features if each.name == feature.value).examples


def test_byte_order_mark_stands_where_told(demo: Written) -> None:
    marked = {
        number
        for number, tip in demo.documents.tips.items()
        if tip.paths[0].read_bytes().startswith(BYTE_ORDER_MARK)
    }
    assert set(_examples(demo, Feature.BYTE_ORDER_MARK)) <= marked
    assert 0 < len(marked) < demo.truth.tips_by_format["json"]


def test_missing_keys_are_missing(demo: Written) -> None:
    for number in _examples(demo, Feature.MISSING_KEYS):
        assert '"gender"' not in _text(demo, number)


def test_prior_reports_point_to_held_and_to_unheld_tips(demo: Written) -> None:
    held, unheld = set(), set()
    for number, tip in demo.documents.tips.items():
        for prior in tip.prior:
            if prior in demo.documents.tips:
                assert prior < number
                held.add(number)
            else:
                assert int(prior) < FIRST_NUMBER
                unheld.add(number)
    assert set(_examples(demo, Feature.PRIOR_HELD)) <= held
    assert set(_examples(demo, Feature.PRIOR_NOT_HELD)) <= unheld


def test_nobody_is_reported_where_told(demo: Written) -> None:
    for number in _examples(demo, Feature.NO_REPORTED_PERSON):
        assert demo.documents.tips[number].people == 0


@pytest.mark.parametrize(
    ("feature", "of"),
    [
        (Feature.RECURRING_VICTIM, lambda tip: tip.victims),
        (Feature.RECURRING_COMPLAINANT, lambda tip: tip.complainants),
    ],
    ids=["victim", "complainant"],
)
def test_bystanders_recur_in_tips_of_strangers(
    demo: Written, feature: Feature, of: Callable[[object], set[tuple[str, str]]]
) -> None:
    name = "victim" if feature is Feature.RECURRING_VICTIM else "complainant"
    counts: dict[tuple[str, str], int] = {}
    for tip in demo.documents.tips.values():
        for value in of(tip):
            if name in value[1]:
                counts[value] = counts.get(value, 0) + 1
    assert max(counts.values()) >= 3
    linking = set().union(*(tip.stated for tip in demo.documents.tips.values()))
    assert not linking & counts.keys()


def test_bundles_name_strangers_who_are_in_no_other_tip(demo: Written) -> None:
    bundles = {n: tip for n, tip in demo.documents.tips.items() if tip.bundled}
    assert set(_examples(demo, Feature.BUNDLED)) <= bundles.keys()
    assert {tip.form for tip in bundles.values()} == {"json", "xml"}
    assert max(tip.people for tip in bundles.values()) >= 3
    for number, tip in bundles.items():
        accounts = {value for value in tip.stated if value[0] == "Account"}
        for other, elsewhere in demo.documents.tips.items():
            assert other == number or not accounts & elsewhere.stated


def test_second_delivery_is_later_and_differs(demo: Written) -> None:
    assert demo.truth.redelivered
    for again in demo.truth.redelivered:
        first, second = sorted(demo.documents.tips[again.tip].paths)
        assert second.name == f"CyberTip_{again.tip}_v2.json"
        assert second.stat().st_mtime > first.stat().st_mtime
        assert read_json(first)["reportId"] == read_json(second)["reportId"]
        before, after = (path.read_text(encoding="utf-8-sig") for path in (first, second))
        assert again.withdrawn
        assert again.added
        for gone in again.withdrawn:
            assert f'"{gone.value}"' in before
            assert f'"{gone.value}"' not in after
        for new in again.added:
            assert new.value in after
            assert new.value not in before


def test_one_providers_boilerplate_is_the_same_in_all_of_its_tips(demo: Written) -> None:
    templates: dict[str, set[str]] = {}
    for number in _examples(demo, Feature.COMPANY_TEMPLATE):
        root = read_xml(demo.documents.tips[number].paths[0])
        platform = root.findtext("incidentSummary/platform") or ""
        templates.setdefault(platform, set()).add(root.findtext("reporter/companyTemplate") or "")
    assert templates
    assert all(len(texts) == 1 for texts in templates.values())
