"""Nothing is stale: the figures' files are those that the present numbers, code and packages make."""

from pathlib import Path

from recomputed.guards.passages import Text
from recomputed.manuscript.figure_files import MANIFEST, SUFFIXES, faults_of, read_manifest


def stale_figures(text: Text, folder: Path) -> list[str]:
    """A sentence for each figure of the paper whose files are not current, and for each file or record in the
    folder that no figure of the paper has.
    """
    faults = [fault for name, key in text.keys.items() for fault in faults_of(folder, name, key)]
    known = {f"{name}{suffix}" for name in text.keys for suffix in SUFFIXES} | {MANIFEST}
    here = sorted(path.name for path in folder.glob("*")) if folder.is_dir() else []
    faults += [f"figures/{name} is the file of no figure of the paper" for name in here if name not in known]
    faults += [
        f"figures/{MANIFEST} records {name}, which is no figure of the paper"
        for name in read_manifest(folder)
        if name not in text.keys
    ]
    if faults:
        faults.append("Hint: `render` draws the figures again.")
    return faults
