"""What a build leaves beside the paper for those who check it: the execution and the judgement of it.

`paper.ipynb` is the executed notebook, `verdict.json` what `check --json` gives, `verdict.txt` what it shows;
`audit.json` and `audit.txt` are the contradictions found in the article; `numbers.json` is every number.
"""

import json
from pathlib import Path
from typing import Any

from analysis.press.verdict import Executed, Verdict

FILES = ("paper.ipynb", "verdict.json", "verdict.txt", "audit.json", "audit.txt")


def record(executed: Executed, verdict: Verdict, out: Path) -> None:
    """Write `FILES` and `numbers.json` into `out`. The same execution and verdict give the same bytes."""
    import nbformat

    from analysis.press.numbers_json import write_numbers_json

    findings = verdict.report.get("findings", [])
    texts = {
        "paper.ipynb": nbformat.writes(_notebook(executed)) + "\n",  # type: ignore[no-untyped-call]
        "verdict.json": as_json(verdict.report),
        "verdict.txt": "".join(f"{line}\n" for line in verdict.summary),
        "audit.json": as_json(findings),
        "audit.txt": "".join(f"{_told(finding)}\n" for finding in findings) or "No findings.\n",
    }
    for name in FILES:
        (out / name).write_text(texts[name], encoding="utf-8", newline="\n")
    write_numbers_json(executed, verdict, out)


def _notebook(executed: Executed) -> Any:
    """The executed notebook; in the blind edition without what may name someone."""
    if executed.profile != "blind":
        return executed.notebook
    from tempfile import TemporaryDirectory

    from analysis import paths
    from analysis.press.blind import anonymous_notebook, anonymous_pictures
    from analysis.press.pandoc import read

    with TemporaryDirectory() as folder:
        pictures = anonymous_pictures(json.loads(read(executed.woven.markdown)), paths.ROOT, Path(folder))
    return anonymous_notebook(executed.notebook, pictures)


def as_json(content: Any) -> str:
    """JSON to be read by people too."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _told(finding: dict[str, Any]) -> str:
    places = ", ".join(dict.fromkeys(finding["locators"]))
    told = f"{finding['severity']}: {finding['message']} {finding['assumption']}"
    return f"{told.rstrip()}\n  {finding['id']} ({places})"
