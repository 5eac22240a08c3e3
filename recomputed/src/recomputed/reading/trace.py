"""One number in the terminal: value, expression, rows, code, where the paper states it, what the article said."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rich.markup import escape
from rich.tree import Tree

from recomputed import paths
from recomputed.descriptions.article import Record
from recomputed.descriptions.code_lines import source_of
from recomputed.descriptions.mentions import source_lines
from recomputed.descriptions.numbers_json import document, expression_of
from recomputed.editions import manuscript_of, profiles
from recomputed.language import wording
from recomputed.language.catalogue import ENGLISH, language
from recomputed.ledger.baseline import numbered, read_known
from recomputed.paper_language import in_paper
from recomputed.paper_toml import paper_settings
from recomputed.reading.appendix import Appendix
from recomputed.tables.load import Tables
from recomputed.text_files import read_text


@dataclass
class Tracer:
    """Follows numbers home, on the paper as it stands: its data, its code and its source text."""

    appendix: Appendix

    @cached_property
    def records(self) -> dict[str, Record]:
        """Every number as `numbers.json` describes it, its places left out, by its id."""
        return {number["id"]: number for number in self.content["numbers"]}

    @cached_property
    def findings(self) -> dict[str, Record]:
        """The findings of the audit by their ids."""
        return {finding["id"]: finding for finding in self.content["findings"]}

    @cached_property
    def content(self) -> dict[str, Any]:
        """What `numbers.json` holds, the places left out."""
        return document(self.appendix.examination)

    @property
    def tables(self) -> Tables:
        return self.appendix.examination.tables

    def record(self, id_: str) -> dict[str, Any]:
        """`trace ID --json`: the number as in `numbers.json`, with the lines of the manuscripts that state it as
        its places, the source of its function, and its findings whole. Raises UnknownNumber.
        """
        self.appendix.examination.numbers[id_]
        number = dict(self.records[id_])
        function = dict(number["function"])
        function["source"] = source_of(function["file"], function["line"])
        return {
            **number,
            "function": function,
            "places": [
                {"file": file, "line": line} for file, lines in self.lines(id_).items() for line in lines
            ],
            "findings": [self.findings[finding] for finding in number["findings"]],
        }

    def lines(self, id_: str) -> dict[str, list[int]]:
        """The lines of each edition's manuscript that state the number."""
        make = self.appendix.paper.make_table
        files = map(manuscript_of, profiles())
        return {file: source_lines(read_text(paths.ROOT / file), id_, make) for file in files}

    def matching(self, text: str) -> Iterator[Record]:
        """The numbers whose id, value, unit or expression contains `text`, whatever its case; sorted by id."""
        for number in self.records.values():
            words = (
                number["id"],
                *number["formatted"].values(),
                self.unit(number),
                number["expression"]["words"],
            )
            if any(text.casefold() in word.casefold() for word in words):
                yield number

    def unit(self, number: Record) -> str:
        """The English name of a number's unit."""
        unit = self.tables.package.units.get(number["unit"])
        return (unit.called(ENGLISH) if unit else "") or str(number["unit"])

    def tree(self, id_: str) -> Tree:
        """The number and all it rests on, to be printed. Raises UnknownNumber."""
        number = self.record(id_)
        root = Tree(f"[bold]{_head(number)}[/]  {escape(self.unit(number))}, {number['kind']}")
        if number["value"]["text"] != number["formatted"]["en"]:
            root.add(f"exactly {escape(number['value']['text'])}")
        if number["stands_for"] != number["value"]:
            hedge = "" if number["hedge"] in ("none", "exact") else f" ({number['hedge']})"
            root.add(f"stands for {escape(number['stands_for']['text'])}{hedge}")
        self._rests_on(root, number)
        function = number["function"]
        code = root.add(f"computed in [bold]{function['file']}:{function['line']}[/]")
        code.add(escape(function["source"]))
        if "package" in function:
            code.add(f"estimated by {escape(function['package'])}")
        for file, found in self.lines(id_).items():
            lines, word = ", ".join(map(str, found)), "lines" if len(found) > 1 else "line"
            root.add(f"stated in [bold]{file}[/], {word} {lines}" if lines else f"stated nowhere in {file}")
        self._assumes(root, number)
        _said(root, number)
        return root

    def _assumes(self, root: Tree, number: Record) -> None:
        """What the number rests on that is assumed."""
        told = {one["id"]: one["says"][ENGLISH] for one in self.content["assumptions"]}
        if number["assumptions"]:
            branch = root.add("assumes")
            for id_ in number["assumptions"]:
                branch.add(f"[bold]{id_}[/] {escape(told[id_])}")

    def _rests_on(self, branch: Tree, number: Record) -> None:
        """Expression and operands, each with its own; a number that rests on cells shows them."""
        coded, made = number["coded"], self.appendix.examination.numbers[number["id"]]
        expression = wording.told(expression_of(made, in_paper(ENGLISH)), ENGLISH)
        words = branch.add(escape(coded["told"]["en"] if coded else f"= {expression}"))
        if number["returns"]:
            branch.add(escape(f"{language(ENGLISH)['labels.returns']}: {', '.join(number['returns'])}"))
        for operand in dict.fromkeys(number["expression"]["operands"]):
            self._rests_on(words.add(_head(self.records[operand])), self.records[operand])
        if not number["expression"]["operands"]:
            for selection in number["selections"]:
                first = ", the first of them" if selection["count"] > len(number["rows"]) else ""
                words.add(escape(f"{selection['told']['en']}{first}"))
            for row in number["rows"]:
                place = f"{row['file']}, row {row['sheet_row']} ({row['key']}), column {row['column']}"
                words.add(f"{escape(place)}: [bold]{escape(repr(row['cell']))}[/]")


def _head(number: Record) -> str:
    return f"{escape(number['id'])} = {escape(number['formatted']['en'])}"


def _said(root: Tree, number: Record) -> None:
    """What the article states and the findings that concern the number."""
    if number["article"]:
        stated = root.add(f"{paper_settings().article.called_in(language(ENGLISH))} states")
        for claim in number["article"]:
            mark = "red" if claim["verdict"] == "disagrees" else "green"
            verdict = f"[{mark}]{claim['verdict']}[/]"
            why = (
                f"; {escape(claim['reason'])}" if claim["verdict"] == "disagrees" and claim["reason"] else ""
            )
            stated.add(f"{escape(claim['published'])} ({escape(claim['locator'])}): {verdict}{why}")
    if number["findings"]:
        found, of = root.add("findings"), numbered(read_known())
        for finding in number["findings"]:
            found.add(
                f"{of.get(finding['id'], 'new')} [yellow]{finding['severity']}[/]: {escape(finding['message'])}"
            )
