"""Execute the paper once and judge that execution: what `check` does, and the first half of a build."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from recomputed import paths, streams
from recomputed.manuscript.kernel import Kernel
from recomputed.paper_language import VARIABLE, stated_language
from recomputed.typeset.verdict import Executed, Verdict

Judge = Callable[[Executed], Verdict]
MANUSCRIPT = "paper.qmd"
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Edition:
    """Which paper: the project's root, the data directory, the Quarto profile (`blind`) or None.

    `draws` is whether executing it brings its figures up to date.
    """

    root: Path
    data: Path
    profile: str | None = None
    draws: bool = True

    def kernel(self, again: bool = False) -> Kernel:
        """Start the kernel that will run it. The cells read these names; plain Quarto sets none.

        `again` is for a second execution, which draws nothing.
        """
        given = {**self.settings(), **({"PAPER_FIGURES": "none"} if again else {})}
        return Kernel(self.root, given, reads=[self.data.resolve()], again=again)

    def settings(self) -> dict[str, str]:
        """The environment variables that it is given."""
        figures = str(self.root / "figures") if self.draws else "none"
        data = str(self.data.resolve())
        settings = {"PAPER_DATA": data, "PAPER_FIGURES": figures, "QUARTO_PROFILE": self.profile or ""}
        return {**settings, paths.VARIABLE: str(self.root), VARIABLE: stated_language(self.root)}


def recompute(edition: Edition, kernel: Kernel, prepare: Callable[[Path], Made]) -> tuple[Executed, Made]:
    """The edition executed in `kernel`, and what `prepare(data)` makes meanwhile, such as the judge of it.

    Raises what either raises, `prepare` first: faults of the data come before a cell that they break.
    """
    with ThreadPoolExecutor(1) as pool:
        execution = pool.submit(_execute, edition, kernel)
        try:
            made = prepare(edition.data)
            streams.progress(f"executing {MANUSCRIPT}")
            executed = execution.result()
        except BaseException:
            kernel.close()  # so that the execution ends now
            raise
    streams.progress("comparing with the article, and guarding")
    return executed, made


def _execute(edition: Edition, kernel: Kernel) -> Executed:
    from recomputed.manuscript.execute import execute
    from recomputed.manuscript.settings import execute_defaults, project_settings, require_settings
    from recomputed.manuscript.source import read_manuscript
    from recomputed.manuscript.weave import weave

    manuscript = read_manuscript(edition.root / MANUSCRIPT)
    require_settings(edition.root, edition.profile, manuscript)
    defaults = execute_defaults(project_settings(edition.root, edition.profile), manuscript.metadata)
    notebook = execute(manuscript, kernel, defaults)
    woven = weave(manuscript, notebook, defaults)
    return Executed(manuscript, notebook, woven, edition.data, edition.profile, tuple(kernel.history))
