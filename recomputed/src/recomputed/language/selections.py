"""Which rows a number is measured over, in words."""

from pathlib import PurePath

from recomputed.language.catalogue import language
from recomputed.quantity.numbers import Selection


def tell_rows(selection: Selection, locale: str) -> str:
    """Which rows, in words: `151 rows of data/trees.csv where species = oak`."""
    say = language(locale)

    def rows(count: int) -> str:
        return f"{count} {say['rows.noun'][count != 1]}"

    where = say.say("rows.where", condition=selection.condition) if selection.condition else ""
    told = say.say("rows.of", rows=rows(len(selection.rows)), file=file_name(selection.file)) + where
    return told + (say.say("rows.left_out", rows=rows(selection.left_out)) if selection.left_out else "")


def file_name(file: str) -> str:
    """A data file as the paper calls it: under `data/`, wherever the data directory is."""
    return f"data/{PurePath(file).name}"
