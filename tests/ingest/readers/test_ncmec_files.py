"""The hand-written `<fileDetails>` documents and NCMEC's answers."""

from __future__ import annotations

import pytest

from graph.errors import UnreadableDocumentError
from ingest.readers.documents import read_document
from ingest.records import FileRecord, NumberSource, Stated, TipRecord
from tests.ingest.readers.said import DATA, identifiers, items, number, texts, tip, unknown


def _file(name: str) -> FileRecord:
    (file,) = tip(name).files
    return file


def test_full_file_details() -> None:
    record = tip("ncmec/file_full.xml")

    assert (record.report_number, record.number_source) == (
        "123456789",
        NumberSource.FILE_DETAILS,
    )
    assert record.part == "ncmec-file:3a1d4fd4106b82499b7c93442aa7dca4"
    assert record.files == (
        FileRecord(
            file_id="3a1d4fd4106b82499b7c93442aa7dca4",
            name="stored.jpg",
            original_name="IMG_0001.jpg",
            uploaded_time="2026-09-30T22:14:00Z",
            location="https://cdn.example.com/f/1",
            viewed_by_esp=Stated.YES,
            exif_viewed_by_esp=Stated.NO,
            publicly_available=Stated.YES,
            relevance="Reported",
            classification="B1",
            annotations=("viral", "generativeAi"),
            other=(
                ("EXIF/Model", "Example Phone"),
                ("HASH/PDQ", "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"),
            ),
        ),
    )
    assert identifiers(record) == [
        "file Url https://cdn.example.com/f/1",
        "file FileHash 0123456789abcdef0123456789abcdef",
        "file FileHash 0123456789abcdef0123456789abcdef01234567",
        "file IpAddress 198.18.70.1",
        "file Device 490154203237518",
        "file FileHash f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22",
    ]
    assert [one.identifier.subtype for one in record.assertions[1:6]] == [
        "MD5",
        "SHA1",
        None,
        "IMEI",
        "PDQ",
    ]
    assert {one.file_id for one in record.assertions} == {record.files[0].file_id}
    assert identifiers(record, mined=True) == ["mentioned Email friend@example.net"]
    assert texts(record) == ["note additionalInfo[0]", "note additionalInfo[1]"]
    assert record.unknown == ()


def test_minimal_file_details_state_nothing_about_viewing() -> None:
    file = _file("ncmec/file_minimal.xml")

    assert (file.viewed_by_esp, file.exif_viewed_by_esp, file.publicly_available) == (
        Stated.NOT_STATED,
        Stated.NOT_STATED,
        Stated.NOT_STATED,
    )
    assert file.relevance is None


def test_case_28_two_md5_values_for_one_file_are_both_kept() -> None:
    record = tip("ncmec/file_two_md5.xml")

    assert [(one.identifier.subtype, one.identifier.value[:4]) for one in record.assertions] == [
        ("MD5", "1111"),
        ("MD5", "2222"),
        (None, "3333"),
    ]
    assert record.files[0].viewed_by_esp is Stated.NO


def test_supplemental_files_flags_and_new_values() -> None:
    record = tip("ncmec/file_supplemental.xml")

    assert record.files[0].relevance == "Supplemental Reported"
    assert record.files[0].annotations == ("newFlag",)
    assert unknown(record) == [
        "flag fileAnnotations/potentialMeme = false",
        "enum fileAnnotations/newFlag = newFlag",
        "enum industryClassification = Z9",
    ]


def test_a_file_without_id_is_known_by_its_hash() -> None:
    record = tip("ncmec/file_without_id.xml")

    assert record.report_number is None
    assert record.part == "ncmec-file:44444444444444444444444444444444"
    assert unknown(record) == ["type reportId = not a number"]


def test_details_of_type_hash_identify_only_when_they_read_as_hashes() -> None:
    record = tip("ncmec/file_hash_details.xml")

    assert identifiers(record) == []
    assert record.files[0].other == (
        ("HASH/PhotoDNA", "n/a"),
        ("ODD/Serial", "owner@example.com"),
        ("?", "nameless"),
    )
    assert identifiers(record, mined=True) == ["mentioned Email owner@example.com"]


def test_an_endless_file_id_is_shortened_to_its_hash() -> None:
    document = f"<fileDetails><reportId>1</reportId><fileId>{'x' * 5000}</fileId></fileDetails>"

    (item,) = read_document(document.encode(), name="f.xml")

    assert isinstance(item.outcome, TipRecord)
    assert item.outcome.files[0].file_id.startswith("sha256:")
    assert len(item.outcome.part) < 100


@pytest.mark.parametrize(
    ("name", "file_ids"),
    [
        ("ncmec/response_submitted.xml", ()),
        ("ncmec/response_uploaded.xml", ("abc",)),
        ("ncmec/response_done.xml", ("abc", "def")),
    ],
)
def test_answers_state_a_number(name: str, file_ids: tuple[str, ...]) -> None:
    statement = number(name)

    assert statement.report_number == "123456789"
    assert statement.number_source is NumberSource.SUBMIT_RESPONSE
    assert statement.file_ids == file_ids


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ncmec/response_refused.xml", "response code 4100 instead of 0"),
        ("ncmec/response_status.xml", "without a report number"),
    ],
)
def test_answers_without_a_number_say_why(name: str, words: str) -> None:
    (item,) = items(name)

    assert isinstance(item.outcome, UnreadableDocumentError)
    assert words in str(item.outcome)


def test_a_number_from_the_command_line_must_not_contradict_the_document() -> None:
    data = (DATA / "ncmec/file_minimal.xml").read_bytes()

    def read(source: NumberSource) -> object:
        (item,) = read_document(data, name="f", report_number="5", number_source=source)
        return item.outcome

    contradicted = read(NumberSource.COMMAND_LINE)
    assert isinstance(contradicted, UnreadableDocumentError)
    assert "it is report 123456789, but number 5 was given" in str(contradicted)
    by_name = read(NumberSource.FILE_NAME)
    assert isinstance(by_name, TipRecord)
    assert by_name.report_number == "123456789"
