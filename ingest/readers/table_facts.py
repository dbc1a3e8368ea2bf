"""What a table's cell says of the tip itself, not of a person or a file."""

from __future__ import annotations

import re

from ingest.readers.collect import Collector
from ingest.readers.drafts import MENTIONED
from ingest.readers.table_mapping import ColumnField, Mapping
from ingest.readers.table_values import time_of
from ingest.readers.vocabulary import INCIDENT_TYPES

_SEPARATED = re.compile(r"[,; ]+")


def tip_fact(c: Collector, path: str, text: str, what: ColumnField, mapping: Mapping) -> None:
    """Record a cell's value."""
    incident = c.incident
    if what is ColumnField.RECEIVED:
        c.received_time = time_of(text, mapping)
    elif what is ColumnField.INCIDENT_TIME:
        incident.time = time_of(text, mapping)
    elif what is ColumnField.INCIDENT_TYPE:
        c.known(path, text, INCIDENT_TYPES)
        incident.types.append(text)
    elif what is ColumnField.PLATFORM:
        incident.platform = text
    elif what is ColumnField.PRIORITY:
        c.ncmec_priority = text
    elif what is ColumnField.ESCALATION:
        incident.escalation = text
        c.note(path, text)
    elif what is ColumnField.PRIOR:
        for part in _SEPARATED.split(text):
            c.prior(path, part)
    elif what is ColumnField.RELATED:
        for part in _SEPARATED.split(text):
            c.related(path, part)
    elif what is ColumnField.NOTE:
        c.note(path, text, MENTIONED)
    elif what is ColumnField.CONTENT:
        c.content(path, text, MENTIONED)
    elif what is ColumnField.DETAIL:
        incident.details.append((path, text))
