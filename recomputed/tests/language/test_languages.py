"""A language is one file: all files say the same things, and no word of one stands anywhere else."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from recomputed import paths
from recomputed.descriptions.blocks import blocks
from recomputed.faults import InputError
from recomputed.guards.all_guards import guard_execution
from recomputed.language.catalogue import CODES, ENGLISH, language
from recomputed.language.wording import forms
from recomputed.ledger.terms import Words
from recomputed.manuscript.markdown import pandoc_path
from recomputed.paper_language import in_paper
from recomputed.paper_toml import settings_from
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import Number
from recomputed.typeset.pandoc import typeset
from synthetic.variants import PAPER, change, examined, execute_here

ROOMS = ("language", "guards", "manuscript", "reading", "tables", "typeset")
SHOWN = {".py", ".lua", ".js", ".css", ".html", ".typ", ".jats", ".openxml"}
NOT_YET = {"sections.py", "terms.py"}
ENGLISH_TOO = {"apa", "null"}  # a style of citing; no value
COMMON = {
    "dan",
    "yang",
    "untuk",
    "dengan",
    "adalah",
    "usaha",
    "artikel",
    "kasus",
    "halaman",
    "bulan",
    "tahun",
    "hari",
}
FINDINGS = ("verdicts", "findings")

MARKDOWN = """\
::: {.abstract}
Own words.
:::

::: {.abstract lang="LANG"}
Other words.
:::

# One {#sec-one}

@tbl-a, @sec-one.

| a |
|---|
| 1 |

: Caption {#tbl-a}

::: {.callout-note}
Noted.
:::
"""
FRONT = {
    "title": "T",
    "date": "2024-05-01",
    "number-sections": True,
    "keywords": ["k"],
    "license": "CC BY",
    "author": "A B",
}
FRONT |= {
    "data-availability": "Here.",
    "funding": "None.",
    "acknowledgements": "To all.",
    "bibliography": "references.bib",
}
SAID = ["contents", "abstract", "keywords", "availability", "funding", "rights", "licensed", "references"]
SAID += ["xref.tbl", "xref.sec", "callouts.note"]


def texts(words: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a language by its dotted key."""
    for name, value in words.items() if isinstance(words, dict) else enumerate(words):
        if isinstance(value, str):
            yield f"{key}{name}", value
        else:
            yield from texts(value, f"{key}{name}.")


def keys(code: str) -> dict[str, set[str]]:
    """The keys of a language's file, with the places that each text has; the words of a list are its own."""
    return {
        key: set(re.findall(r"{(\w+)}", text))
        if key.startswith(("labels.", "numbers.", *FINDINGS))
        else set()
        for key, text in texts(language(code).words)
        if ".lists." not in key and not re.match(r"comparing\.(?:\w*phrases|negations|multiples)", key)
    }


@pytest.mark.parametrize("code", CODES)
def test_a_language_says_what_english_says_with_the_same_places(code: str) -> None:
    assert keys(ENGLISH) == keys(code)


@pytest.mark.parametrize("code", CODES)
def test_no_label_is_empty(code: str) -> None:
    assert [] == [key for key, text in texts(language(code)["labels"]) if not text.strip()]


def test_a_region_falls_back_on_its_language_and_an_unknown_language_is_refused() -> None:
    assert language("de-AT") is language("de-CH") or language("de-AT") == language("de")
    with pytest.raises(InputError, match="one of the languages de, en, id"):
        language("fr")


def words_of(code: str) -> set[str]:
    """The words that a language's file says, of three letters or more."""
    said = (re.sub(r"{\w+}", " ", text) for key, text in texts(language(code).words) if "personal" not in key)
    return set(re.findall(r"[^\W\d_]{4,}", " ".join(said).lower()))


@pytest.mark.parametrize("code", sorted({*CODES} - {ENGLISH}))
def test_no_file_of_the_engine_but_the_languages_own_says_its_words(code: str) -> None:
    own = words_of(code) - words_of(ENGLISH) - ENGLISH_TOO
    own |= COMMON if code == "id" else set()
    files = [file for room in ROOMS for file in (paths.ENGINE / room).rglob("*") if file.suffix in SHOWN]
    said = [
        f"{file.relative_to(paths.ENGINE)}, line {row}: {word}"
        for file in files
        if file.name not in NOT_YET
        for row, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1)
        for word in re.findall(r"[^\W\d_]{3,}", line.lower())
        if word in own
    ]
    assert 100 < len(own)
    assert [] == said


