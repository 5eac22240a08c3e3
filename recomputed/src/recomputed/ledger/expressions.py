"""The tiny language of the ledger: what is compared, what is derived. Nothing written in it is executed.

    statement := clause { ("and" | "or") clause }       "and" binds tighter than "or"
    clause    := "not" clause | sum relation sum | "(" statement ")"
    relation  := "<" | "<=" | ">" | ">=" | "=" | "!=" | "within" | "overlaps"
    sum       := product { ("+" | "-") product }
    product   := factor { ("*" | "/") factor }
    factor    := decimal | id | ("hull" | "min" | "max") "(" sum { "," sum } ")" | "(" sum ")" | "-" factor

An id names a number, or a claim, by its whole id (`length.A.first`); a minus sign stands between
spaces. Values are intervals, so a statement is True or False if it is so for all the numbers that its
operands can be, else None: `within` asks whether all of the first lies in the second, `overlaps` whether the
two have a number in common.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, reduce

from recomputed.quantity.intervals import Interval

Lookup = Callable[[str], Interval]
TOKEN = re.compile(
    r"\s*(?:(?P<id>[A-Za-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*)|(?P<decimal>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<sign><=|>=|!=|[-+*/<>=(),]))"
)
RELATIONS = ("<", "<=", ">", ">=", "=", "!=", "within", "overlaps")
FUNCTIONS = ("hull", "min", "max")
KEYWORDS = {"and", "or", "not", "within", "overlaps", *FUNCTIONS}
DEEPEST = 20  # parentheses within parentheses
LONGEST = 1000  # characters


class ExpressionError(ValueError):
    """The text is not a sentence of the language; the message says where and what was expected there."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the syntax tree: an id, a decimal, or an operation on its parts."""

    operation: str
    text: str = ""
    parts: tuple["Node", ...] = ()

    def ids(self) -> Iterator[str]:
        """The ids that the expression names, in reading order, repeats included."""
        if self.operation == "id":
            yield self.text
        for part in self.parts:
            yield from part.ids()


@lru_cache(maxsize=4096)
def parse_statement(text: str) -> Node:
    """The tree of a statement, something that holds or does not. Raises ExpressionError."""
    return _whole(text, _Parser.statement)


@lru_cache(maxsize=4096)
def parse_value(text: str) -> Node:
    """The tree of a value, something that has a size. Raises ExpressionError."""
    return _whole(text, _Parser.sum)


def value(node: Node, lookup: Lookup) -> Interval:
    """The interval that a value tree gives; `lookup` gives that of an id."""
    if node.operation == "id":
        return lookup(node.text)
    if node.operation == "decimal":
        return Interval.point(Decimal(node.text))
    operands = [value(part, lookup) for part in node.parts]
    return _VALUES[node.operation](operands)


def holds(node: Node, lookup: Lookup) -> bool | None:
    """True or False where a statement holds, or not, whatever its operands are; else None."""
    if node.operation == "not":
        inner = holds(node.parts[0], lookup)
        return None if inner is None else not inner
    if node.operation in ("and", "or"):
        decided = node.operation == "or"  # the value of one part that decides the whole
        parts = [holds(part, lookup) for part in node.parts]
        if decided in parts:
            return decided
        return None if None in parts else not decided
    first, second = (value(part, lookup) for part in node.parts)
    return _compare(node.operation, first, second)


def _compare(relation: str, a: Interval, b: Interval) -> bool | None:
    if relation in (">", ">="):
        return _compare({">": "<", ">=": "<="}[relation], b, a)
    if relation == "<":
        return True if a.certainly_less(b) else None if a.possibly_less(b) else False
    if relation == "<=":
        above = _compare("<", b, a)
        return None if above is None else not above
    if relation == "overlaps":
        return a.intersection(b) is not None
    if a.intersection(b) is None:
        return relation == "!="
    if relation == "within":
        return True if b.contains(a) else None
    return relation == "=" if a.is_point and b.is_point else None


def _hull(operands: list[Interval]) -> Interval:
    return reduce(Interval.hull, operands)


def _least(operands: list[Interval]) -> Interval:
    """The least of several values: below each of them, and reached by one."""
    low = reduce(Interval.hull, operands)
    highs = [Interval(None, operand.high, high_open=operand.high_open) for operand in operands]
    high = reduce(lambda a, b: a.intersection(b) or a, highs)
    return Interval(low.low, high.high, low.low_open, high.high_open)


