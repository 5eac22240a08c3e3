"""The page over HTTP, for this machine alone: its own HTML files and what changed, and nothing else."""

import json
import re
import sys
import threading
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from recomputed import paths

HOST = "127.0.0.1"
WAITING = 20.0  # seconds that a page waits for news before it asks again
_TRIED = 20  # ports after the one that is taken
_LINE = re.compile(r"^(paper[\w.-]*\.qmd), (?:line|row) (\d+)")
_EMPTY = '<!DOCTYPE html><meta charset="utf-8"><title>preview</title><main id="content"></main>'


class Shown:
    """What is shown: the last good pages, and what is wrong now. Who waits hears of each change."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._pages: Mapping[str, str] = {"index.html": _EMPTY}
        self._page = self._faults = 0
        self._list: list[dict[str, str]] = []

    def set_pages(self, pages: Mapping[str, str]) -> None:
        """Show other pages."""
        with self._changed:
            self._pages, self._page = pages, self._page + 1
            self._changed.notify_all()

    def set_faults(self, messages: Sequence[str]) -> None:
        """Show what is wrong, each with the manuscript's line that it names."""
        told = [{"message": message, "line": _line_of(message)} for message in messages]
        with self._changed:
            if told != self._list:
                self._list, self._faults = told, self._faults + 1
                self._changed.notify_all()

    def page(self, name: str) -> str | None:
        """The file of that name with the script that follows changes; None if there is none."""
        with self._changed:
            page, number = self._pages.get(name), self._page
        if page is None:
            return None
        script = Path(__file__).with_name("page.js").read_text(encoding="utf-8").replace("PAGE", str(number))
        body, end, rest = page.rpartition("</body>")
        return f"{body or page}<script>\n{script}</script>{end}{rest if body else ''}"

    def news(self, page: int, faults: int) -> str:
        """What is shown, in JSON, as soon as it is not the page and faults of these numbers; in a while anyway."""
        with self._changed:
            self._changed.wait_for(lambda: (page, faults) != (self._page, self._faults), WAITING)
            return json.dumps({"page": self._page, "faults": self._faults, "list": self._list})


def _line_of(message: str) -> str:
    found = _LINE.match(message)
    try:
        lines = (paths.ROOT / found[1]).read_text(encoding="utf-8-sig").splitlines() if found else []
    except (OSError, UnicodeDecodeError):
        return ""
    return lines[int(found[2]) - 1] if found and 0 < int(found[2]) <= len(lines) else ""


class Server(ThreadingHTTPServer):
    """Serves `shown` on the loopback address, at `port` or the next one that is free."""

    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # where it would share another's port

    def __init__(self, shown: Shown, port: int) -> None:
        self.shown = shown
        for tried in (*range(port, min(port + _TRIED, 65535) + 1), 0):
            try:
                super().__init__((HOST, tried), _Handler)
                return
            except OSError:
                if not tried:
                    raise

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that has left is no error."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """A page, or the news; 403 for whoever came by another name or from another site."""
        address = urlsplit(self.path)
        if not self._is_own():
            return self._answer(403, "only for this machine\n", "text/plain")
        if address.path == "/changes":
            asked = parse_qs(address.query)
            page, faults = (int(_number(asked.get(name, ["-1"])[0])) for name in ("page", "faults"))
            return self._answer(200, self.server.shown.news(page, faults), "application/json")
        page_text = self.server.shown.page(address.path.removeprefix("/") or "index.html")
        if page_text is None:
            return self._answer(404, "not a file of the paper's page\n", "text/plain")
        return self._answer(200, page_text, "text/html")

    def _is_own(self) -> bool:
        """Whether it was asked for by this machine's name, by nobody else's page."""
        hosts = [f"{name}:{self.server.server_port}" for name in (HOST, "localhost")]
        origin, site = self.headers.get("Origin"), self.headers.get("Sec-Fetch-Site", "none")
        typed = self.headers.get("Sec-Fetch-Mode") == "navigate" and self.path != "/changes"
        return (
            self.headers.get("Host") in hosts
            and origin in (None, *(f"http://{host}" for host in hosts))
            and (site in ("none", "same-origin") or typed)
        )

    def _answer(self, status: int, text: str, kind: str) -> None:
        content = text.encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": f"{kind}; charset=utf-8",
            "Content-Length": str(len(content)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Resource-Policy": "same-origin",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the terminal is for the paper's faults."""


def _number(text: str) -> str:
    return text if re.fullmatch(r"-?\d{1,9}", text) else "-1"
