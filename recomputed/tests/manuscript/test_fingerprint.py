"""The fingerprint changes with everything that a build depends on, and with nothing else."""

from pathlib import Path

import pytest

from recomputed.manuscript.fingerprint import FOLDERS, SOURCES, fingerprint, hashes

SETTINGS = {"engine": ["pandoc", ""], "profile": None}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in (*SOURCES, *(f"{folder}/a.py" for folder in FOLDERS), "data/a.csv", "README.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("before")
    return tmp_path


def key(root: Path, **settings: object) -> str:
    return fingerprint(root, root / "data", {**SETTINGS, **settings})


def test_the_same_inputs_have_the_same_fingerprint(root: Path) -> None:
    assert key(root) == key(root)


@pytest.mark.parametrize("name", [*SOURCES, *(f"{folder}/a.py" for folder in FOLDERS), "data/a.csv"])
def test_each_input_counts(root: Path, name: str) -> None:
    before = key(root)
    (root / name).write_text("after")
    changed = key(root)
    (root / name).unlink()
    assert len({before, changed, key(root)}) == 3


def test_a_new_data_file_counts(root: Path) -> None:
    before = key(root)
    (root / "data" / "b.csv").write_text("")
    assert key(root) != before


def test_settings_and_the_epoch_count(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = key(root)
    assert key(root, profile="blind") != before
    assert key(root, engine=["quarto", "1.7.1"]) != before
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert key(root) != before


def test_another_version_of_a_package_counts(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = root / "site-packages"
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(site))
    (site / "altair-6.0.0.dist-info").mkdir(parents=True)
    before = key(root)
    (site / "altair-6.0.0.dist-info").rename(site / "altair-6.1.0.dist-info")
    assert key(root) != before


def test_the_engine_counts_wherever_it_is(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = tmp_path / "elsewhere"
    engine.mkdir()
    monkeypatch.setattr("recomputed.manuscript.fingerprint.ENGINE", engine)
    before = key(root)
    (engine / "counting.py").write_text("def count(): ...\n", encoding="utf-8")
    assert key(root) != before


def test_what_no_build_reads_does_not_count(root: Path) -> None:
    before = key(root)
    (root / "README.md").write_text("after")
    (root / "recomputed" / "tests").mkdir(parents=True)
    (root / "recomputed" / "tests" / "test_a.py").touch()
    (root / "analysis" / "__pycache__").mkdir()
    (root / "analysis" / "__pycache__" / "a.pyc").write_text("")
    assert key(root) == before


def test_hashes_name_every_file_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_bytes(b"abc")
    # SHA-256 of "abc", FIPS 180-2, appendix B.1
    assert hashes(tmp_path) == {"a/b.txt": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}
