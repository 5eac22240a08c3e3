"""`review.html`: the reviewer's page, whole in one file: the verdict in words, what it rests on, the findings, and each
assumption with what its other values would change, computed beforehand. Its numbers open the same cards as the paper's.

Whatever comes from data is text: it is escaped here, and the scripts read it as data.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template

from recomputed.language.catalogue import Language
from recomputed.language.wording import write, write_meant
from recomputed.ledger.assumptions import is_of
from recomputed.ledger.baseline import numbered, read_known
from recomputed.ledger.examination import Examination
from recomputed.ledger.verdicts import DISAGREES, NOT_A_QUANTITY, Outcome
from recomputed.paper_language import in_paper
from recomputed.paper_toml import Assumption
from recomputed.quantity.numbers import Number
from recomputed.reading.alternatives import Alternative
from recomputed.reading.cards import data_rows, number_cards
from recomputed.reading.whatif import ChangedSentence
from recomputed.typeset.page import ASSETS, stylesheet

FILE = "review.html"
_KINDS = ("derived", "measured", "returned", "transcribed", "compared")
_TOLD = {
    **{"all": "statements", "agree": "agree", "rounding": "within-rounding", "hedge": "within-hedge"},
    **{"disagree": "disagree", "other": "not-quantities"},
}


def review_page(
    examination: Examination, others: Iterable[Alternative], title: str, lang: str, pages: Mapping[str, str]
) -> str:
    """The page in a language; `title` is the paper's, without markup, `pages` the text of its pages by their files."""
    page = _Page(examination, list(others), in_paper(lang), pages)
    parts = {
        "lang": lang,
        "name": escape(page.say("title")),
        "title": escape(title),
        "paper": escape(page.say("paper")),
        "home": next(iter(pages), "index.html"),
        "intro": escape(page.say("intro")),
        "skip": escape(str(page.said["labels.skip"])),
        "style": stylesheet() + _asset("cards.css") + _asset("review.css"),
        "body": "\n".join(page.body()),
        "cards": _json(number_cards(examination, page.said)),
        "scripts": "".join(f"<script>\n{_asset(name)}</script>\n" for name in ("cards.js", "review.js")),
    }
    return Template(_asset("review.html")).substitute(parts)


def linked(page: str, lang: str) -> str:
    """The paper's page with a line at its head that leads to the reviewer's."""
    line = f'<p class="published"><a href="{FILE}">{escape(in_paper(lang)["labels.review.link"])}</a></p>'
    return page.replace("</header>", f"{line}\n</header>", 1)


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _json(block: str) -> str:
    """The line of JSON in a code block of the cards."""
    return block.split("\n")[1]


