"""The reference document is what its parts make, and says what the styles must."""

import io
import zipfile

import docx

from recomputed.typeset import word


def test_the_committed_reference_is_what_its_parts_make() -> None:
    assert word.REFERENCE.read_bytes() == word.reference_document()


def test_word_can_open_the_reference_and_finds_the_papers_styles() -> None:
    styles = {style.name for style in docx.Document(str(word.REFERENCE)).styles}
    assert {"Title", "Author", "Affiliation", "Abstract", "Keywords", "Callout", "Number", "Table"} <= styles


def test_repeatable_forgets_times_and_custom_properties_only() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.xml", (2020, 2, 2, 2, 2, 2)), "kept")
        archive.writestr("docProps/custom.xml", "<Properties><property>/a/path</property></Properties>")
    with zipfile.ZipFile(io.BytesIO(word.repeatable(buffer.getvalue()))) as archive:
        assert [part.date_time for part in archive.infolist()] == [word.EPOCH] * 2
        assert archive.read("a.xml") == b"kept"
        assert b"property>" not in archive.read("docProps/custom.xml")
