"""`review.html`: the reviewer's page, whole in one file: the verdict in words, what it rests on, the findings, and each
assumption with what its other values would change, computed beforehand. Its numbers open the same cards as the paper's.

Whatever comes from data is text: it is escaped here, and the scripts read it as data.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from recomputed.descriptions.blocks import data_rows, number_cards
from recomputed.judgement import REVIEW
from recomputed.language.catalogue import Language
from recomputed.language.numerals import show_figure
from recomputed.language.wording import write
from recomputed.ledger.assumptions import is_of
from recomputed.ledger.baseline import numbered, read_known
from recomputed.ledger.examination import Examination
from recomputed.ledger.terms import Words
from recomputed.ledger.verdicts import DISAGREES, NOT_A_QUANTITY, Outcome
from recomputed.paper_language import in_paper
from recomputed.paper_toml import Assumption
from recomputed.typeset.page import ASSETS, stylesheet

Told = Mapping[str, Any]
_RANGE = re.compile(r"[\d.,:]*\d–\d[\d.,:]*%?")
_KINDS = ("derived", "measured", "returned", "transcribed", "compared")
_ALL = "ledger.statements"  # a number that each paper has
_TOLD = {
    "all": "statements",
    "agree": "agree",
    "rounding": "within-rounding",
    "hedge": "within-hedge",
    "disagree": "disagree",
    "other": "not-quantities",
}


def review_page(
    examination: Examination, others: Sequence[Told], title: str, lang: str, pages: Mapping[str, str]
) -> str:
    """The page in a language; `title` is the paper's, without markup, `pages` the text of its pages by their files."""
    page = _Page(examination, others, in_paper(lang), pages)
    parts = {
        "lang": lang,
        "name": escape(page.say("title")),
        "title": escape(title),
        "paper": escape(page.say("paper")),
        "home": next(iter(pages), "index.html"),
        "intro": escape(page.say("intro")),
        "skip": escape(str(page.said["labels.skip"])),
        "style": stylesheet() + _asset("cards.css") + _asset("review.css"),
        "body": _held("\n".join(page.body())),
        "elsewhere": next((name for name, text in pages.items() if f'id="number-{_ALL}"' in text), ""),
        "cards": _json(number_cards(examination, page.said)),
        "scripts": "".join(f"<script>\n{_asset(name)}</script>\n" for name in ("cards.js", "review.js")),
    }
    return Template(_asset("review.html")).substitute(parts)


def linked(page: str, lang: str) -> str:
    """The paper's page with a line at its head that leads to the reviewer's."""
    line = f'<p class="published"><a href="{REVIEW}">{escape(in_paper(lang)["labels.review.link"])}</a></p>'
    return page.replace("</header>", f"{line}\n</header>", 1)


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _held(body: str) -> str:
    """The page with each range in its text as one that no line breaks at its dash."""
    return re.sub(r">[^<]+", lambda text: _RANGE.sub(r'<span class="range">\g<0></span>', text[0]), body)


def _json(block: str) -> str:
    """The line of JSON in a code block of the cards."""
    return block.split("\n")[1]


