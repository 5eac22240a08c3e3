"""The words in which findings speak: sentences of the languages, with the quantities and places of the paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from recomputed.faults import nearest
from recomputed.language.catalogue import ENGLISH, Text, language
from recomputed.language.numerals import show
from recomputed.language.wording import clock, hedge_word, percent_sign
from recomputed.paper_toml import PaperSettings, UnitWording
from recomputed.quantity.intervals import Interval

if TYPE_CHECKING:
    from recomputed.ledger.claims import Claim


@dataclass(frozen=True)
class Words:
    """How findings on a paper's article are worded, in English and in each language of the paper."""

    settings: PaperSettings = field(default_factory=PaperSettings)
    manuscript: str = ENGLISH
    """The language of the manuscript, which quotes the findings."""

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """English, which the terminal speaks, then those of the paper."""
        return tuple(dict.fromkeys((ENGLISH, *self.settings.paper.languages, self.manuscript)))

    def say(self, key: str, own: Text | None = None, /, **parts: object) -> Text:
        """The sentence at a key of `[findings]`, in words of the paper's own if it has some, its places filled."""
        ours = own or self.settings.findings.get(key, Text())
        template = {code: ours.get(code) or language(code)[f"findings.{key}"] for code in self.languages}
        source = Text({code: self.settings.article.called_in(language(code)) for code in self.languages})
        begins = Text({code: text[:1].upper() + text[1:] for code, text in source.items()})
        return self.fill(template, **{"source": source, "Source": begins, **parts})

    def fill(self, template: str | Mapping[str, str], /, **parts: object) -> Text:
        """A template with its places filled: with a text in its own language, with anything else as it is."""
        return Text(
            {
                code: (template if isinstance(template, str) else template[code]).format(
                    **{name: part[code] if isinstance(part, Text) else part for name, part in parts.items()}
                )
                for code in self.languages
            }
        )

    def same(self, text: str) -> Text:
        """A text that is the same in every language."""
        return Text(dict.fromkeys(self.languages, text))

    def term(self, code: str) -> Text:
        """What a quantity is called; its code in plain words where it has no name here."""
        return self._named(self.settings.quantities, code)

    def condition(self, code: str) -> Text:
        """What a condition or a basis is called; its code in plain words where it has no name here."""
        return self._named(self.settings.conditions, code)

    def evidence(self, code: str) -> Text:
        """What a statement rests on; its code in plain words where it has no name here."""
        return self._named(self.settings.evidence, code)

    def case_or_subject(self, code: str) -> Text:
        """A case as its code, any other subject by its name."""
        known = {**self.settings.conditions, **self.settings.subjects}
        return self._named(known, code) if code in known else self.same(code)

    def figure(self, interval: Interval, unit: str, digits: int = 1) -> Text:
        """An interval with its unit; times of day with minutes."""
        if unit == "clock":
            ends = [end for end in (interval.low, interval.high) if end is not None]
            return Text({code: "–".join(clock(end, code) for end in ends) for code in self.languages})
        after = self.settings.units.get(unit, UnitWording()).after
        return Text(
            {
                code: show(interval, digits=digits, language=code) + after.get(code, percent_sign(unit, code))
                for code in self.languages
            }
        )

    def stated(self, claim: "Claim") -> Text:
        """A claim's figure, its hedge in words where it is a bound or an approximation."""
        if claim.hedge in ("at-least", "more-than", "up-to"):
            return self.figure(claim.stands_for, claim.unit)
        value = self.figure(claim.nominal, claim.unit, digits=2)
        if claim.hedge != "about":
            return value
        return Text({code: hedge_word("about", code) + value[code] for code in self.languages})

    def subject(self, claim: "Claim") -> Text:
        """Of what the claim is: case, quantity and condition, as `length of A in spring`."""
        what = self.term(claim.quantity)
        return self._when(self.say("of", what=what, case=claim.case) if claim.case else what, claim)

    def matter(self, claim: "Claim") -> Text:
        """Of what the claim is, without the case: `length in spring`."""
        return self._when(self.term(claim.quantity), claim)

    def _when(self, what: Text, claim: "Claim") -> Text:
        when = self.condition(claim.condition)
        return self.fill("{what} {when}", what=what, when=when) if claim.condition else what

    def stem(self, id_: str) -> str:
        """What a number's id begins with that has a name; the id where nothing has."""
        stem = id_
        while stem not in self.settings.quantities and "." in stem:
            stem = stem.rpartition(".")[0]
        return stem if stem in self.settings.quantities else id_

    def claimed(self, claim: "Claim") -> Text:
        """A claim with its figure: `length of A (25–35)`."""
        return self.fill("{what} ({figure})", what=self.subject(claim), figure=self.stated(claim))

    def listed(self, texts: Sequence[Text]) -> Text:
        """Several texts as a list in a sentence: `a, b and c`."""
        if len(texts) < 2:
            return self.joined(texts, "")
        return self.say("and", first=self.joined(texts[:-1], ", "), last=texts[-1])

    def joined(self, texts: Sequence[Text], separator: str) -> Text:
        """Several texts one after the other."""
        return Text({code: separator.join(text[code] for text in texts) for code in self.languages})

    def counted(self, key: str, number: int) -> Text:
        """A number with the noun at a key: `1 case`, `3 cases`."""
        nouns = {code: language(code)[f"findings.{key}"][number != 1] for code in self.languages}
        return self.fill("{number} {noun}", number=number, noun=Text(nouns))

    def span(self, window: str) -> Text:
        """A window such as `3 month` in words; as it stands where its unit is none."""
        number, _, unit = window.partition(" ")
        known = number.isdecimal() and unit in language(ENGLISH)["findings.spans"]
        return self.counted(f"spans.{unit}", int(number)) if known else self.same(window)

    def place(self, locator: str) -> Text:
        """`results.p2` as "Results, paragraph 2"; the locator itself where the paper names no sections.

        Raises ValueError for a place that the article has not.
        """
        sections = self.settings.sections
        if not sections:
            return self.same(locator)
        around = [one for one in sections if f"{locator}.".startswith(f"{one}.")]
        if not around:
            raise ValueError(f"{locator!r}, which is in none of [sections]{nearest(locator, sections)}")
        section = max(around, key=len)
        name, rest = self._complete(sections[section], section), locator[len(section) + 1 :]
        return self.fill("{name}, {part}", name=name, part=self._part(rest)) if rest else name

    def _part(self, rest: str) -> Text:
        if rest in self.settings.rows:
            return self._named(self.settings.rows, rest)
        kind, number = ("paragraph", rest[1:]) if rest.startswith("p") else ("item", rest)
        if not number.isdecimal():
            rows = self.settings.rows
            raise ValueError(
                f"{rest!r}, which is neither a paragraph, nor an item, nor one of [rows]{nearest(rest, rows)}"
            )
        return self.say(f"places.{kind}", number=number)

    def _named(self, names: Mapping[str, Text], code: str) -> Text:
        return self._complete(names.get(code, Text()), code.replace("-", " "))

    def _complete(self, name: Text, otherwise: str) -> Text:
        return Text({code: name.get(code, otherwise) for code in self.languages})
