"""The page at hand in a real browser, offline: whatever it asks for, or complains of, fails the test."""

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# axe's rules with those of WCAG 2.2 AA, of which axe leaves one out unless it is told so.
AXE = """axe.run({rules: {"target-size": {enabled: true}}}).then((result) => result.violations)"""
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of a file: while it is open, its loop of events stands in the way of a kernel's."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(built_paper: Path) -> Iterator[str]:
    """The page's address on a server of this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(built_paper))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/index.html"
        server.shutdown()


@pytest.fixture
def opened(browser: Browser, built_paper: Path) -> Iterator[Open]:
    """Open the page in a context of its own; at the end, it has asked for nothing and complained of nothing."""
    contexts, asked, said = [], [], []

    def open_page(address: str = "", **options: Any) -> Page:
        address = address or (built_paper / "index.html").as_uri()

        def only_the_page(route: Route) -> None:
            if route.request.url == address.partition("#")[0]:
                route.continue_()
            else:
                asked.append(route.request.url)
                route.abort()

        context = browser.new_context(**{"viewport": WIDE, **options})
        contexts.append(context)
        context.route("**/*", only_the_page)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.endswith("/favicon.ico")] == []
    assert said == []


def number(page: Page, id_: str) -> Any:
    """The first place in the running text that states the number."""
    return page.locator(f'main p span.num[data-number="{id_}"]').first


def card(page: Page) -> Any:
    return page.get_by_role("dialog")


def violations(page: Page) -> list[Any]:
    """What axe finds against the rules, each with the elements that break it."""
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate((Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8"))
    return [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in page.evaluate(AXE)]