class _Page:
    """Makes the parts of the page, each as HTML."""

    def __init__(
        self,
        examination: Examination,
        others: Sequence[Told],
        said: Language,
        pages: Mapping[str, str],
    ) -> None:
        self.examination, self.said, self._others, self._pages = examination, said, others, pages
        self._quotable = examination.quotable()
        self._known = numbered(read_known())

    def say(self, key: str, **places: object) -> str:
        return self.said.say(f"labels.review.{key}", **places)

    def body(self) -> Iterator[str]:
        yield from self._verdict()
        yield f"<h2>{escape(self.say('rests'))}</h2>"
        for kind in _KINDS:
            rows = [one for one in self.examination.outcomes if one.kind == kind]
            if rows or kind != "measured":
                yield self._folded(self.say(kind), rows)
        yield f'<h2 id="findings">{escape(self.say("findings"))}</h2>'
        yield _list(self._findings())
        yield f'<h2 id="assumptions">{escape(self.say("assumptions"))}</h2>'
        yield f"<p>{escape(self.say('choose'))}</p>"
        for one in self.examination.assumptions:
            yield from self._assumption(one)
        yield from self._rows()

    def _verdict(self) -> Iterator[str]:
        numbers = {place: self._number(f"ledger.{id_}") for place, id_ in _TOLD.items()}
        told = escape(str(self.said["labels.review.told"])).format(
            **numbers, findings=self._number("audit.findings")
        )
        outcomes = self.examination.outcomes
        wrong = [one for one in outcomes if one.verdict == DISAGREES]
        right = [one for one in outcomes if one.verdict not in (DISAGREES, NOT_A_QUANTITY)]
        yield f'<h2 id="verdict">{escape(self.say("verdict"))}</h2>\n<p class="told">{told}</p>'
        yield f"<h3>{escape(self.say('disagrees'))}</h3>"
        yield self._outcomes(self.say("disagrees"), wrong) if wrong else f"<p>{escape(self.say('none'))}</p>"
        yield self._folded(self.say("agrees"), right)

    def _folded(self, title: str, outcomes: Sequence[Outcome]) -> str:
        shown = self._outcomes(title, outcomes) if outcomes else f"<p>{escape(self.say('none'))}</p>"
        return f"<details><summary>{escape(title)}: {len(outcomes)}</summary>\n{shown}\n</details>"

    def _outcomes(self, title: str, outcomes: Iterable[Outcome]) -> str:
        columns = self.said["labels.statements.columns"][:5]
        return _table(columns, map(self._outcome, outcomes), _named(title))

    def _outcome(self, one: Outcome) -> list[str]:
        """Place, subject, statement, what the data give, a link to its rows where it is a number, and the verdict."""
        quoted = {name: self._quotable[f"{name}:{one.id}"] for name in ("place", "published", "verdict")}
        given = escape(self._quotable[f"recomputed:{one.id}"] or "–")
        if one.number in self.examination.numbers:
            given = self._number(one.number)
        cells = {name: escape(text) for name, text in quoted.items()}
        cases, subject = self.examination.about(one.id)
        words = self.examination.ledger.words
        named = ", ".join(words.case_or_subject(case)[self.said.code] for case in cases)
        about = ": ".join(filter(None, (named, subject)))
        return [cells["place"], escape(about), cells["published"], given, cells["verdict"]]

    def _found(self) -> set[str]:
        return {one.id for one in self.examination.findings}

    def _findings(self) -> Iterator[str]:
        for one in self.examination.findings:
            number = self._known.get(one.id, "")
            said = {"message": one.message[self.said.code], "assumption": one.assumption[self.said.code]}
            told = self._finding({"number": number, "severity": one.severity, **said})
            yield f'<span id="finding-{escape(number)}" tabindex="-1">{told}</span>'

    def _finding(self, one: Told) -> str:
        severity = self.said["labels.severities"][one["severity"]]
        saved = f" <i>{escape(str(self.said['labels.true_if']))}</i> {escape(one['assumption'])}"
        return (
            f"<b>{escape(one['number'])}</b> {escape(severity)}. {escape(one['message'])}"
            f"{saved if one['assumption'] else ''}"
        )

    def _assumption(self, one: Assumption) -> Iterator[str]:
        code = self.said.code
        others = [other for other in self._others if other["id"] == one.id]
        yield f'<section class="assumption" id="assumption-{one.id}" aria-labelledby="title-{one.id}">'
        yield f'<h3 id="title-{one.id}">{one.id}. {escape(one.says[code])}</h3>'
        yield (
            f"<p>{escape(one.reason[code])} <i>{escape(str(self.said['labels.otherwise']))}</i> "
            f"{escape(one.otherwise[code])}</p>"
        )
        on = [self._known[id_] for id_ in self._known if id_ in self._found() and is_of(id_, one.findings)]
        if on:
            links = ", ".join(f'<a href="#finding-{escape(id_)}">{escape(id_)}</a>' for id_ in on)
            yield f"<p>{escape(self.say('findings'))}: {links}</p>"
        if not others:
            yield f"<p>{escape(self.say('only'))}</p></section>"
            return
        yield f"<fieldset><legend>{escape(self.say('value', id=one.id))}</legend>"
        shown = f"{self._assumed(one.value)} ({escape(self.say('assumed'))})"
        yield _radio(one.id, 0, shown)
        for nth, other in enumerate(others, start=1):
            yield _radio(one.id, nth, self._assumed(other["value"]))
        yield f'</fieldset>\n<div aria-live="polite" id="changes-{one.id}">'
        yield f'<p class="change" data-choice="{one.id}-0">{escape(self.say("same"))}</p>'
        for nth, other in enumerate(others, start=1):
            yield f'<div class="change" data-choice="{one.id}-{nth}">'
            yield from self._changes(one.value, other, f"change-{one.id}-{nth}")
            yield "</div>"
        yield "</div></section>"

    def _changes(self, own: str, other: Told, id_: str) -> Iterator[str]:
        """What another value than `own` changes, under a heading with an id."""
        title = escape(self.say("otherwise", value="\0", own="\1"))
        value, before = map(self._assumed, (other["value"], own))
        yield f'<h4 id="{id_}">{title.replace(chr(0), value).replace(chr(1), before)}</h4>'
        counts = {name: len(other[name]) for name in ("numbers", "sentences", "verdicts")}
        counts["findings"] = len(other["new"]) + len(other["gone"])
        if not any(counts.values()) and not other["broken"]:
            yield f"<p>{escape(self.say('nothing'))}</p>"
            return
        yield f"<p>{escape(self.say('counts', **counts))}</p>"
        if other["numbers"]:
            yield f"<h5>{escape(self.say('numbers'))}</h5>"
            columns, rows = self.said["labels.review.columns"], map(self._moved, other["numbers"])
            yield _table(columns, rows, f'aria-labelledby="{id_}"')
        parts = {
            "sentences": map(self._sentence, other["sentences"]),
            "verdicts": map(self._verdict_change, other["verdicts"]),
            "broken": (f"»{escape(one)}«" for one in other["broken"]),
            "findings": self._moved_findings(other),
        }
        for name, items in parts.items():
            if found := list(items):
                yield f"<h5>{escape(self.say(name))}</h5>\n{_list(found)}"

    def _assumed(self, value: str) -> str:
        return assumed_value(value, self.examination.ledger.words, self.said)

    def _moved(self, row: Sequence[str]) -> list[str]:
        """An id, what it is worth and stands for before and after, and its unit."""
        id_, old, new, unit = row
        absent = self.say("absent")
        before = self._number(id_, escape(old)) if old else escape(absent)
        return [_code(id_), before, f"<ins>{escape(new or absent)}</ins>", escape(unit)]

    def _number(self, id_: str, text: str = "") -> str:
        """A number as text that opens its card."""
        text = text or escape(write(self.examination.numbers[id_], self.said.code))
        return f'<span class="num" data-number="{escape(id_)}">{text}</span>'

    def _sentence(self, one: Sequence[Any]) -> str:
        section, parts = one
        text = "".join(
            escape(new) if old == new else self._replaced(escape(old), escape(new)) for old, new in parts
        ).strip()
        place = next((name for name, page in self._pages.items() if f'id="{section}"' in page), "")
        if not place:
            return text
        heading = escape(_heading(self._pages[place], section))
        return f'{text} <a href="{place}#{escape(section)}">{heading}</a>'

    def _replaced(self, old: str, new: str) -> str:
        before, after = escape(self.say("before")), escape(self.say("after"))
        return (
            f'<del><span class="unseen">{before} </span>{old}</del> '
            f'<ins><span class="unseen">{after} </span>{new}</ins>'
        )

    def _verdict_change(self, row: Sequence[str]) -> str:
        place, published, old, new = map(escape, row)
        return f"{place}: {published}: {self._replaced(old, new)}"

    def _moved_findings(self, other: Told) -> Iterator[str]:
        for one in other["new"]:
            yield f"<b>{escape(self.say('new'))}:</b> {self._finding(one)}"
        gone = [one for one in other["gone"] if one["number"] not in {new["number"] for new in other["new"]}]
        for one in gone:
            said = f"<b>{escape(one['number'])}</b> {escape(one['message'])}"
            yield f"<b>{escape(self.say('gone'))}:</b> <del>{said}</del>"

    def _rows(self) -> Iterator[str]:
        """The data rows that cards lead to, a table a file."""
        words = self.said["labels.rows"]
        yield f'<h2 id="data-rows">{escape(words["title"])}</h2>'
        for one in data_rows(self.examination):
            name = re.sub(r".*/|\.csv$", "", one["file"])
            rows = "".join(
                f'<tr id="{escape(_anchor(name, row["key"]))}" tabindex="-1"><td>{row["sheet_row"]}</td>'
                + "".join(f"<td>{escape(cell)}</td>" for cell in row["cells"])
                + "</tr>\n"
                for row in one["rows"]
            )
            heads = _heads([words["row"], *one["columns"]])
            yield (
                f'<details class="data-file"><summary><code>{escape(one["file"])}</code></summary>'
                f"{_scrolled(f'<thead>{heads}</thead><tbody>{rows}</tbody>', _named(one['file']))}</details>"
            )


