"""Labels, and attributes of headings, that went with what co-authors deleted or joined, and who refers to them."""

import re
from collections import Counter
from collections.abc import Iterator

from recomputed.exchange.answer import Answer

_ATTRIBUTES = re.compile(r"\{(?=[#.])[^{}\n]*\}")
_LABEL = re.compile(r"(?<=[{ ])#([\w:.-]+)")


def tell_lost(base: str, text: str, answer: Answer) -> None:
    """Tell each label, or attributes of a heading, that `base` has and `text` has not, where it stood in `base`."""
    left = Counter(name for _, name in _named(text))
    for row, name in _named(base):
        left[name] -= 1
        if left[name] >= 0:
            continue
        rows = _referring(base, name) if _referring(text, name) else []
        if rows:
            told = f"{name} is gone with what was deleted or joined, and referred to in row {', '.join(rows)}"
            answer.refuse(row, f"{told}: put it back, or take the reference away")
        else:
            answer.lose(row, f"{name} is gone with what was deleted or joined")


def _named(text: str) -> Iterator[tuple[int, str]]:
    """The labels of a text, and the attributes of headings without one, each with its row."""
    for row, line in enumerate(text.split("\n"), 1):
        for found in _ATTRIBUTES.finditer(line):
            label = _LABEL.search(found[0])
            if label or line.startswith("#"):
                yield row, label[0] if label else found[0]


def _referring(text: str, name: str) -> list[str]:
    """The rows that refer to a label."""
    label = re.escape(name[1:])
    refers = re.compile(rf"(?<![\w@\\])@{label}(?![\w-])|\]\(#{label}\)")
    return [str(row) for row, line in enumerate(text.split("\n"), 1) if refers.search(line)]