class _Page:
    """Makes the parts of the page, each as HTML."""

    def __init__(
        self,
        examination: Examination,
        others: Sequence[Alternative],
        said: Language,
        pages: Mapping[str, str],
    ) -> None:
        self.examination, self.said, self._others, self._pages = examination, said, others, pages
        self._quotable = examination.quotable()
        self._known = numbered(read_known(said.code))

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
        yield _list(self._finding(id_) for id_ in self._known if id_ in self._found())
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
        yield self._outcomes(wrong) if wrong else f"<p>{escape(self.say('none'))}</p>"
        yield self._folded(self.say("agrees"), right)

    def _folded(self, title: str, outcomes: Sequence[Outcome]) -> str:
        shown = self._outcomes(outcomes) if outcomes else f"<p>{escape(self.say('none'))}</p>"
        return f"<details><summary>{escape(title)}: {len(outcomes)}</summary>\n{shown}\n</details>"

    def _outcomes(self, outcomes: Iterable[Outcome]) -> str:
        columns = self.said["labels.statements.columns"][:4]
        return _table(columns, map(self._outcome, outcomes), self.say("verdict"))

    def _outcome(self, one: Outcome) -> list[str]:
        """Place, statement, what the data give, a link to its rows where it is a number, and the verdict."""
        quoted = {name: self._quotable[f"{name}:{one.id}"] for name in ("place", "published", "verdict")}
        given = escape(self._quotable[f"recomputed:{one.id}"] or "–")
        if one.number in self.examination.numbers:
            given = self._number(one.number)
        cells = {name: escape(text) for name, text in quoted.items()}
        return [cells["place"], cells["published"], given, cells["verdict"]]

    def _found(self) -> set[str]:
        return {one.id for one in self.examination.findings}

    def _finding(self, id_: str, examination: Examination | None = None) -> str:
        examination = examination or self.examination
        one = next(one for one in examination.findings if one.id == id_)
        code = self.said.code
        number = self._known.get(id_, "")
        severity = escape(str(self.said["labels.severities"][one.severity]))
        own = examination is self.examination
        anchor = f' id="finding-{escape(number)}" tabindex="-1"' if own and number else ""
        saved = f" <i>{escape(str(self.said['labels.true_if']))}</i> {escape(one.assumption[code])}"
        return (
            f"<span{anchor}><b>{escape(number)}</b> {severity}. {escape(one.message[code])}"
            f"{saved if one.assumption[code] else ''}</span>"
        )

    def _assumption(self, one: Assumption) -> Iterator[str]:
        code = self.said.code
        others = [other for other in self._others if other.assumption.id == one.id]
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
        shown = f"{_code(one.value)} ({escape(self.say('assumed'))})"
        yield _radio(one.id, 0, shown)
        for nth, other in enumerate(others, start=1):
            yield _radio(one.id, nth, _code(other.value))
        yield f'</fieldset>\n<div aria-live="polite" id="changes-{one.id}">'
        yield f'<p class="change" data-choice="{one.id}-0">{escape(self.say("same"))}</p>'
        for nth, other in enumerate(others, start=1):
            yield f'<div class="change" data-choice="{one.id}-{nth}">'
            yield from self._changes(other)
            yield "</div>"
        yield "</div></section>"

    def _changes(self, other: Alternative) -> Iterator[str]:
        moved = other.difference
        title = escape(self.say("otherwise", value="\0", own="\1"))
        own, value = _code(other.assumption.value), _code(other.value)
        yield f"<h4>{title.replace(chr(0), value).replace(chr(1), own)}</h4>"
        parts = {
            "numbers": len(moved.numbers),
            "sentences": len(moved.sentences),
            "verdicts": len(moved.verdicts),
            "findings": len({told.partition(":")[0] for told in moved.new_findings + moved.gone_findings}),
        }
        if not any(parts.values()) and not moved.broken:
            yield f"<p>{escape(self.say('nothing'))}</p>"
            return
        yield f"<p>{escape(self.say('counts', **parts))}</p>"
        if moved.numbers:
            rows = (self._moved(one.id, other.examination) for one in moved.numbers)
            yield f"<h5>{escape(self.say('numbers'))}</h5>"
            yield _table(self.said["labels.review.columns"], rows, self.say("numbers"))
        if moved.sentences:
            yield f"<h5>{escape(self.say('sentences'))}</h5>"
            yield _list(map(self._sentence, moved.sentences))
        if moved.verdicts:
            after = other.examination.quotable()
            yield f"<h5>{escape(self.say('verdicts'))}</h5>"
            yield _list(self._verdict_change(one.id, after) for one in moved.verdicts)
        if moved.broken:
            yield f"<h5>{escape(self.say('broken'))}</h5>"
            yield f'<div lang="en">{_list(map(escape, moved.broken))}</div>'
        if moved.new_findings or moved.gone_findings:
            yield f"<h5>{escape(self.say('findings'))}</h5>"
            yield _list(self._moved_findings(other))

    def _moved(self, id_: str, after: Examination) -> list[str]:
        """An id, what it is worth and stands for before and after, and its unit."""
        numbers = (self.examination.numbers.get(id_), after.numbers.get(id_))
        old, new = (self._worth(one) for one in numbers)
        known = next(filter(None, numbers))
        unit = self.examination.tables.package.units.get(known.unit)
        called = unit.called(self.said.code) if unit else ""
        old = self._number(id_, old) if numbers[0] else old
        return [_code(id_), old, f"<ins>{new}</ins>", escape(called or known.unit)]

    def _worth(self, number: Number | None) -> str:
        if number is None:
            return escape(self.say("absent"))
        text, meant = write(number, self.said.code), write_meant(number, self.said.code)
        return escape(text if meant == text else f"{text} ({meant})")

    def _number(self, id_: str, text: str = "") -> str:
        """A number as text that opens its card."""
        text = text or escape(write(self.examination.numbers[id_], self.said.code))
        return f'<span class="num" data-number="{escape(id_)}">{text}</span>'

    def _sentence(self, one: ChangedSentence) -> str:
        text = "".join(
            escape(new) if old == new else self._replaced(escape(old), escape(new)) for old, new in one.parts
        )
        place = next((name for name, page in self._pages.items() if f'id="{one.section}"' in page), "")
        if not place:
            return text.strip()
        heading = escape(_heading(self._pages[place], one.section))
        return f'{text.strip()} <a href="{place}#{escape(one.section)}">{heading}</a>'

    def _replaced(self, old: str, new: str) -> str:
        before, after = escape(self.say("before")), escape(self.say("after"))
        return (
            f'<del><span class="unseen">{before} </span>{old}</del> '
            f'<ins><span class="unseen">{after} </span>{new}</ins>'
        )

    def _verdict_change(self, id_: str, after: Mapping[str, str]) -> str:
        old, new = (escape(quoted[f"verdict:{id_}"]) for quoted in (self._quotable, after))
        published = escape(self._quotable[f"published:{id_}"])
        return f"{escape(self._quotable[f'place:{id_}'])}: {published}: {self._replaced(old, new)}"

    def _moved_findings(self, other: Alternative) -> Iterator[str]:
        changed = {told.partition(":")[0] for told in other.difference.new_findings}
        for one in other.examination.findings:
            if one.id in changed:
                yield f"<b>{escape(self.say('new'))}:</b> {self._finding(one.id, other.examination)}"
        gone = {told.partition(":")[0] for told in other.difference.gone_findings} - changed
        for one in self.examination.findings:
            if one.id in gone:
                told = f"<b>{escape(self._known.get(one.id, ''))}</b> {escape(one.message[self.said.code])}"
                yield f"<b>{escape(self.say('gone'))}:</b> <del>{told}</del>"

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
                f"{_scrolled(f'<thead>{heads}</thead><tbody>{rows}</tbody>', one['file'])}</details>"
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


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _list(items: Iterable[str]) -> str:
    return "\n".join(["<ul>", *(f"<li>{item}</li>" for item in items), "</ul>"])


def _heads(columns: Iterable[str]) -> str:
    cells = (f'<th scope="col">{escape(column)}</th>' for column in columns)
    return f"<tr>{''.join(cells)}</tr>"


def _table(columns: Iterable[str], rows: Iterable[Sequence[str]], name: str) -> str:
    body = "\n".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return _scrolled(f"<thead>{_heads(columns)}</thead>\n<tbody>\n{body}\n</tbody>", name)


def _scrolled(table: str, name: str) -> str:
    region = f'class="table-scroll" tabindex="0" role="region" aria-label="{escape(name)}"'
    return f"<div {region}><table>{table}</table></div>"


def write_review(
    examination: Examination,
    others: Iterable[Alternative],
    title: str,
    lang: str,
    out: Path,
    files: Sequence[str],
) -> None:
    """Write the page beside the paper's in `out`, which `files` are, and lead there from the first of them."""
    pages = {name: (out / name).read_text(encoding="utf-8") for name in files if (out / name).is_file()}
    text = review_page(examination, others, title, lang, pages)
    (out / FILE).write_text(text, encoding="utf-8", newline="\n")
    first = next(iter(pages))
    (out / first).write_text(linked(pages[first], lang), encoding="utf-8", newline="\n")
