"""A tip as a provider files it through NCMEC's reporting API: `<report>` and `<fileDetails>`.

Children stand in the order of NCMEC's schema (an `xs:sequence`). A `<report>` carries neither its
own number nor the provider's name; the number is in the file name and in the `<fileDetails>`, the
provider shows only as `platform`, `espService` and the reporter's address.
"""

from __future__ import annotations

from html import escape as _escape

from world.drafts import Capture, Contact, Person, PoliceContact, TipDraft, UploadedFile
from world.features import Feature
from world.providers import Provider
from world.reserved import DESK_PHONES, phone, phone_spaced

INSTRUCTION = "<?crosstip synthetic?>"
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n{INSTRUCTION}\n'


def escape(text: str) -> str:
    """Give a text that may stand in an element or a quoted attribute."""
    return _escape(text, quote=True)


def _element(name: str, value: str | int | None) -> str:
    return "" if value is None else f"<{name}>{escape(str(value))}</{name}>"


def _flag(name: str, *, value: bool | None) -> str:
    return "" if value is None else f"<{name}>{'true' if value else 'false'}</{name}>"


def _attribute(name: str, value: str | None) -> str:
    return "" if value is None else f' {name}="{escape(value)}"'


def _contact(element: str, contact: Contact) -> str:
    attributes = _attribute("type", contact.kind)
    if contact.verified is not None:
        attributes += _attribute("verified", "true" if contact.verified else "false")
    attributes += _attribute("countryCallingCode", contact.calling_code)
    return f"<{element}{attributes}>{escape(contact.written)}</{element}>"


def _capture(capture: Capture) -> str:
    inside = (
        _element("ipAddress", capture.written)
        + _element("eventName", capture.event)
        + _element("dateTime", capture.when)
        + _flag("possibleProxy", value=capture.proxy)
        + _element("port", capture.port)
    )
    return f"<ipCaptureEvent>{inside}</ipCaptureEvent>"


def _contacts(person: Person) -> str:
    return "".join(_contact("phone", each) for each in person.phones) + "".join(
        _contact("email", each) for each in person.emails
    )


def _human(element: str, person: Person) -> str:
    inside = (
        _element("firstName", person.first_name)
        + _element("lastName", person.last_name)
        + _contacts(person)
        + _element("age", person.age)
        + _element("dateOfBirth", person.date_of_birth)
    )
    return f"<{element}>{inside}</{element}>" if inside else ""


def _account(person: Person) -> str:
    account = person.account
    if account is None:
        return ""
    return _element("espIdentifier", account.user_id) + _element(
        "espService", account.provider.service
    )


def _devices(person: Person) -> str:
    return "".join(
        f"<deviceId>{_element('idType', kind)}{_element('idValue', value)}</deviceId>"
        for kind, value in person.devices
    )


def _associated(person: Person) -> str:
    inside = (
        _element("firstName", person.first_name)
        + _element("lastName", person.last_name)
        + _contacts(person)
    )
    if person.account is not None:
        inside += _element("espService", person.account.provider.service)
        inside += _element("espIdentifier", person.account.user_id)
    inside += _element("screenName", person.screen_name)
    kind = _attribute("accountType", person.account_type)
    return f"<associatedAccount{kind}>{inside}</associatedAccount>"


def _location(person: Person) -> str:
    if person.city is None:
        return ""
    inside = _element("city", person.city) + _element("region", person.state)
    inside += _element("countryCode", person.country)
    return f"<estimatedLocation>{inside}</estimatedLocation>"


def _party(element: str, person: Person, prior: tuple[int, ...] = ()) -> str:
    """Give `personOrUserReported`, `intendedRecipient` or `victim`; the latter two lack some."""
    human = "victimPerson" if element == "victim" else f"{element}Person"
    inside = (
        _human(human, person)
        + _account(person)
        + _flag("compromisedAccount", value=person.compromised)
        + _element("screenName", person.screen_name)
        + _element("displayName", person.display_name)
        + _element("profileUrl", person.profile_url)
        + "".join(map(_capture, person.captures))
        + _devices(person)
        + _flag("thirdPartyUserReported", value=person.third_party or None)
        + "".join(_element("priorCTReports", number) for number in prior)
        + _location(person)
        + "".join(map(_associated, person.associated))
        + _element("additionalInfo", person.note)
    )
    return f"<{element}>{inside}</{element}>"


