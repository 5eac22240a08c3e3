"""`preview` on a copy of the toy: a real server, real edits, pages read as a browser would ask for them."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from recomputed.faults import InputError
from recomputed.preview import pieces
from recomputed.preview.pieces import Typesetter
from recomputed.preview.server import HOST
from recomputed.typeset.engines import engine_named
from synthetic.papers import CHECKOUT, change, copy_toy

WITHIN = 60  # seconds, on a machine that does other things too


class Running:
    """A preview that runs."""

    def __init__(self, root: Path, *arguments: str) -> None:
        own = {
            name: value for name, value in os.environ.items() if not name.startswith(("RECOMPUTED", "PAPER_"))
        }
        own |= {"PYTHONPATH": str(CHECKOUT / "recomputed" / "src"), "TMPDIR": str(root.parent)}
        command = [sys.executable, "-P", "-m", "recomputed", "-C", str(root), "preview", *arguments]
        self.root, self.temporary = root, root.parent
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=own
        )
        assert self.process.stdout
        self.address = self.process.stdout.readline().strip()

    def get(self, path: str = "", **headers: str) -> str:
        """A file of the page."""
        asked = Request(
            self.address + path, headers={name.replace("_", "-"): v for name, v in headers.items()}
        )
        with urlopen(asked, timeout=WITHIN) as answer:
            content: bytes = answer.read()
        return " ".join(content.decode().split())  # pandoc fills lines

    def faults(self) -> list[dict[str, str]]:
        """What is wrong, as the page is told."""
        told: list[dict[str, str]] = json.loads(self.get("changes?page=-1&faults=-1"))["list"]
        return told

    def until(self, holds: str) -> None:
        """Wait until the page has that text."""
        self._until(holds, lambda: holds in self.get())

    def until_wrong(self, holds: str, wrong: bool = True) -> None:
        """Wait until what is wrong has that text, or has it no more."""
        self._until(holds, lambda: any(holds in one["message"] for one in self.faults()) is wrong)

    def _until(self, holds: str, done: Callable[[], bool]) -> None:
        end = time.monotonic() + WITHIN
        while not done():
            assert time.monotonic() < end, f"{holds!r}: {self.faults()}"
            time.sleep(0.1)

    def end(self, number: int = signal.SIGTERM) -> str:
        """End it; what it said."""
        self.process.send_signal(number)
        said = self.process.communicate(timeout=WITHIN)[1]
        assert self.process.returncode == 0, said
        return said


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    preview = Running(copy_toy(tmp_path / "toy"))
    yield preview
    preview.process.kill()
    preview.process.communicate()


@pytest.mark.slow
def test_the_page_follows_edits_and_shows_what_is_wrong_at_its_line(running: Running) -> None:
    paper, names = running.root / "paper.qmd", running.root / "names.csv"
    running.until("Does a painted sign sell tea?")
    change(paper, "Does a painted sign sell tea?", 'Do signs sell `{python} n["growth.mean"]` more tea?')
    running.until("more tea?")
    assert re.search(r'Do signs sell\s+<span[^>]*\sdata-number="growth\.mean">', running.get())

    change(paper, "more tea?", "more tea, 77 cups?")
    running.until_wrong("»77«")  # a typed number is shown, and where
    (fault,) = (one for one in running.faults() if "»77«" in one["message"])
    assert "77 cups" in running.get()
    assert "77 cups" in fault["line"]
    change(paper, ", 77 cups?", "?")
    running.until_wrong("»77«", wrong=False)

    whole = paper.read_text(encoding="utf-8")
    paper.write_text(whole.replace('name["river"]', 'name["brook"]'), encoding="utf-8")
    running.until_wrong("brook")
    assert "more tea?" in running.get()  # the last good page
    paper.unlink()
    running.until_wrong("paper.qmd: ")
    beside = paper.with_name("paper.qmd.tmp")
    beside.write_text(whole.replace("more tea?", "more coffee?"), encoding="utf-8")
    beside.replace(paper)
    running.until("more coffee?")

    names.write_text(names.read_text(encoding="utf-8").replace("River", "Brookside"), encoding="utf-8")
    running.until("Brookside")
    change(running.root / "analysis" / "figures.py", '"Growth of sales (%)", ', '"Growth of tea sales (%)", ')
    figure = running.root / "figures" / "growth.svg"  # which comes after the text
    running._until("a new figure", lambda: "Growth of tea" in figure.read_text(encoding="utf-8"))
    running.until_wrong("figures/growth", wrong=False)
    change(paper, "print(paper.table_of_numbers())", "while True: pass")
    time.sleep(3)  # it hangs now
    change(paper, "while True: pass", "print(paper.table_of_numbers(), 'after all')")
    running._until("after all", lambda: "after all" in running.get("supplement.html"))
    said = running.end(signal.SIGINT)
    assert "Traceback" not in said
    assert "77" in said
    assert not list(running.temporary.glob("kernel-*"))


@pytest.mark.slow
def test_it_answers_this_machine_alone(running: Running) -> None:
    port = running.address.rpartition(":")[2].strip("/")
    assert running.address == f"http://127.0.0.1:{port}/"
    assert running.get(Host=f"localhost:{port}")
    for headers in (
        {"Host": f"evil.example:{port}"},
        {"Origin": "http://evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
    ):
        for path in ("", "changes?page=-1&faults=-1"):
            with pytest.raises(HTTPError, match="403"):
                running.get(path, **headers)
    for path in ("paper.qmd", "../paper.toml", "%2e%2e/names.csv", "data/stalls.csv"):
        with pytest.raises(HTTPError, match="404"):
            running.get(path)
    other = Running(running.root, "--port", port)
    assert other.address
    assert other.address != running.address
    assert f"port {port}: taken" in other.end()
    assert "Traceback" not in running.end()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, int(port)), timeout=1).close()


def test_a_page_typeset_from_pieces_is_the_page(executed_paper, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    engine_named("pandoc").typeset(executed_paper, executed_paper.data.parent, tmp_path, ["html"])
    pages = {file.name: file.read_text(encoding="utf-8") for file in tmp_path.glob("*.html")}
    setter, other = Typesetter(), Typesetter()
    assert setter.typeset(executed_paper) == pages
    assert setter.typeset(executed_paper) == pages  # now from what was kept
    assert setter._numbers
    assert len(setter._sections) > 5
    other.learn(setter.known)
    assert other.typeset(executed_paper) == pages


def test_what_another_session_has_read_is_not_read_again(
    executed_paper, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    setter, other = Typesetter(), Typesetter()
    for _ in range(2):  # in the second one the table of numbers is set already
        setter.typeset(executed_paper)
    other.learn(setter.known)
    monkeypatch.setattr(
        pieces, "parse_all", lambda texts: [pytest.fail(f"read again: {one[:80]}") for one in texts]
    )
    other.typeset(executed_paper)


def test_what_pandoc_warns_of_in_a_piece_is_told_at_its_line(executed_paper) -> None:  # type: ignore[no-untyped-def]
    woven = executed_paper.woven
    markdown, lines = f"{woven.markdown}\n\n[^z]: Unused.", (*woven.lines, 1000, 1001)
    edited = replace(executed_paper, woven=replace(woven, markdown=markdown, lines=lines))
    with pytest.raises(InputError, match=r"paper.qmd, row 1001: .* Note with key 'z' defined but not used"):
        Typesetter().typeset(edited)


def test_of_paper_and_supplement_the_one_that_is_edited_is_set_again(
    executed_paper, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    asked = []
    typeset = pieces.typeset_by_pandoc

    def noted(*given: object, parts: Sequence[str]) -> None:
        asked.append(list(parts))
        typeset(*given, parts=parts)  # type: ignore[arg-type]

    monkeypatch.setattr(pieces, "typeset_by_pandoc", noted)
    setter, woven = Typesetter(), executed_paper.woven
    setter.typeset(executed_paper)
    edits = [
        ("Does a painted sign", "Does any painted sign"),
        ("The survey examined", "The survey looked at"),
    ]
    for nth, (old, new) in enumerate(edits):
        assert old in woven.markdown
        woven = replace(woven, markdown=woven.markdown.replace(old, new))
        edited = replace(executed_paper, woven=woven)
        pages = setter.typeset(edited)
        assert new in " ".join(pages[("index.html", "supplement.html")[nth]].split())
        assert Typesetter().typeset(edited, whole=True) == pages
    both = ["paper", "supplement"]
    beside = [["paper"], ["supplement"]]  # two at once
    assert [*beside, ["paper"], both, ["supplement"], both] == [*sorted(asked[:2]), *asked[2:]]
