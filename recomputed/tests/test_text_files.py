"""A text that an author edits is read, or one message says why not: what it is instead, and where."""

import os
import socket
import sys
from pathlib import Path

import pytest

from recomputed.faults import InputError
from recomputed.text_files import LONGEST, kept, read_text


def message(file: Path, **options: int) -> str:
    with pytest.raises(InputError) as caught:
        read_text(file, **options)
    assert caught.value.exit_code == 2
    return str(caught.value)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "teks.bib"


def test_line_ends_are_one_kind_and_a_byte_order_mark_is_no_text(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert "a\nb\nc\n" == read_text(file)


SAVED = {
    "Windows-1252": (
        "satu\r\ndua né tiga".encode("cp1252"),
        (
            ", row 2, column 6: expected UTF-8 text, found byte 0xe9 at offset 11, 'é' where a file is saved as "
            "Windows-1252 (Latin-1): save it as UTF-8"
        ),
    ),
    "typographic quotes": (
        "“x”".encode("cp1252"),
        (
            ", row 1, column 1: expected UTF-8 text, found byte 0x93 at offset 0, '“' where a file is saved as "
            "Windows-1252 (Latin-1): save it as UTF-8"
        ),
    ),
    "no encoding that can be told": (
        b"a\x81",
        ", row 1, column 2: expected UTF-8 text, found byte 0x81 at offset 1: save the file as UTF-8",
    ),
    "UTF-16": (
        "naskah".encode("utf-16"),
        ", row 1: expected UTF-8 text, found UTF-16 text: save the file as UTF-8",
    ),
    "UTF-32": (
        "naskah".encode("utf-32"),
        ", row 1: expected UTF-8 text, found UTF-32 text: save the file as UTF-8",
    ),
    "UTF-16 without a mark": (
        "naskah".encode("utf-16-le"),
        ", row 1, column 2: expected UTF-8 text, found byte 0x00 at offset 1 (UTF-16? save the file as UTF-8)",
    ),
    "a NUL": (b"naskah\n\0 ini", ", row 2, column 1: expected UTF-8 text, found byte 0x00 at offset 7"),
    "a Word document": (
        b"PK\x03\x04...",
        ": expected text, found a zip file, as a workbook or a Word document is: save it as plain text in UTF-8",
    ),
    "a rich text": (b"{\\rtf1 x}", ": expected text, found a rich text file: save it as plain text in UTF-8"),
    "a line too long": (
        b"a\n" + b"b" * (LONGEST + 1),
        ", row 2: expected lines of at most 1 MB, found a longer one",
    ),
}


@pytest.mark.parametrize(("content", "told"), SAVED.values(), ids=SAVED)
def test_what_was_saved_otherwise_is_told_with_its_place(file: Path, content: bytes, told: str) -> None:
    file.write_bytes(content)
    assert f"teks.bib{told}" == message(file)


@pytest.mark.parametrize(
    ("content", "kept_as"),
    [
        (b"a\n", b"b\nc\n"),
        (b"\xef\xbb\xbfa\r\nd\r\n", b"\xef\xbb\xbfb\r\nc\r\n"),
        (b"a\r\nd\n", b"b\nc\n"),  # of two kinds: the paper's own
        (None, b"b\nc\n"),
    ],
)
def test_a_changed_file_keeps_its_mark_and_line_ends(
    file: Path, content: bytes | None, kept_as: bytes
) -> None:
    if content is not None:
        file.write_bytes(content)
    assert kept_as == kept(file, "b\nc\n").encode()


def test_many_lines_that_are_long_together_are_fine(file: Path) -> None:
    text = ("x" * 9999 + "\n") * 300
    file.write_bytes(text.encode())
    assert text == read_text(file)


def test_a_file_larger_than_a_person_writes_is_refused(file: Path) -> None:
    file.write_bytes(b"x\n" * 2**20)
    assert "teks.bib: expected a text of at most 1 MB, found more" == message(file, largest=2**20)


def test_a_file_that_is_not_there_is_told_with_the_one_that_may_be_meant(file: Path) -> None:
    file.with_name("teks.bibb").write_text("x")
    assert "teks.bib: expected a file, found no such file (did you mean 'teks.bibb'?)" == message(file)
    assert "x: expected a file, found no such file" == message(file / "x")


def test_a_folder_is_no_text(file: Path) -> None:
    file.mkdir()
    assert "teks.bib: expected a file, found a directory" == message(file)


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    assert "expected the name of a file" in message(tmp_path / "a\0b")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no files of these kinds")
def test_what_would_make_a_reader_wait_is_not_opened(file: Path, tmp_path: Path) -> None:
    os.mkfifo(file)
    assert "teks.bib: expected a file, found a named pipe" == message(file)
    assert "zero: expected a file, found a device" == message(Path("/dev/zero"))
    bound = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(bound)) if len(str(bound)) < 100 else pytest.skip("the folder's name is too long")
        assert "s: expected a file, found a socket" == message(bound)


@pytest.mark.skipif(sys.platform == "win32", reason="making a link needs a privilege on Windows")
def test_a_link_that_leads_nowhere_or_round_is_told(file: Path) -> None:
    file.symlink_to("tiada")
    assert "teks.bib: expected a file, found a link that leads nowhere" == message(file)
    file.unlink()
    file.symlink_to(file)
    assert message(file).startswith("teks.bib: expected a file that can be read, found ")