def _summary(draft: TipDraft) -> str:
    flags = "".join(f"<{name}/>" for name in draft.annotations)
    return (
        "<incidentSummary>"
        + _element("incidentType", draft.incident_type)
        + _element("platform", draft.provider_name)
        + _element("escalateToHighPriority", draft.escalation)
        + (f"<reportAnnotations>{flags}</reportAnnotations>" if flags else "")
        + _element("incidentDateTime", draft.incident_time)
        + _element("incidentDateTimeDescription", draft.time_description)
        + "</incidentSummary>"
    )


def _internet(draft: TipDraft) -> str:
    page = ""
    if draft.web_page is not None:
        url = _element("url", draft.web_page)
        page = f"<internetDetails><webPageIncident>{url}</webPageIncident></internetDetails>"
    if draft.conversation is None:
        return page
    inside = _element("chatClient", draft.provider_name) + _element("content", draft.conversation)
    return f"{page}<internetDetails><chatImIncident>{inside}</chatImIncident></internetDetails>"


def _police(police: PoliceContact | None) -> str:
    if police is None:
        return ""
    return (
        "<lawEnforcement>"
        + _element("agencyName", police.agency)
        + _element("caseNumber", police.reference)
        + f"<officerContact>{_element('email', police.officer_email)}</officerContact>"
        + "<reportedToLe>true</reportedToLe></lawEnforcement>"
    )


def company_template(provider: Provider) -> str:
    """Give the provider's boilerplate: its contacts are the same in every tip it files."""
    line = phone_spaced(phone(DESK_PHONES + 100 + len(provider.name)))
    return (
        f"Synthetic boilerplate. {provider.name} keeps data for 90 days. Serve legal process at "
        f"legal@{provider.domain} or https://{provider.domain}/legal. 24-hour line {line}."
    )


def _reporter(draft: TipDraft) -> str:
    """Give the reporter: the provider's team, or the member of the public who complained."""
    domain = draft.provider.domain
    if draft.complainant is not None:
        person = _human("reportingPerson", draft.complainant)
        person += f"<contactPerson><email>safety@{domain}</email></contactPerson>"
    else:
        team = _element("firstName", "Safety") + _element("lastName", "Team")
        person = f"<reportingPerson>{team}<email>safety@{domain}</email></reportingPerson>"
    template = ""
    if draft.has(Feature.COMPANY_TEMPLATE):
        template = (
            _element("companyTemplate", company_template(draft.provider))
            + _element("termsOfService", f"Synthetic terms of {draft.provider.name}.")
            + _element("legalURL", f"https://{domain}/legal")
        )
    return f"<reporter>{person}{template}</reporter>"


def report_document(draft: TipDraft) -> bytes:
    """Give the bytes of the `<report>`. Only the first reported person fits."""
    batched = '<batchedReport reason="VIRAL_POTENTIAL_MEME"/>' if draft.batched else ""
    body = (
        f"<report>{batched}{_summary(draft)}{_internet(draft)}{_police(draft.police)}"
        + _reporter(draft)
        + "".join(_party("personOrUserReported", p, draft.prior) for p in draft.reported[:1])
        + "".join(_party("intendedRecipient", person) for person in draft.recipients)
        + "".join(_party("victim", person) for person in draft.victims)
        + _element("additionalInfo", " ".join(draft.notes) or None)
        + "</report>\n"
    )
    return (_HEAD + body).encode()


def file_document(draft: TipDraft, file: UploadedFile) -> bytes:
    """Give the bytes of one file's `<fileDetails>`."""
    flags = "".join(f"<{name}/>" for name in file.annotations)
    hashes = f'<originalFileHash hashType="MD5">{file.md5}</originalFileHash>'
    if file.second_md5 is not None:
        hashes += f'<originalFileHash hashType="MD5">{file.second_md5}</originalFileHash>'
    if file.sha1 is not None:
        hashes += f'<originalFileHash hashType="SHA1">{file.sha1}</originalFileHash>'
    body = (
        "<fileDetails>"
        + _element("reportId", draft.number)
        + _element("fileId", file.file_id)
        + _element("fileName", file.name)
        + _element("originalFileName", file.original_name)
        + _element("uploadedToEspTimestamp", file.uploaded)
        + _flag("fileViewedByEsp", value=file.viewed)
        + _flag("exifViewedByEsp", value=file.exif_viewed)
        + _flag("publiclyAvailable", value=file.public)
        + _element("fileRelevance", "Supplemental Reported" if file.supplemental else None)
        + (f"<fileAnnotations>{flags}</fileAnnotations>" if flags else "")
        + _element("industryClassification", file.classification)
        + hashes
        + ("" if file.capture is None else _capture(file.capture))
        + "</fileDetails>\n"
    )
    return (_HEAD + body).encode()
