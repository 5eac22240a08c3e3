# ruff: noqa: E501  a case is a line
"""What LibreOffice itself edits, which moves and drops controls, comes back as the same change of the manuscript."""

from pathlib import Path

import pytest

from exchange.conftest import Sent
from exchange.test_back import KNOWN
from exchange.test_round_trip import but_formulas
from recomputed.exchange.back import read_back
from synthetic.libreoffice import edited_by_libreoffice

OVER = "d.RecordChanges = True : "
GREW = "Every stall"  # what follows stands in a control
NUMBER = "the co-author wrote {} for `growth.mean` (21.0%): change the data, or the sentence"
BY_LIBREOFFICE = {
    "a word": ('Swap(d, "a painted sign", "a carved sign")', [("a painted sign sell", "a carved sign sell")], ""),
    "a tracked word": (OVER + 'Swap(d, "a painted sign", "a carved sign")', [("a painted sign sell", "a carved sign sell")], ""),
    "before a number": ('Set c = At(d, "21.0%") : c.collapseToStart : c.setString("nearly ")', [("growth is `", "growth is nearly `")], ""),
    "a number typed over": ('Set c = At(d, "21.0%") : c.setString("35 %")', [], NUMBER.format("35 %")),
    "a tracked number": (OVER + 'Set c = At(d, "21.0%") : c.setString("35 %")', [], NUMBER.format("35 %")),
    "a sentence typed anew": (
        f'Sentence(d, "{GREW}", "Every stall sold more than before its sign (Figure 1), and on average growth was 21.0%. ")',
        [("and the mean growth is `", "and on average growth was `")], "",
    ),
    "a sentence typed anew with another number": (
        f'Sentence(d, "{GREW}", "Every stall sold more than before its sign (Figure 1), and the mean growth is 22.5%. ")',
        [], NUMBER.format("22.5%"),
    ),
    "half of a claim": ('Swap(d, "sold more", "sold less")', [("[sold more]{.claim data-claim=\"abstract.all\"}", "[sold less]{.claim data-claim=\"abstract.all\"}")], ""),
    "a paragraph out": ('Away(d, "Nobody drinks")', [("> Nobody drinks it cold.\n\n", "")], ""),
    "a tracked paragraph out": (OVER + 'Away(d, "Nobody drinks")', [("> Nobody drinks it cold.\n\n", "")], ""),
    "strong": ('Set c = At(d, "painted") : c.CharWeight = 150', [("a painted sign sell", "a **painted** sign sell")], ""),
}  # fmt: skip


@pytest.mark.slow
def test_what_libreoffice_itself_edits_comes_back(sent: Sent, tmp_path: Path) -> None:
    moved = f'Copied(d, "{GREW}", "Nobody drinks") : Away(d, "{GREW}")'
    edits = {"moved": moved} | {name: edit for name, (edit, _, _) in BY_LIBREOFFICE.items()}
    edited = edited_by_libreoffice(sent.docx, edits, tmp_path)
    back = {name: read_back(docx, "sent.docx", sent.text, KNOWN) for name, docx in edited.items()}
    for name, (_, changes, refused) in BY_LIBREOFFICE.items():
        expected = sent.text
        for old, new in changes:
            assert expected.count(old) == 1, name
            expected = expected.replace(old, new)
        assert (name, expected) == (name, back[name].text)
        told = but_formulas(back[name].refused)
        assert len(told) == (refused != ""), (name, told)
        assert all(one.endswith(refused) for one in told)
    (line,) = (one for one in sent.text.split("\n") if 'n["growth.mean"]' in one)
    assert back["moved"].text == sent.text.replace(f"{line}\n\n", "").replace(
        "it cold.\n", f"it cold.\n\n{line}\n"
    )
