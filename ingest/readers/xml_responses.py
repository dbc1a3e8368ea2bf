"""NCMEC XML: the answers that tell a provider which number its report got."""

from __future__ import annotations

from graph.errors import UnreadableDocumentError
from ingest.readers.stated import report_number
from ingest.readers.xml_source import Element, XmlDocument
from ingest.readers.xml_torn import require_one_number
from ingest.records import NumberSource, NumberStatement

_SUCCESS = "0"


def read_response(document: XmlDocument) -> NumberStatement:
    """Give the number in `reportResponse` (submit, upload, fileinfo) or `reportDoneResponse`.

    Raises:
        UnreadableDocumentError: NCMEC refused the report, or the answer names no number.
    """
    root = document.root
    code = root.child_value("responseCode")
    if code is not None and code.lstrip("0") != "" and code != _SUCCESS:
        raise UnreadableDocumentError(
            f"NCMEC answered with response code {_shown(code)} instead of 0, so this answer gives "
            "no report its number; look for the answer of the submission that went through"
        )
    require_one_number(root)
    number = report_number(root.child_value("reportId"))
    if number is None:
        raise UnreadableDocumentError(
            "it is an answer of NCMEC without a report number (as /status gives); "
            "there is nothing in it to take in"
        )
    return NumberStatement(
        report_number=number,
        number_source=NumberSource.SUBMIT_RESPONSE,
        file_ids=tuple(_file_ids(root)),
    )


def _shown(code: str) -> str:
    return code if code.isascii() and code.isdigit() and len(code) <= 6 else "(not a number)"


def _file_ids(root: Element) -> list[str]:
    ids = [child.value() for child in root.children if child.tag == "fileId"]
    files = root.child("files")
    if files is not None:
        ids += [child.value() for child in files.children if child.tag == "fileId"]
    return [one for one in ids if one is not None]
