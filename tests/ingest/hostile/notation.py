"""JSON and CSV at and beyond the edge of what they allow."""

from __future__ import annotations

from collections.abc import Iterator

from tests.ingest.hostile.model import Hostile

_INFORMATION = '"reportedInformation": {"incidentSummary": {"incidentType": "x"}}'
_JSON: dict[str, str] = {
    "NaN": '{"reportId": NaN, ' + _INFORMATION + "}",
    "infinity": '{"reportId": -Infinity, ' + _INFORMATION + "}",
    "endless number": '{"reportId": ' + "9" * 6000 + ", " + _INFORMATION + "}",
    "endless exponent": '{"reportId": 1e' + "9" * 400 + ", " + _INFORMATION + "}",
    "leading zeros": '{"reportId": 007, ' + _INFORMATION + "}",
    "hexadecimal": '{"reportId": 0x1F, ' + _INFORMATION + "}",
    "single quotes": "{'reportId': '1'}",
    "comment": '{"reportId": "1", /* no */ ' + _INFORMATION + "}",
    "trailing comma": '{"reportId": "1", ' + _INFORMATION + ",}",
    "two numbers": '{"reportId": "1", "reportId": "2", ' + _INFORMATION + "}",
    "two informations": '{"reportId": "1", ' + _INFORMATION + ", " + _INFORMATION[:-2] + "y}}}",
    "raw line break": '{"reportId": "1", "reportedInformation": {"a": "b\nc\td"}}',
    "bad escape": '{"reportId": "1", "reportedInformation": {"a": "\\x"}}',
    "short escape": '{"reportId": "1", "reportedInformation": {"a": "\\u12"}}',
    "lone surrogates": '{"reportId": "\\ud800", "reportedInformation": {"\\udfff": "\\udc00"}}',
    "escaped NUL": '{"reportId": "\\u0000", "reportedInformation": {"a\\u0000": "\\u0000"}}',
    "number in a list": "[1, 2, 3]",
    "text": '"reportId"',
    "number": "12345",
    "null": "null",
    "empty object": "{}",
    "empty list": "[]",
    "lists in lists": "[[[[]]]]",
    "number only": '{"reportId": "1"}',
    "information only": "{" + _INFORMATION + "}",
    "empty information": '{"reportId": "1", "reportedInformation": {}}',
    "information as a list": '{"reportId": "1", "reportedInformation": [1]}',
    "information as a text": '{"reportId": "1", "reportedInformation": "x"}',
    "number as an object": '{"reportId": {"a": 1}, ' + _INFORMATION + "}",
    "number as a path": '{"reportId": "../../x", ' + _INFORMATION + "}",
    "marker as a text": '{"crosstipSynthetic": "yes", "reportId": "1", ' + _INFORMATION + "}",
    "closing only": "}]}]",
    "opening only": "{[{[",
    "colon only": '{"reportId"::1}',
    "values without keys": '{"reportId", "x"}',
    "a list that never ends": '[{"reportId": "1", ' + _INFORMATION + "},",
    "lines, some broken": "\n".join(
        [
            '{"reportId": "1", ' + _INFORMATION + "}",
            "{",
            '{"reportId":',
            "",
            "nothing",
            "[]",
            "}",
        ]
    ),
    "list, some broken": "[" + ",".join(['{"reportId": "1", ' + _INFORMATION + "}", "{", "7", "}"]),
    "prototype": '{"__proto__": {"x": 1}, "constructor": 1, "reportId": "1", ' + _INFORMATION + "}",
    "class": '{"py/object": "os.system", "reportId": "1", ' + _INFORMATION + "}",
    "depth 63": '{"reportId": "1", "reportedInformation": {"a": ' + "[" * 61 + "]" * 61 + "}}",
    "depth 65": '{"reportId": "1", "reportedInformation": {"a": ' + "[" * 63 + "]" * 63 + "}}",
    "depth 900": '{"reportId": "1", "reportedInformation": {"a": ' + "[" * 900 + "]" * 900 + "}}",
}


def json_oddities() -> Iterator[Hostile]:
    """Give texts that are almost JSON, or JSON that is almost a tip."""
    for label, text in _JSON.items():
        yield Hostile(label=f"JSON {label}", name="j.json", data=text.encode())


_HEADER = "agency,investigation,kind,value,role\n"
_TABLES: dict[str, str] = {
    "header only": _HEADER,
    "header twice": _HEADER * 2,
    "columns twice": "agency,agency,name,kind,kind\nA,B,C,federal,federal\n",
    "open quote": _HEADER + '"A,1,email,x@example.com,suspect\n' * 5,
    "quotes inside": _HEADER + 'A,1,email,x"y"@example.com,suspect\n',
    "too many fields": _HEADER + "A," * 3000 + "\n",
    "NUL": _HEADER + "A,1,email,x\x00@example.com,suspect\n",
    "formulas": _HEADER + "=1+1,+1,email,@SUM(1),suspect\n",
    "only separators": _HEADER + ",,,,\n" * 20,
    "long field": _HEADER + "A,1,email," + "x" * 200_000 + ",suspect\n",
    "bare returns": _HEADER.replace("\n", "\r") + "A,1,email,x@example.com,suspect\r",
    "tabs": _HEADER.replace(",", "\t") + "A\t1\temail\tx@example.com\tsuspect\n",
    "other table": "id,name\n1,x\n",
    "no line end": _HEADER + "A,1,email,x@example.com,suspect",
    "unicode separators": _HEADER + "A\u2028,1\x0b,email\x1c,x@example.com,suspect\n",
}


def tables() -> Iterator[Hostile]:
    """Give tables that are almost agencies or claims."""
    for label, text in _TABLES.items():
        yield Hostile(label=f"CSV {label}", name="t.csv", data=text.encode())
