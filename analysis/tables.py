"""The paper's tables. Every number is an inline number; data texts are escaped."""

from collections.abc import Callable
from functools import partial

from analysis.data_in_english import cell
from analysis.words import WORDS, say
from recomputed import InputError, Paper, Row, Rows, table
from recomputed.manuscript.inline import escape
from recomputed.manuscript.pipe_tables import hedged, md, pipe_table, with_code

Cellmaker = Callable[[str], str]


@table
def profile(paper: Paper) -> str:
    """Profile of the cases: the article's table 1, with the sums that can be computed."""
    rows: list[tuple[str, Cellmaker]] = [
        ("founded", lambda c: _number(paper, f"profile.founded.{c}")),
        ("tiktok", lambda c: _number(paper, f"profile.tiktok.{c}")),
        ("live", lambda c: _number(paper, f"profile.live.{c}")),
        ("cities", lambda c: _text(paper, c, "cities")),
        ("product", lambda c: _text(paper, c, "product")),
        ("market", lambda c: _text(paper, c, "market")),
        ("staff", partial(_staff, paper)),
        ("affiliates", lambda c: _hedged(paper, f"people.affiliate.{c}")),
        ("sessions", partial(_sessions, paper)),
        ("days", lambda c: _number(paper, f"schedule.days.{c}")),
        ("weekly", lambda c: _number(paper, f"schedule.weekly.{c}")),
        ("equipment", partial(_equipment, paper)),
        ("bandwidth", lambda c: _hedged(paper, f"bandwidth.now.{c}", " Mbps")),
        ("style", lambda c: _text(paper, c, "style")),
        ("promotions", partial(_promotions, paper)),
    ]
    header = [say("category"), *(with_code(paper.name[case]) for case in paper.cases)]
    body = [[say(label), *(make(case) for case in paper.cases)] for label, make in rows]
    return pipe_table(header, body, [20, *([26] * len(paper.cases))])


@table
def audience(paper: Paper) -> str:
    """Audience figures, one row for each case, measure and place that reports them."""
    rows = [
        [
            with_code(paper.name[row["case"]]),
            (say("mean-of") if row["statistic"] == "mean" else "") + _word(paper, row, "measure"),
            _word(paper, row, "condition"),
            _hedged(
                paper,
                f"audience.{row['repeats'] or row.key}",
                say("comments-unit" if row["measure"] == "comments" else "people-unit"),
            ),
            _word(paper, row, "locator"),
        ]
        for row in paper.data["audience"].rows
    ]
    header = [say(key) for key in ("case", "measure", "scope", "reported", "section")]
    return pipe_table(header, rows, [20, 20, 16, 22, 22])


@table
def dates(paper: Paper) -> str:
    """Dated events, as far as the article dates them."""
    rows = [
        [
            _event(paper, row),
            " ".join([*([say(row["part"])] if row["part"] else []), *_date(paper, row.key)]),
        ]
        for row in paper.data["events"].rows
        if not row["repeats"]
    ]
    return pipe_table([say("event"), say("date")], rows, [60, 40])


def _event(paper: Paper, row: Row) -> str:
    event = escape(cell(paper, row, "event"))
    return f"{event} {with_code(paper.name[row['case']])}" if row["case"] else event


def _date(paper: Paper, key: str) -> list[str]:
    ids = [f"events.{key}.{part}" for part in ("day", "month", "year")]
    return [_number(paper, id_) for id_ in ids if id_ in paper.n]


def _number(paper: Paper, id_: str) -> str:
    return md(paper.n[id_]) if id_ in paper.n else say("not-stated")


def _hedged(paper: Paper, id_: str, unit: str = "") -> str:
    """The number with the word for its hedge."""
    return hedged(paper.n[id_]) + unit if id_ in paper.n else say("not-stated")


def _word(paper: Paper, row: Row, column: str) -> str:
    """The paper's word for a cell: of its beginning, where it is a place in the article."""
    place = ".".join(row[column].split(".")[:2])
    if place in WORDS:
        return say(place)
    expected = "a code for which analysis/words.py has a word"
    raise InputError(row.fault(column, expected, repr(row[column])))


def _text(paper: Paper, case: str, column: str) -> str:
    return escape(cell(paper, paper.data["cases"].row(case), column))


def _staff(paper: Paper, case: str) -> str:
    if f"people.sum.{case}" not in paper.n:
        return _number(paper, f"people.total.{case}")
    total = paper.n[f"people.sum.{case}"]
    parts = [
        f"{_number(paper, operand.id)} {say(operand.id.split('.')[1])}" for operand in total.number.operands
    ]
    return f"{md(total)} ({', '.join(parts)})"


def _sessions(paper: Paper, case: str) -> str:
    slots, duration = paper.data["slots"].where(case=case), f"schedule.duration.{case}"
    details = [_listed(paper, slots, "slot")] if slots else []
    if duration in paper.n:
        details.append(f"{say('each-before')}{_number(paper, duration)}{say('each-after')}")
    told = "; ".join(details)
    return _number(paper, f"schedule.sessions.{case}") + (f" ({told})" if told else "")


def _equipment(paper: Paper, case: str) -> str:
    return _listed(paper, paper.data["equipment"].where(case=case, stage="now"), "item")


def _promotions(paper: Paper, case: str) -> str:
    return _listed(paper, paper.data["promotions"].where(case=case), "label")


def _listed(paper: Paper, rows: Rows, column: str) -> str:
    return ", ".join(escape(cell(paper, row, column)) for row in rows) or say("not-stated")
