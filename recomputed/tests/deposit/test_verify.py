"""The verifier accepts a whole deposit and nothing else, and says in one sentence what is wrong."""

import json
import os
import random
import shutil
import struct
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from recomputed.cli import main
from recomputed.deposit import verify
from synthetic import deposits

ROOT = "toy-stalls-1.0.0/"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "deposit.zip"
    path.write_bytes(deposits.whole())
    return path


def refusal(tmp_path: Path, content: bytes) -> str:
    """Why the verifier refuses a file with this content."""
    path = tmp_path / "deposit.zip"
    path.write_bytes(content)
    with pytest.raises(verify.Refused) as caught:
        verify.verify(str(path))
    return str(caught.value)


def is_refused(path: Path) -> bool:
    try:
        verify.verify(str(path))
    except verify.Refused:
        return True
    return False


def table_of_contents(deposit: bytes) -> int:
    """Where the zip says that its table of contents begins."""
    return struct.unpack("<L", deposit[-6:-2])[0]


def changed(name: str, body: bytes) -> bytes:
    """The deposit with one file's content replaced and nothing else."""
    return deposits.rezip(
        (member, body if member.filename == ROOT + name else old)
        for member, old in deposits.members(deposits.whole())
    )


def test_a_whole_deposit_is_accepted_and_its_parts_are_told(file: Path):
    told = "\n".join(verify.verify(str(file)))
    for part in (
        "SHA-256 and by SHA-512",
        "are the sources, swh:1:dir:",
        "6 recorded numbers rest on cells",
        "2 of them are read from cells and equal them: growth.index.north, stalls.guests.north",
        "2 of them count rows or findings, and there are as many: counts.stalls, audit.not-comparable",
        "1 of them are computed from other numbers; that needs the environment (python3 reproduce.py check): growth",
        "1 of them are measured over rows; that needs the environment (python3 reproduce.py check): growth.index.m",
    ):
        assert part in told