def _anchor(table: str, key: str) -> str:
    key = re.sub(r"[ \t\n\v\f\r]", "-", key)  # as cards.js has it
    return f"row-{table}-{key}"


def _heading(page: str, section: str) -> str:
    """The words of a section's heading in a page."""
    found = re.search(
        rf'id="{re.escape(section)}"[^>]*>(?:\s*<(?!/?h\d)[^>]*>)*\s*(?:<h\d[^>]*>)?(.*?)</h\d>',
        page,
        re.DOTALL,
    )
    return " ".join(re.sub(r"<[^>]*>", " ", found[1]).split()) if found else f"#{section}"


def _radio(id_: str, nth: int, shown: str) -> str:
    checked = " checked" if nth == 0 else ""
    return (
        f'<label><input type="radio" name="{id_}" value="{id_}-{nth}"{checked} '
        f'aria-controls="changes-{id_}"> {shown}</label>'
    )


def assumed_value(value: str, words: Words, said: Language) -> str:
    """A figure, a hedge or a quantity in the reader's words, with what `diff --assume` takes behind it; else itself."""
    spoken = {**said["numbers.hedges"], **said["labels.review.precision"]}
    if re.fullmatch(r"\d+(\.\d+)?", value):
        shown = show_figure(Fraction(value), len(value), str(said.code))
    elif value in spoken:
        shown = str(spoken[value])
    elif value in words.settings.quantities:
        shown = words.term(value)[said.code]
    else:
        return _code(value)
    return f'<data value="{escape(value)}">{escape(shown)}</data>'


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _list(items: Iterable[str]) -> str:
    return "\n".join(["<ul>", *(f"<li>{item}</li>" for item in items), "</ul>"])