@pytest.mark.parametrize(("code", "other"), [("de", "en"), ("en", "id"), ("id", "de")])
def test_each_format_says_the_manuscripts_language_and_a_translated_abstract_its_own(
    code: str, other: str, tmp_path: Path
) -> None:
    metadata = {**FRONT, "lang": code, f"keywords-{other}": ["k"]}
    typeset(MARKDOWN.replace("LANG", other), metadata, tmp_path, ("html", "docx", "jats"), root=paths.ROOT)
    page = html.fromstring((tmp_path / "index.html").read_bytes())
    for node in page.xpath("//style | //script"):
        node.drop_tree()
    docx = subprocess.run(
        [pandoc_path(), "--from=docx", "--to=plain", "--wrap=none", str(tmp_path / "paper.docx")],
        capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    shown = {
        "html": page.text_content(),
        "docx": docx.stdout,
        "jats": (tmp_path / "paper.xml").read_text(encoding="utf-8"),
    }
    shown = {format_: re.sub(r"\s+", " ", text) for format_, text in shown.items()}
    own = {name: language(code)[f"labels.{name}"] for name in SAID}
    for name, text in own.items():
        assert text in shown["html"], name
    for name in (
        "abstract",
        "keywords",
        "availability",
        "funding",
        "rights",
        "licensed",
        "xref.tbl",
        "callouts.note",
    ):
        assert own[name] in shown["docx"], name
    for name in ("abstract", "availability", "references", "xref.tbl"):
        assert own[name] in shown["jats"], name
    of_others = {language(one)[f"labels.{name}"] for one in CODES if one != code for name in SAID} - {
        *own.values(),
        language(other)["labels.abstract"],
        language(other)["labels.keywords"],
    }
    for format_, text in shown.items():
        assert [] == [word for word in of_others if re.search(rf"\b{word}\b", text)], format_
        assert language(other)["labels.abstract"] in text


@pytest.mark.parametrize("code", CODES)
def test_what_the_page_is_given_for_its_cards_is_of_the_language_asked_for(code: str) -> None:
    told = {name: json.loads(text.split("\n")[1]) for name, text in blocks(examined(), code).items()}
    said = in_paper(code)["labels"]
    assert (code, said["cards"]) == (
        told["number-cards"]["language"],
        told["number-cards"]["labels"]["cards"],
    )
    assert said["statements"]["columns"] == told["statements"]["columns"]
    assert said["rows"]["title"] == told["number-rows"]["title"]


def test_the_manuscripts_lang_decides_what_its_cells_say() -> None:
    executed = execute_here(
        change(change(PAPER, "lang: en", "lang: de"), '{.abstract lang="en"}', '{.abstract lang="de"}')
    )
    said = in_paper("de")
    assert f"| {' | '.join(said['labels.numbers.columns'])} |" in executed.woven.markdown
    assert f": {said['labels.disagreements']} {{#tbl-disagreements}}" in executed.woven.markdown
    assert "[stieg um etwa 20\u00a0%]{.num" in executed.woven.markdown.replace("\\", "")
    assert not [one for one in guard_execution(executed, examined()).failures if "is not written as" in one]


@pytest.mark.parametrize(
    ("code", "source", "columns", "none"),
    [
        ("en", "the source", "Place in the source", "It holds for no values that the source gives."),
        ("id", "dokumentasi", "Bagian dokumentasi", "Tidak berlaku untuk nilai mana pun dalam dokumentasi."),
        ("de", "die Quelle", "Stelle (die Quelle)", "Es trifft für keine Werte zu, die die Quelle nennt."),
    ],
)
def test_what_is_examined_is_called_what_the_paper_calls_it(
    code: str, source: str, columns: str, none: str
) -> None:
    said = language(code, source)
    assert said["labels.statements.columns"][0] == columns
    words = Words(settings_from({"paper": {"languages": [code]}, "article": {"called": source}}))
    assert words.say("comparison.never")[code] == none
    texts = [
        said.words["labels"],
        said.words["verdicts"],
        words.say("comparison.message", statement="s", how="h", values="v"),
    ]
    told = json.dumps(texts, ensure_ascii=False)
    assert source in told
    assert not re.search(r"\b(article|artikel)\b(?!\":)", told, re.IGNORECASE)
    assert "ource}" not in told


def test_german_numbers_are_written_as_german_writes_them() -> None:
    def number(value: Interval, unit: str, digits: int = 0) -> Number:
        return Number("a", value, value, unit, "derived", digits, "", None, (), ())  # type: ignore[arg-type]

    rise = forms(number(Interval.point(25), "percent-change"), "de")
    assert ("25\u00a0%", "stieg um 25\u00a0%", "stieg um etwa 25\u00a0%") == (
        rise["text"],
        rise["change"],
        rise["about"],
    )
    assert "1.234,5" == forms(number(Interval.point("1234.5"), "item", 1), "de")["text"]
    assert "−3" == forms(number(Interval.point(-3), "item"), "de")["text"]
    assert "drei" == forms(number(Interval.point(3), "item"), "de")["words"]
    assert "dritte" == forms(number(Interval.point(3), "item"), "de")["ordinal"]
    assert "März" == forms(number(Interval.point(3), "month-of-year"), "de")["text"]
    assert "cr\u00a01\u00a0Million" == forms(number(Interval.point(10**6), "crown"), "de")["text"]
    assert "cr\u00a02\u00a0Millionen" == forms(number(Interval.point(2 * 10**6), "crown"), "de")["text"]
