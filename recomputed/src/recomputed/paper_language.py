"""The language of the paper at hand: `lang:` of its manuscript, which decides for every label in every format."""

from functools import lru_cache
from pathlib import Path

from recomputed import paths
from recomputed.editions import LANGUAGE, at_hand
from recomputed.faults import Fault, InputError, nearest
from recomputed.language.catalogue import CODES, ENGLISH, Language, is_known, language
from recomputed.paper_toml import paper_settings
from recomputed.variables import variable


def paper_language() -> Language:
    """The manuscript's language, as `in_paper` gives it. Raises InputError where it has no file."""
    return in_paper(variable(LANGUAGE) or stated_language())


def in_paper(code: str) -> Language:
    """A language, with what this paper calls the source that it examines."""
    return language(code, paper_settings().article.called_in(language(code)))


def paper_languages() -> tuple[str, ...]:
    """The codes of all languages in which numbers are written: the paper's, the manuscript's, and English."""
    return tuple(dict.fromkeys([*paper_settings().paper.languages, paper_language().code, ENGLISH]))


def stated_language(root: Path = paths.ROOT, manuscript: str = "") -> str:
    """`lang:` of a manuscript's front matter, of that at hand without a name, else of `_quarto.yml`, else the first
    language that `paper.toml` names. Raises InputError, with the line, for one that has no file.
    """
    file = root / manuscript if manuscript else at_hand(root)
    files = (file, root / paths.QUARTO.name)
    return _stated(files, tuple(file.stat().st_mtime_ns if file.is_file() else 0 for file in files))


@lru_cache(maxsize=8)  # each label asks, and cells that draw ask for each number
def _stated(files: tuple[Path, ...], changed: tuple[int, ...]) -> str:
    from recomputed.yaml_text import read_front_matter, read_yaml  # not loaded where nothing changed

    for file, there in zip(files, changed, strict=True):
        text = file.read_text(encoding="utf-8-sig", errors="replace") if there else ""
        try:
            if file.suffix == ".qmd":
                read, _ = read_front_matter(text.split("\n"), file.name)
            else:
                read = read_yaml(text, file.name)
        except InputError:  # what is not YAML is told by whoever reads the whole of it
            continue
        if isinstance(read.value, dict) and (code := read.value.get("lang")):
            if not is_known(str(code)):
                expected, found = (
                    f"`lang:` with one of {', '.join(CODES)}",
                    f"{code!r}{nearest(str(code), CODES)}",
                )
                raise InputError(Fault(file.name, expected, found, read.rows.get(("lang",))))
            return str(code)
    return paper_settings().paper.languages[0]
