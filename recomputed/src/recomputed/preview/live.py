"""What follows what changed: an edit of the text the session at hand, code or data the next one."""

import threading
from pathlib import Path
from typing import Any

import watchfiles

from recomputed import paths, streams
from recomputed.preview.server import Shown
from recomputed.preview.session import ANOTHER, FAILED, FAULTS, PAGES, Session

_QUIET = 15  # milliseconds without another change, after which an edit is whole
_MADE = {"figures", "dist", "__pycache__", "docs"}
_TEXT = (".qmd", ".bib", ".csl")


class Live:
    """The pages of `shown` made again for each change, until it is closed."""

    def __init__(self, profile: str | None, shown: Shown) -> None:
        self._profile, self._shown = profile, shown
        self._lock = threading.Lock()
        self._said: list[str] = []
        self._known: Any = None
        self._session = self._start()
        self._next: Session | None = None
        self._session.build()

    def follow(self, stop: threading.Event) -> None:
        """Watch the project's files, until `stop`."""
        changes = watchfiles.watch(
            paths.ROOT, watch_filter=_counts, step=_QUIET, rust_timeout=500, stop_event=stop, raise_interrupt=False
        )  # fmt: skip
        for changed in changes:
            files = [Path(name) for _, name in changed]
            text = all(file.suffix in _TEXT or "_extensions" in file.parts for file in files)
            with self._lock:
                if text and self._session.follows:
                    self._session.build()
                else:
                    self._another()

    def close(self) -> None:
        """End the sessions."""
        with self._lock:
            sessions = [one for one in (self._session, self._next) if one]
            self._session = self._next = None  # type: ignore[assignment]
        for session in sessions:
            session.close()

    def _start(self) -> Session:
        return Session(self._profile, self._hear)

    def _another(self) -> None:
        ended, self._session, self._next = self._session, self._next or self._start(), None
        self._session.build(self._known)
        threading.Thread(target=ended.close, daemon=True).start()

    def _hear(self, session: Session, kind: str, content: Any) -> None:
        with self._lock:
            if session is not getattr(self, "_session", None):
                return
            if kind == ANOTHER:
                self._another()
            elif kind == PAGES:
                pages, self._known = content
                self._shown.set_pages(pages)
            elif kind in (FAULTS, FAILED):
                self._next = (
                    self._next or self._start()
                )  # now that the page is there, and not beside its making
                self._tell(content if kind == FAULTS else content[1])

    def _tell(self, messages: list[str]) -> None:
        self._shown.set_faults(messages)
        if messages != self._said:
            for message in messages or ["nothing is wrong"]:
                streams.say(message)
        self._said = messages


def _counts(change: watchfiles.Change, name: str) -> bool:
    """Whether a file is the paper's: not what a build makes, nor what editors and git keep beside it."""
    parts = Path(name).relative_to(paths.ROOT).parts if Path(name).is_relative_to(paths.ROOT) else (name,)
    hidden = any(
        part.startswith((".", "#")) or part.endswith(("~", ".swp", ".tmp", ".pyc")) for part in parts
    )
    built = parts[0].startswith("_manuscript") or any(part in _MADE for part in parts)
    return not hidden and not built and not parts[-1].isdigit()