def test_the_command_accepts_it_and_refuses_one_byte_less(file: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["archive", "verify", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "SHA-256 of the file" in shown
    assert f"{file}: whole and unchanged; nothing is missing and nothing was added" == shown.splitlines()[-1]
    file.write_bytes(file.read_bytes()[:-1])
    assert main(["archive", "verify", str(file)]) == 1
    assert f"error: {file}: refused: the file ends too early: it is truncated\n" == capsys.readouterr().err
    assert main(["archive", "verify", str(file.with_name("none.zip"))]) == 2
    assert main(["archive", "verify", str(file.parent)]) == 2


def pythons() -> list[str]:
    others = [shutil.which(f"python3.{minor}") for minor in range(9, 20)]
    return [sys.executable, *(python for python in others if python)]


@pytest.mark.parametrize("python", pythons())
def test_the_copy_inside_runs_alone_with_any_python_that_is_here(file: Path, python: str):
    alone = file.parent / "alone"
    alone.mkdir()
    with zipfile.ZipFile(file) as archive:
        (alone / "verify.py").write_bytes(archive.read(ROOT + "verify.py"))
    command = [python, "-I", "-S", "-W", "error", str(alone / "verify.py")]
    version = subprocess.run(
        [python, "-c", "import sys; print(sys.version_info >= (3, 9))"], capture_output=True
    )
    if version.stdout.strip() != b"True":
        pytest.skip(f"{python} is older than 3.9, or not installed")
    good = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
    assert (0, "") == (good.returncode, good.stderr)
    file.write_bytes(b"PK")
    bad = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
    assert (1, "", f"{file}: refused: the file ends too early: it is truncated\n") == (
        bad.returncode,
        bad.stdout,
        bad.stderr,
    )
    assert 2 == subprocess.run(command, capture_output=True, check=False).returncode


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_it_is_read_once_and_forwards_as_a_pipe_can_only_be_read(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(deposits.whole(),))
    writer.start()
    assert verify.verify(str(pipe))
    writer.join()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_that_nobody_writes_into_is_not_waited_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(verify, "PIPE_SECONDS", 0.1)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(TimeoutError, match=r"nobody wrote into for 0\.1 s"):
        verify.verify(str(tmp_path / "pipe"))
    with pytest.raises(OSError, match="Not a regular file"):
        verify.verify(os.devnull)


def test_a_flipped_byte_anywhere_is_refused(tmp_path: Path):
    whole = bytearray(deposits.whole())
    start = table_of_contents(whole)
    positions = random.Random(5).sample(range(start), 250)  # headers and content
    positions += [*range(200), *range(start, start + 300), *range(len(whole) - 22, len(whole))]
    path = tmp_path / "deposit.zip"
    for position in positions:
        flipped = bytearray(whole)
        flipped[position] ^= 1 << position % 8
        path.write_bytes(flipped)
        assert is_refused(path), f"byte {position} of {len(whole)} may be flipped"


def test_a_truncated_file_is_refused_wherever_it_ends(tmp_path: Path):
    whole = deposits.whole()
    for length in [*random.Random(5).sample(range(len(whole)), 60), 0, 3, 4, len(whole) - 22, len(whole) - 1]:
        reason = refusal(tmp_path, whole[:length])
        assert reason == "the file ends too early: it is truncated", length


def test_a_removed_added_or_renamed_file_is_refused_by_name(tmp_path: Path):
    files = deposits.members(deposits.whole())
    without = [entry for entry in files if entry[0].filename != ROOT + "data/data/growth.csv"]
    assert "data/data/growth.csv is missing: manifest-sha256.txt lists it" == refusal(
        tmp_path, deposits.rezip(without)
    )
    added = sorted(
        [*files, (deposits.plain(ROOT + "data/data/zz.csv"), b"")], key=lambda entry: entry[0].filename
    )
    assert "data/data/zz.csv was added: manifest-sha256.txt does not list it" == refusal(
        tmp_path, deposits.rezip(added)
    )
    tag = sorted([*files, (deposits.plain(ROOT + "note.txt"), b"")], key=lambda entry: entry[0].filename)
    assert "note.txt was added: tagmanifest-sha256.txt does not list it" == refusal(
        tmp_path, deposits.rezip(tag)
    )
    renamed = [(deposits.plain(m.filename.replace("growth", "growth2")), body) for m, body in files]
    assert "growth" in refusal(tmp_path, deposits.rezip(renamed))


@pytest.mark.parametrize("number", range(10))
def test_a_changed_file_is_refused_by_name(tmp_path: Path, number: int):
    files = deposits.members(deposits.whole())
    member, body = files[number * len(files) // 10]
    name = member.filename.removeprefix(ROOT)
    assert Path(name).name in refusal(tmp_path, changed(name, body + b" "))


@pytest.mark.parametrize("manifest", ["manifest-sha256.txt", "manifest-sha512.txt", "tagmanifest-sha512.txt"])
def test_a_changed_manifest_is_refused(tmp_path: Path, manifest: str):
    body = {m.filename: b for m, b in deposits.members(deposits.whole())}[ROOT + manifest]
    digit = b"0" if body[:1] != b"0" else b"1"
    assert manifest in refusal(tmp_path, changed(manifest, digit + body[1:]))
    assert manifest in refusal(tmp_path, changed(manifest, body.split(b"\n", 1)[1]))
    assert manifest in refusal(tmp_path, changed(manifest, body + body.split(b"\n")[0] + b"\n"))


HOSTILE_NAMES = {
    "../evil": "leads out of its folder",
    f"{ROOT}data/../../../evil": "leads out of its folder",
    f"{ROOT}data/./x": "leads out of its folder",
    f"{ROOT}data//x": "leads out of its folder",
    f"{ROOT}data/folder/": "is a folder",
    "/etc/evil": "is not a path inside the deposit",
    "C:/evil": "is not a path inside the deposit",
    f"{ROOT}data\\..\\evil": "is not a path inside the deposit",
    f"{ROOT}data/new\nline": "control character",
    f"{ROOT}data/‮cod.exe": "control character",
    f"{ROOT}DATA/data/x": "by case alone",
    f"{ROOT}data/DATA/growth.csv": "by case alone",
    f"{ROOT}data/data/GROWTH.csv": "by case alone",
    f"{ROOT}data/paper.qmd/x": "is a file and a folder",
    f"{ROOT}data/paper.qmd": "is there twice",
    f"{ROOT}{'x' * 600}": "leads out of its folder",
    "elsewhere/x": "is outside the folder",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_refused(tmp_path: Path, name: str):
    files = [*deposits.members(deposits.whole()), (deposits.plain("x"), b"")]
    files[-1][0].filename = name  # as it is: zipfile would mend it
    reason = refusal(tmp_path, deposits.rezip(sorted(files, key=lambda entry: entry[0].filename)))
    assert HOSTILE_NAMES[name] in reason


def test_a_link_a_device_and_a_folder_by_their_mode_are_refused(tmp_path: Path):
    for mode, reason in (
        (0o120777, "is a link"),
        (0o060644, "is not a plain file"),
        (0o040755, "not a plain file"),
    ):
        files = deposits.members(deposits.whole())
        files[3][0].external_attr = mode << 16
        assert reason in refusal(tmp_path, deposits.rezip(files))


def test_a_file_that_may_be_executed_where_the_deposit_says_it_may_not_is_refused(tmp_path: Path):
    files = deposits.members(deposits.whole())
    files[3][0].external_attr = 0o100755 << 16
    assert "has another mode or date" in refusal(tmp_path, deposits.rezip(files))


def test_an_encrypted_file_is_refused(tmp_path: Path):
    encrypted = bytearray(deposits.whole())
    encrypted[6] |= 1
    assert refusal(tmp_path, bytes(encrypted)).endswith("is encrypted")


def test_what_unfolds_is_refused_before_it_does(tmp_path: Path):
    bomb = deposits.rezip([(ROOT + "bagit.txt", b"\0" * 50_000_000)], zipfile.ZIP_DEFLATED)
    assert len(bomb) < 60_000
    assert "is compressed" in refusal(tmp_path, bomb)


def test_a_file_that_says_to_be_huge_is_refused_before_it_is_read(tmp_path: Path):
    huge = bytearray(deposits.whole())
    huge[18:26] = struct.pack("<2L", 0xF0000000, 0xF0000000)
    assert refusal(tmp_path, bytes(huge)).endswith("is larger than any deposit")


@pytest.mark.parametrize("count", [20_001])
def test_too_many_files_are_refused(tmp_path: Path, count: int):
    crowd = deposits.rezip((f"{ROOT}{number:06}", b"") for number in range(count))
    assert refusal(tmp_path, crowd) == "the file is larger than any deposit"


def test_what_stands_before_between_or_after_the_files_is_refused(tmp_path: Path):
    whole = deposits.whole()
    start = table_of_contents(whole)
    assert "does not begin as a zip" in refusal(tmp_path, b"#!/bin/sh\n" + whole)
    assert "something follows" in refusal(tmp_path, whole + b"\0")
    assert "table of contents" in refusal(tmp_path, whole[:start] + b"between" + whole[start:])
    comment = bytearray(whole + b"note")
    comment[len(whole) - 2] = 4
    assert "table of contents" in refusal(tmp_path, bytes(comment))
    assert "does not begin as a zip" in refusal(tmp_path, b"no zip at all")
    assert "the zip is empty" == refusal(tmp_path, deposits.rezip([]))


def test_files_out_of_order_are_refused(tmp_path: Path):
    assert "the files are not in order" == refusal(
        tmp_path, deposits.rezip(reversed(deposits.members(deposits.whole())))
    )


def edit_numbers(edit: Callable[[list[dict]], None]) -> deposits.Change:
    def change(outputs: dict[str, bytes]) -> None:
        content = json.loads(outputs["numbers.json"])
        edit(content["numbers"])
        outputs["numbers.json"] = json.dumps(content).encode()

    return change


WRONG_NUMBERS = {
    "value": (lambda n: n[0]["value"].update(low="130", high="130"), "growth.index.north is recorded as"),
    "upper end": (lambda n: n[1]["value"].update(high="61"), "stalls.guests.north is recorded as"),
    "count": (lambda n: n[3]["value"].update(low="4", high="4"), "counts.stalls is recorded as"),
    "findings": (lambda n: n[4]["value"].update(low="2", high="2"), "audit.not-comparable is recorded as"),
    "cell": (lambda n: n[2]["rows"][0].update(cell="121"), "growth.rise.north rests on '121'"),
    "row": (lambda n: n[2]["rows"][0].update(sheet_row=3), "growth.rise.north rests on"),
    "key": (lambda n: n[2]["rows"][0].update(key="south"), "growth.rise.north rests on"),
    "column": (lambda n: n[2]["rows"][0].update(column="none"), "growth.rise.north rests on"),
    "file": (lambda n: n[2]["rows"][0].update(file="data/none.csv"), "data/none.csv is missing"),
    "text": (lambda n: n[0]["value"].update(low="many"), "its records are not those of a deposit"),
    "endless": (lambda n: n[0]["value"].update(low="1e999999999"), "'1e999999999' is not a figure"),
    "records": (lambda n: n.append(1), "its records are not those of a deposit"),
}


@pytest.mark.parametrize("wrong", WRONG_NUMBERS)
def test_a_recorded_number_that_the_data_do_not_have_is_refused_in_a_bag_that_is_whole(
    tmp_path: Path, wrong: str
):
    edit, reason = WRONG_NUMBERS[wrong]
    assert reason in refusal(tmp_path, deposits.make(change_outputs=edit_numbers(edit)))


def test_a_data_table_changed_after_the_numbers_were_recorded_is_refused(tmp_path: Path):
    def change(sources: dict[str, bytes]) -> None:
        sources["data/growth.csv"] = sources["data/growth.csv"].replace(b"north,100,120", b"north,100,140")

    reason = refusal(tmp_path, deposits.make(change_sources=change))
    assert "'120' in data/growth.csv, row 2 (north), column index: there is '140'" in reason


def test_a_figure_that_was_not_generated_is_refused(tmp_path: Path):
    def change(sources: dict[str, bytes]) -> None:
        sources["figures/synthetic.svg"] += b" "

    reason = refusal(tmp_path, deposits.make(change_sources=change))
    assert reason == "data/figures/synthetic.svg is not the figure that was generated"


def test_sources_that_are_not_the_tree_that_is_named_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    real = deposits.sources_of
    monkeypatch.setattr(deposits, "sources_of", lambda content: real({**content, "paper.qmd": b"other"}))
    other = real({**deposits.parts()[0]})
    monkeypatch.setattr(
        deposits.archive,
        "_record",
        lambda work, sources, record=deposits.archive._record: record(work, other),
    )
    assert refusal(tmp_path, deposits.make()).startswith(
        "the sources are not the tree that deposit.json names"
    )
