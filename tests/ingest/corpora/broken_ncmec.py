"""Broken NCMEC JSON and XML: each one defect, what is stated all the same, and what is told.

Beside these stand the changed, cut and hostile documents of `tests/ingest/hostile`.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.ingest.cases.documents import ids_tip, report

SEVENTEEN = ("reported Account 17",)
_KIM = '{"espUserId": "17"}'
_USER = "<personOrUserReported><espIdentifier>17</espIdentifier>{}</personOrUserReported>"


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenTip:
    """One defect."""

    name: str
    data: bytes
    told: str
    """Words that stand in a reason, or in what was kept as unknown."""
    said: tuple[str, ...] | None = SEVENTEEN
    """Identifiers that are stated; None when the document is refused."""


_TIP = ids_tip("123", people=_KIM)
_NOT_JSON, _NO_TIP, _SILENT = "not valid JSON", "no tip", "reportedInformation is missing"
_REFUSED_JSON: dict[str, tuple[str, str]] = {
    "ends within a key": (_TIP[:60], _NOT_JSON),
    "ends before its last brace": (_TIP.rstrip()[:-1], _NOT_JSON),
    "a comma too many": (_TIP.replace('"17"}', '"17",}'), _NOT_JSON),
    "single quotes": (_TIP.replace('"', "'"), _NOT_JSON),
    "a remark": (_TIP.replace('"reportId"', '/* no */ "reportId"'), _NOT_JSON),
    "a value without a key": (_TIP.replace('"espUserId": ', ""), _NOT_JSON),
    "a key without a value": (_TIP.replace('"17"', ""), _NOT_JSON),
    "two report numbers": (
        _TIP.replace('"reportId": 123', '"reportId": 123, "reportId": 124'),
        "two different report numbers",
    ),
    "another document": ('{"hash": "x"}', _NO_TIP),
    "an empty object": ("{}", _NO_TIP),
    "a list of nothing": ("[]", "a list without tips"),
    "a number alone": ('{"reportId": 123}', _SILENT),
    "information that is a text": ('{"reportId": 123, "reportedInformation": "x"}', _SILENT),
    "information that is a list": ('{"reportId": 123, "reportedInformation": [1]}', _SILENT),
    "information that is empty": ('{"reportId": 123, "reportedInformation": {}}', _SILENT),
    "information under another name": (
        '{"reportId": 123, "ReportedInformation": {"x": 1}}',
        _SILENT,
    ),
    "65 levels": (
        '{"reportId": 1, "reportedInformation": {"a": ' + "[" * 63 + "]" * 63 + "}}",
        "max_depth",
    ),
    "bytes that are no text": (_TIP.replace("Trust", "\udcff"), "UTF-8"),
    "nothing": ("", "it is empty"),
}


def _people(*texts: str) -> str:
    return ids_tip("123", people=", ".join(texts))


_CAPTURE = '{{"espUserId": "17", "sourceInformation": {{"sourceCaptures": [{}]}}}}'
_ODD_JSON: dict[str, tuple[str, str]] = {
    "a person that is a text": (_people(_KIM, '"kim"'), "kim"),
    "people under numbers": (
        _TIP.replace(
            '"uploadedFiles": {',
            '"reportedPeople ": {"0": {"espUserId": "18"}}, "uploadedFiles": {',
        ),
        "18",
    ),
    "an account stated twice": (_people('{"espUserId": "18", "espUserId": "17"}'), "18"),
    "people stated twice": (
        _TIP.replace(
            '"reportedPeople": ',
            '"reportedPeople": {"reportedPersons": [{"espUserId": "18"}]}, "reportedPeople": ',
        ),
        "18",
    ),
    "a capture without a type": (_people(_CAPTURE.format('{"value": "198.18.0.4"}')), "198.18.0.4"),
    "a capture of no kind": (
        _people(_CAPTURE.format('{"captureType": "Pigeon", "value": "198.18.0.4"}')),
        "Pigeon",
    ),
    "an unknown key of a person": (_people('{"espUserId": "17", "shoeSize": "44"}'), "44"),
    "an unknown block": (
        ids_tip("123", people=_KIM, more='"bystanders": [{"name": "lee"}]'),
        "lee",
    ),
    "an unknown key on top": (ids_tip("123", people=_KIM, top='"colour": "blue"'), "blue"),
    "files that are a text": (_TIP.replace('{"uploadedFiles": []}', '"a.jpg"'), "a.jpg"),
    "two priorities": (
        ids_tip("123", people=_KIM, top='"priority": "E"', more='"priority": "3"'),
        "E",
    ),
    "two names of a provider": (
        _TIP.replace('{"espName"', '{"espName": "Other", "espName"'),
        "Other",
    ),
    "a number that is an object": (ids_tip('{"a": 123}', people=_KIM), "123"),
    "a number that is none": (ids_tip('"../../x"', people=_KIM), "../../x"),
}
_REPORT = report(_USER.format(""))
_NOT_XML, _NO_NCMEC, _NUMBERS = (
    "not well-formed XML",
    "root element",
    "two different report numbers",
)
_FILE = "<fileDetails><reportId>5</reportId>{}<fileId>f</fileId></fileDetails>"
_ANSWER = "<reportResponse><responseCode>{}</responseCode>{}</reportResponse>"
_REFUSED_XML: dict[str, tuple[str, str]] = {
    "ends within an element": (_REPORT[:200], _NOT_XML),
    "ends before its last": (_REPORT.rstrip()[:-9], _NOT_XML),
    "elements crossed": ("<report><a><b></a></b></report>", _NOT_XML),
    "a bare ampersand": (_REPORT.replace("Example Game", "A & B"), _NOT_XML),
    "a bare bracket": (_REPORT.replace("Example Game", "A < B"), _NOT_XML),
    "two roots": ("<report><a/></report><report/>", _NOT_XML),
    "an entity of its own": ('<!DOCTYPE report [<!ENTITY a "b">]><report>&a;</report>', "entities"),
    "a document type": ('<!DOCTYPE report SYSTEM "x.dtd"><report><a/></report>', "entities"),
    "an unknown encoding": (
        "<?xml version='1.0' encoding='rot13'?><report><a/></report>",
        "encoding",
    ),
    "a page of the web": ("<html><body>Log in</body></html>", _NO_NCMEC),
    "a root in capitals": ("<Report><a/></Report>", _NO_NCMEC),
    "an empty report": ("<report/>", "report element is empty"),
    "a report of words": ("<report>words</report>", "report element is empty"),
    "65 levels": ("<report>" + "<a>" * 65 + "</a>" * 65 + "</report>", "max_depth"),
    "a file of two reports": (_FILE.format("<reportId>6</reportId>"), _NUMBERS),
    "an answer for two reports": (
        _ANSWER.format(0, "<reportId>5</reportId><reportId>6</reportId>"),
        _NUMBERS,
    ),
    "an answer that refuses": (
        _ANSWER.format(4110, "<reportId>5</reportId>"),
        "response code 4110",
    ),
    "an answer without a number": (_ANSWER.format(0, ""), "without a report number"),
}
_EVENT = "<ipCaptureEvent>{}</ipCaptureEvent>"
_ODD_XML: dict[str, tuple[str, str]] = {
    "words between elements": (report("loose words" + _USER.format("")), "loose words"),
    "words in a person": (report(_USER.format("kim")), "kim"),
    "an unknown element": (report(_USER.format("<shoeSize>44</shoeSize>")), "44"),
    "an unknown attribute": (
        report(_USER.format("").replace("<espI", '<espIdentifier shoe="44"/><espI')),
        "44",
    ),
    "an unknown block": (
        report(_USER.format("") + "<bystander><name>lee</name></bystander>"),
        "lee",
    ),
    "a capture without an address": (
        report(_USER.format(_EVENT.format("<eventName>Login</eventName>"))),
        "Login",
    ),
    "a nested address": (
        report(_USER.format("<email><value>a@b.example</value></email>")),
        "a@b.example",
    ),
    "two incidents' times": (
        report(
            _USER.format(""), summary="<incidentDateTime>2026-01-01T00:00:00Z</incidentDateTime>"
        ),
        "2026-01-01",
    ),
    "two summaries": (
        report(
            _USER.format("")
            + "<incidentSummary><incidentDateTime>2026-01-01T00:00:00Z</incidentDateTime>"
            + "</incidentSummary>"
        ),
        "2026-01-01",
    ),
}


def _cases(refused: dict[str, tuple[str, str]], odd: dict[str, tuple[str, str]]) -> list[BrokenTip]:
    found = []
    for cases, said in ((refused, None), (odd, SEVENTEEN)):
        for name, (text, told) in cases.items():
            data = text.encode("utf-8", "surrogateescape")
            found.append(BrokenTip(name=name, data=data, told=told, said=said))
    return found


BROKEN_JSON = _cases(_REFUSED_JSON, _ODD_JSON)
BROKEN_XML = _cases(_REFUSED_XML, _ODD_XML)
