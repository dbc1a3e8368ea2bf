"""The fixed parts of documents written by hand; tests fill in what their case is about."""

from __future__ import annotations

ENTICEMENT = "Online Enticement of Children for Sexual Acts"


def ids_tip(
    number: str,
    *,
    people: str = "",
    files: str = "",
    esp: str = "Example Social",
    top: str = "",
    more: str = "",
    summary: str = "",
) -> str:
    """Give a tip as the ICAC Data System writes it.

    `people` and `files` are the inside of a JSON list; `top` and `more` are further keys of the
    document and of its `reportedInformation`, `summary` of its incident summary.
    """
    return f"""\ufeff{{
  "reportId": {number},
  "dateReceived": "2026-10-02T14:05:00Z",{top and f"{top},"}
  "reportedInformation": {{
    "reportingEsp": {{"espName": "{esp}", "lastName": "Trust and Safety"}},
    "incidentSummary": {{
      {summary and f"{summary},"}
      "incidentType": "{ENTICEMENT}", "incidentDateTime": "2026-09-30T22:14:08Z"}},
    {more and f"{more},"}
    "reportedPeople": {{"reportedPersons": [{people}]}},
    "uploadedFiles": {{"uploadedFiles": [{files}]}}
  }}
}}"""


def capture(address: str, *, at: str | None = None, port: int | None = None) -> str:
    """Give a person's `sourceInformation` with one address."""
    time = "null" if at is None else f'"{at}"'
    return (
        '"sourceInformation": {"sourceCaptures": [{"captureType": "IP Address", '
        f'"value": "{address}", "dateTime": {time}, "eventName": "LOGIN", '
        f'"port": {"null" if port is None else port}}}]}}'
    )


def report(body: str, *, summary: str = "", start: str = "") -> str:
    """Give a `<report>`; `start` stands before the incident summary, `summary` inside it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<report>
  {start}
  <incidentSummary>
    <incidentType>{ENTICEMENT}</incidentType>
    <platform>Example Game</platform>
    {summary}
    <incidentDateTime>2026-09-30T22:14:08Z</incidentDateTime>
  </incidentSummary>
  <reporter>
    <reportingPerson><firstName>Trust</firstName><email>safety@game.example</email></reportingPerson>
  </reporter>
  {body}
</report>"""


def reported(inside: str) -> str:
    """Give a `<report>` about one user."""
    return report(f"<personOrUserReported>{inside}</personOrUserReported>")


def file_details(number: str, file_id: str, body: str, *, name: str = "picture.jpg") -> str:
    """Give the `<fileDetails>` of one file."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<fileDetails>
  <reportId>{number}</reportId>
  <fileId>{file_id}</fileId>
  <originalFileName>{name}</originalFileName>
  {body}
</fileDetails>"""


def submit_response(number: str) -> str:
    """Give NCMEC's answer to a submission."""
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<reportResponse>
  <responseCode>0</responseCode>
  <responseDescription>Success</responseDescription>
  <reportId>{number}</reportId>
</reportResponse>"""


AGENCIES = """agency,name,kind,state,contact
OH,Ohio Task Force,task force,OH,duty@ohio.example.org
PA,Pennsylvania Task Force,task force,PA,duty@pa.example.org
"""


def claims(*lines: tuple[str, str, str, str]) -> str:
    """Give a claims CSV; each line is agency, reference, kind and value, claimed as a suspect's."""
    rows = "".join(
        f"{agency},{reference},open,{kind},{value},{provider_of(kind)},suspect\n"
        for agency, reference, kind, value in lines
    )
    return f"agency,investigation,status,kind,value,provider,role\n{rows}"


def provider_of(kind: str) -> str:
    """Give the provider that tests claim accounts and names of."""
    return "Example Social" if kind in ("account", "screen name") else ""
