"""`preview` in a real browser: the reader stays where he reads, what is wrong stands at its line, the page stays."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from preview.test_preview import WITHIN, Running
from synthetic.browser import WIDE, needs_browser
from synthetic.papers import change, copy_toy

LONG = WITHIN * 1000  # milliseconds
TOP = "document.getElementById('sec-waiting').getBoundingClientRect().top"


@pytest.mark.slow
@needs_browser
def test_the_reader_stays_and_sees_what_is_wrong_at_its_line(browser: Browser, tmp_path: Path) -> None:
    preview = Running(copy_toy(tmp_path / "toy"))
    paper, said = preview.root / "paper.qmd", list[str]()
    try:
        preview.until("Does a painted sign sell tea?")
        page = browser.new_page(viewport=WIDE)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(preview.address)
        page.evaluate("document.getElementById('sec-waiting').scrollIntoView(); scrollBy(0, -40)")
        before: Any = page.evaluate(TOP)

        new = "A sentence is put in. " * 40
        change(paper, "Does a painted sign sell tea?", f"Does a painted sign sell tea? {new}")
        page.get_by_text("A sentence is put in.").first.wait_for(timeout=LONG)
        page.wait_for_function(f"Math.abs({TOP} - {before}) <= 2", timeout=LONG)
        assert page.evaluate("scrollY") > 0

        text = paper.read_text(encoding="utf-8")
        paper.write_text(text.replace("put in. A", "put in, of 77 cups. A", 1), encoding="utf-8")
        fault = page.locator("main p:has-text('of 77 cups') .preview-fault")
        fault.wait_for(timeout=LONG)
        assert "»77«" in fault.inner_text()
        assert page.locator("aside.preview-faults").is_visible()

        paper.write_text(text.replace('name["river"]', 'name["brook"]'), encoding="utf-8")
        page.locator("aside.preview-faults", has_text="brook").wait_for(timeout=LONG)
        assert page.get_by_text("of 77 cups").first.is_visible()  # the last good page
        paper.write_text(text, encoding="utf-8")
        page.wait_for_function("!document.querySelector('.preview-fault')", timeout=LONG)
        page.close()
        assert [] == said
        assert "Traceback" not in preview.end()
    finally:
        preview.process.kill()
        preview.process.communicate()
