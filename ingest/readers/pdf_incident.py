"""What a PDF of the case tool says of the incident and of who reported it."""

from __future__ import annotations

from ingest.readers import pdf_values as values
from ingest.readers.json_source import Json
from ingest.readers.pdf_labels import Block, Label
from ingest.readers.pdf_layout import BlockOfFields, Field
from ingest.readers.pdf_tree import Tree, captures, is_said, person

_KINDS: dict[Block | None, str] = {
    Block.WEB_PAGE: "webpageIncident",
    Block.EMAIL: "emailIncident",
    Block.CHAT: "chatImIncident",
    Block.PHONE: "cellPhoneIncident",
}
_SUMMARY: dict[Label | None, str] = {
    Label.TIME_DESCRIPTION: "incidentDateTimeDescription",
    Label.PLATFORM: "platform",
    Label.ESCALATION: "escalateToHighPriority",
}


def incident(tree: Tree, information: dict[str, Json], path: str, block: BlockOfFields) -> None:
    """Read the incident's summary, or one of the incidents of a kind."""
    kind = _KINDS.get(block.kind)
    if kind is not None:
        keys = f"incidentDetails/{kind}"
        where = tree.add(information, path, keys, {}, f"page {_page(block)}")
        given: dict[str, Json] = {}
        for found in block.fields:
            if is_said(found):
                _detail(tree, given, where, found)
        details = information["incidentDetails"]
        listed = details[kind] if isinstance(details, dict) else None
        if isinstance(listed, list):
            listed[-1] = given
        keep_loose(tree, information, path, block)
        return
    for found in block.fields:
        if is_said(found) and found.label not in (Label.PRIOR, Label.RELATED, Label.COUNT):
            _summary(tree, information, path, found)
    keep_loose(tree, information, path, block)


def _page(block: BlockOfFields) -> int:
    return 1 if block.title is None else block.title.page


def _summary(tree: Tree, information: dict[str, Json], path: str, found: Field) -> None:
    summary = information.setdefault("incidentSummary", {})
    if not isinstance(summary, dict):
        return
    where = f"{path}/incidentSummary"
    told = values.text(found.lines)
    if found.label is Label.INCIDENT_TYPE:
        tree.add(summary, where, "incidentType", told, found.place)
    elif found.label is Label.INCIDENT_TIME:
        tree.set(summary, where, "incidentDateTime", tree.order.iso(told), found)
    elif found.label is Label.ANNOTATIONS:
        for name in told.split(","):
            tree.add(summary, where, "reportAnnotations", name.strip(), found.place)
    elif found.label in _SUMMARY:
        tree.set(summary, where, _SUMMARY[found.label], told, found)
    elif found.label is Label.NOTE:
        note: Json = {"value": values.paragraph([text for text, _ in found.lines])}
        tree.add(information, path, "additionalInformations", note, found.place)
    elif found.label is Label.PROVIDER:
        _provider(tree, information, path, found)
    else:
        tree.set(summary, where, f"pdf {found.words}", told, found)


def _provider(tree: Tree, information: dict[str, Json], path: str, found: Field) -> None:
    esp = information.setdefault("reportingEsp", {})
    if isinstance(esp, dict):
        tree.set(esp, f"{path}/reportingEsp", "espName", values.text(found.lines), found)


def _detail(tree: Tree, given: dict[str, Json], path: str, found: Field) -> None:
    if found.label in (Label.URL, Label.PROFILE):
        row: Json = {"captureType": "URL", "value": values.token(found.lines)}
        tree.add(given, path, "sourceInformation/sourceCaptures", row, found.place)
    elif found.label is Label.CAPTURES:
        captures(tree, given, path, found)
    elif found.label is Label.EMAIL:
        tree.add(given, path, "emailAddress", values.token(found.lines), found.place)
    elif found.label is Label.PHONE:
        tree.add(given, path, "phoneNumber", values.text(found.lines), found.place)
    elif found.label is Label.CONTENT:
        content: Json = {"value": values.paragraph([text for text, _ in found.lines])}
        tree.add(given, path, "contents", content, found.place)
    elif found.label is Label.NOTE:
        note: Json = {"value": values.paragraph([text for text, _ in found.lines])}
        tree.add(given, path, "additionalInformations", note, found.place)
    else:
        tree.set(given, path, found.words, values.text(found.lines), found)


def template(tree: Tree, information: dict[str, Json], path: str, block: BlockOfFields) -> None:
    """Read who reported: its name, the person who wrote, and how to serve process on it.

    Contacts of a provider are in all of its reports: they are kept as text and are no identifiers.
    """
    esp = information.setdefault("reportingEsp", {})
    if not isinstance(esp, dict):
        return
    where = f"{path}/reportingEsp"
    contacts = BlockOfFields(kind=Block.PROVIDER, title=block.title)
    for found in block.fields:
        if not is_said(found):
            continue
        if found.label is Label.PROVIDER:
            _provider(tree, information, path, found)
        elif found.label is Label.TEMPLATE or block.kind is Block.TEMPLATE:
            told = f"{found.words}: {values.text(found.lines)}"
            tree.set(esp, where, "companyTemplate", _more(esp, told), found)
        else:
            contacts.fields.append(found)
    esp |= person(tree, contacts, where)
    loose = " ".join(line.text for line in block.loose)
    if loose != "":
        esp["companyTemplate"] = _more(esp, loose)


def _more(esp: dict[str, Json], told: str) -> str:
    before = esp.pop("companyTemplate", None)
    return told if not isinstance(before, str) else f"{before}; {told}"


def keep_loose(tree: Tree, information: dict[str, Json], path: str, block: BlockOfFields) -> None:
    """Keep lines that no label claims; NCMEC's own preface among them."""
    if len(block.loose) > 0:
        told = "\n".join(line.text for line in block.loose)
        tree.add(information, path, "unlabelledLines", told, f"page {_page(block)}")
