"""What a deposit's sources are, with git and without, and when they are refused."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from recomputed.deposit.source_files import read_sources
from recomputed.faults import CheckFailed, InputError

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
WHEN = {"GIT_AUTHOR_DATE": "2025-05-31T12:34:56Z", "GIT_COMMITTER_DATE": "2025-06-30T23:59:58+07:00"}


def git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Synthetic", "-c", "user.email=", "-c", "commit.gpgsign=false"]
    command = ["git", *who, "-c", "core.autocrlf=false", *arguments]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=True, env={**os.environ, **WHEN}
    )
    return done.stdout.strip()


@pytest.fixture(autouse=True)
def no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository of five synthetic files, committed."""
    root = tmp_path / "checkout"
    files = {
        "paper.qmd": "x",
        "a/b.txt": "y",
        "a.txt": "z",
        "a-b/c": "",
        "analysis/one.py": "1\n",
        "data/t.csv": "k\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "run").write_text("#!/bin/sh\n")
    (root / "run").chmod(0o755)
    (root / ".gitignore").write_text("/ignored\n")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "synthetic")
    return root


def unpacked(checkout: Path) -> Path:
    """The checkout as it is in an unpacked deposit: with what it lists, without git."""
    sources = read_sources(checkout)
    record = {"name": "synthetic", "version": "1", "date": sources.date, "commit": sources.commit,
              "swhid": sources.swhid, "sources": sources.modes}  # fmt: skip
    shutil.rmtree(checkout / ".git")
    (checkout / "deposit.json").write_text(json.dumps(record))
    return checkout


@needs_git
def test_the_tree_is_named_as_git_names_it(checkout: Path):
    sources = read_sources(checkout)
    assert f"swh:1:dir:{git(checkout, 'rev-parse', 'HEAD^{tree}')}" == sources.swhid
    assert git(checkout, "rev-parse", "HEAD") == sources.commit
    assert git(checkout, "ls-files").splitlines() == list(sources.content)
    assert {"run": "100755"} == {name: mode for name, mode in sources.modes.items() if mode != "100644"}


@needs_git
def test_the_date_is_the_commits_in_utc_unless_another_is_wanted(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
):
    assert "2025-06-30T16:59:58Z" == read_sources(checkout).date
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1748694896")
    assert "2025-05-31T12:34:56Z" == read_sources(checkout).date
    for wrong in ("yesterday", "-1", "0", "99999999999"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(InputError, match="SOURCE_DATE_EPOCH"):
            read_sources(checkout)


@needs_git
def test_an_unpacked_deposit_has_the_same_sources_without_git(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
):
    before = read_sources(checkout)
    unpacked(checkout)
    (checkout / "run").chmod(0o644)  # as some programs unpack it
    (checkout / "ignored").write_text("built since")
    (checkout / "analysis" / "__pycache__").mkdir()
    monkeypatch.setenv("PATH", "")
    assert before == read_sources(checkout)


@needs_git
def test_an_unpacked_deposit_inside_another_repository_keeps_its_own_sources(checkout: Path):
    before = read_sources(checkout)
    unpacked(checkout)
    git(checkout.parent, "init", "-q")
    assert before == read_sources(checkout)


def change(root: Path) -> None:
    (root / "paper.qmd").write_text("changed")


def remove(root: Path) -> None:
    (root / "a" / "b.txt").unlink()


def link(root: Path) -> None:
    (root / "a.txt").unlink()
    (root / "a.txt").symlink_to("paper.qmd")


def stray(root: Path) -> None:
    (root / "analysis" / "two.py").write_text("2\n")


def staged(root: Path) -> None:
    (root / "note").write_text("staged")
    git(root, "add", "note")


@needs_git
@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (change, "paper.qmd differs"),
        (remove, "a/b.txt is missing"),
        (link, "a.txt is missing"),
        (stray, "analysis/two.py is not in the commit"),
        (staged, "files differ from it"),
    ],
)
def test_sources_that_are_not_the_commits_are_refused(checkout: Path, act, reason: str):
    act(checkout)
    with pytest.raises(CheckFailed, match=rf"not those of commit \w+: {reason}\nHint: commit"):
        read_sources(checkout)


@needs_git
def test_a_file_that_no_build_reads_may_lie_about(checkout: Path):
    before = read_sources(checkout)
    (checkout / "notes.txt").write_text("mine")
    assert before == read_sources(checkout)


@needs_git
@pytest.mark.parametrize(
    ("act", "reason"), [(change, "files differ from it"), (remove, "a/b.txt is missing")]
)
def test_an_unpacked_deposit_that_was_changed_is_refused(checkout: Path, act, reason: str):
    unpacked(checkout)
    act(checkout)
    with pytest.raises(
        CheckFailed, match=rf"not those of the deposit of synthetic 1: {reason}\nHint: a deposit"
    ):
        read_sources(checkout)


@needs_git
def test_a_link_in_the_commit_is_refused(checkout: Path):
    link(checkout)
    git(checkout, "commit", "-qam", "link")
    with pytest.raises(CheckFailed, match=r"a\.txt is a link or a repository of its own"):
        read_sources(checkout)


def test_a_folder_with_neither_git_nor_a_deposit_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match=r"expected a git repository or a deposit's deposit\.json"):
        read_sources(tmp_path)


@needs_git
def test_a_clone_without_the_program_git_is_refused_in_plain_words(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="expected git, to tell the commit's files from others"):
        read_sources(checkout)


@needs_git
def test_a_repository_without_a_commit_is_refused_in_plain_words(tmp_path: Path):
    git(tmp_path, "init", "-q")
    with pytest.raises(CheckFailed, match=r"git log: fatal: "):
        read_sources(tmp_path)