def _heads(columns: Iterable[str]) -> str:
    cells = (f'<th scope="col">{escape(column)}</th>' for column in columns)
    return f"<tr>{''.join(cells)}</tr>"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], named: str) -> str:
    """Each cell says which column it is of, for a phone, where `paper.css` restacks the rows."""
    labels = [f'data-label="{escape(column)}"' for column in columns]
    body = "\n".join(
        f"<tr>{''.join(f'<td {label}>{cell}</td>' for label, cell in zip(labels, row, strict=True))}</tr>"
        for row in rows
    )
    return _scrolled(f"<thead>{_heads(columns)}</thead>\n<tbody>\n{body}\n</tbody>", named)


def _named(name: str) -> str:
    """The attribute that gives a region its name, which no other has."""
    return f'aria-label="{escape(name)}"'


def _scrolled(table: str, named: str) -> str:
    region = f'class="table-scroll" tabindex="0" role="region" {named}'
    return f"<div {region}><table>{table}</table></div>"


def write_review(
    examination: Examination,
    others: Sequence[Told],
    title: str,
    lang: str,
    out: Path,
    files: Sequence[str],
) -> None:
    """Write the page beside the paper's in `out`, which `files` are, and lead there from the first of them."""
    pages = {name: (out / name).read_text(encoding="utf-8") for name in files if (out / name).is_file()}
    text = review_page(examination, others, title, lang, pages)
    (out / REVIEW).write_text(text, encoding="utf-8", newline="\n")
    first = next(iter(pages))
    (out / first).write_text(linked(pages[first], lang), encoding="utf-8", newline="\n")
