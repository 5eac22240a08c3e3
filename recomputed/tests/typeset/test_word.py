"""The reference document is what its parts make, and says what the styles must."""

import io
import zipfile
from pathlib import Path

import docx

from recomputed.guards.readers import read_docx
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


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_a_range_is_joined_at_its_dash_and_read_back_without_the_joiner(tmp_path: Path) -> None:
    text = f"<w:t {W}>8–14% of 10–50, a – b, 2754-1169</w:t><w:instrText>1–3</w:instrText>"
    document = f'<w:footnotes {W}><w:p w:a="1–2"><w:r>{text}</w:r></w:p></w:footnotes>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/footnotes.xml", document)
    made = word.repeatable(buffer.getvalue())
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        joined = archive.read("word/footnotes.xml").decode()
    assert document.replace("8–14", "8–\u206014").replace("10–50", "10–\u206050") == joined
    (tmp_path / "a.docx").write_bytes(made)
    assert "8–14% of 10–50, a – b, 2754-1169" == read_docx(tmp_path / "a.docx").text.strip()
