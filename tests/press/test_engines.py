"""Formats and engines are named exactly; anything else is a usage error."""

import pytest

from recomputed.faults import InputError
from recomputed.typeset import engines, pandoc, quarto


def test_formats_come_in_one_order() -> None:
    assert engines.formats_named("jats, html") == ("html", "jats")


@pytest.mark.parametrize("text", ["", ",", "html,epub", "HTML"])
def test_an_unknown_format_is_a_fault(text: str) -> None:
    with pytest.raises(InputError, match="--to: expected html, pdf, docx, jats"):
        engines.formats_named(text)


def test_an_unknown_engine_is_a_fault() -> None:
    with pytest.raises(InputError, match="--engine: expected auto, quarto, pandoc, found latex"):
        engines.engine_named("latex")


def test_both_engines_give_the_files_the_same_names() -> None:
    assert pandoc.NAMES == quarto.OUTPUTS == engines.FILES