_VALUES: dict[str, Callable[[list[Interval]], Interval]] = {
    "+": lambda operands: operands[0] + operands[1],
    "-": lambda operands: operands[0] - operands[1],
    "*": lambda operands: operands[0] * operands[1],
    "/": lambda operands: operands[0] / operands[1],
    "negative": lambda operands: -operands[0],
    "hull": _hull,
    "min": _least,
    "max": lambda operands: -_least([-operand for operand in operands]),
}


def _whole(text: str, rule: "Callable[[_Parser], Node]") -> Node:
    if len(text) > LONGEST:
        raise ExpressionError(f"an expression has at most {LONGEST} characters, this one {len(text)}")
    parser = _Parser(text)
    node = rule(parser)
    parser.expect("", "the end")
    return node


class _Parser:
    """Recursive descent over the tokens of one text."""

    def __init__(self, text: str):
        self.text = text
        self.kind, self.token, self.at, self.end = "", "", 0, 0
        self.depth = 0
        self.advance()

    def advance(self) -> None:
        rest = self.text[self.end :]
        if not rest.strip():
            self.kind, self.token, self.at = "end", "", len(self.text)
            return
        match = TOKEN.match(self.text, self.end)
        if match is None or match.lastgroup is None:
            at = self.end + len(rest) - len(rest.lstrip())
            raise ExpressionError(f"character {at + 1}: {self.text[at]!r} has no meaning here")
        self.kind, self.token = match.lastgroup, match[match.lastgroup]
        self.at, self.end = match.start(match.lastgroup), match.end()

    def fail(self, expected: str) -> ExpressionError:
        return ExpressionError(
            f"character {self.at + 1}: expected {expected}, found {self.token or 'the end'!r}"
        )

    def expect(self, token: str, described: str) -> None:
        if self.token != token:
            raise self.fail(described)
        if token:
            self.advance()

    def take(self, *tokens: str) -> str:
        """The token, if it is one of these, which is then passed; else nothing."""
        token = self.token
        if token not in tokens or not token:
            return ""
        self.advance()
        return token

    def nested(self, rule: Callable[[], Node]) -> Node:
        """One level deeper, which is refused where it is too deep to follow."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.fail(f"at most {DEEPEST} levels")
        node = rule()
        self.depth -= 1
        return node

    def statement(self) -> Node:
        return self.chain("or", lambda: self.chain("and", self.clause))

    def chain(self, word: str, rule: Callable[[], Node]) -> Node:
        parts = [rule()]
        while self.take(word):
            parts.append(rule())
        return parts[0] if len(parts) == 1 else Node(word, parts=tuple(parts))

    def clause(self) -> Node:
        if self.take("not"):
            return Node("not", parts=(self.nested(self.clause),))
        if self.token == "(" and self.encloses_statement():
            self.advance()
            node = self.nested(self.statement)
            self.expect(")", "')'")
            return node
        first = self.sum()
        relation = self.take(*RELATIONS)
        if not relation:
            raise self.fail(f"one of {' '.join(RELATIONS)}")
        return Node(relation, parts=(first, self.sum()))

    def encloses_statement(self) -> bool:
        """Whether the parenthesis here is closed around a relation, hence is not one of a sum."""
        depth = 0
        for match in TOKEN.finditer(self.text, self.at):
            token = match[match.lastgroup or 0]
            depth += (token == "(") - (token == ")")
            if depth == 1 and token in RELATIONS:
                return True
            if depth == 0:
                break
        return False

    def sum(self) -> Node:
        return self.binary(("+", "-"), lambda: self.binary(("*", "/"), self.factor))

    def binary(self, signs: tuple[str, ...], rule: Callable[[], Node]) -> Node:
        node = rule()
        while sign := self.take(*signs):
            node = Node(sign, parts=(node, rule()))
        return node

    def factor(self) -> Node:
        kind, token = self.kind, self.token
        if self.take("-"):
            return Node("negative", parts=(self.nested(self.factor),))
        if self.take("("):
            node = self.nested(self.sum)
            self.expect(")", "')'")
            return node
        if function := self.take(*FUNCTIONS):
            self.expect("(", "'('")
            parts = [self.nested(self.sum)]
            while self.take(","):
                parts.append(self.nested(self.sum))
            self.expect(")", "')'")
            return Node(function, parts=tuple(parts))
        if kind not in ("id", "decimal") or token in KEYWORDS:
            raise self.fail("a number, an id or a function")
        self.advance()
        return Node(kind, text=token)
