"""The paper's tables. Every number is an inline number; data texts are escaped."""

from collections.abc import Callable, Mapping
from functools import partial

from recomputed import Paper, table
from recomputed.faults import InputError
from recomputed.language.wording import hedge_word
from recomputed.manuscript.inline import escape
from recomputed.manuscript.pipe_tables import hedged, md, pipe_table
from recomputed.tables.records import Row, Rows

Cellmaker = Callable[[str], str]
NOT_STATED = "tidak disebutkan"


@table
def profile(paper: Paper) -> str:
    """Profile of the cases: the article's table 1, with the sums that can be computed."""
    rows: list[tuple[str, Cellmaker]] = [
        ("Tahun berdiri", lambda c: _number(paper, f"profile.founded.{c}")),
        ("Mulai memakai TikTok", lambda c: _number(paper, f"profile.tiktok.{c}")),
        ("Mulai siaran langsung", lambda c: _number(paper, f"profile.live.{c}")),
        ("Kota usaha", lambda c: _text(paper, c, "cities")),
        ("Jenis produk", lambda c: _text(paper, c, "product")),
        ("Target pasar", lambda c: _text(paper, c, "market")),
        ("Karyawan", partial(_staff, paper)),
        ("Afiliator", lambda c: _hedged(paper, f"people.affiliate.{c}")),
        ("Sesi per hari", partial(_sessions, paper)),
        ("Hari siaran per minggu", lambda c: _number(paper, f"schedule.days.{c}")),
        ("Sesi per minggu", lambda c: _number(paper, f"schedule.weekly.{c}")),
        ("Peralatan siaran", partial(_equipment, paper)),
        ("Kecepatan internet", lambda c: _hedged(paper, f"bandwidth.now.{c}", " Mbps")),
        ("Gaya komunikasi", lambda c: _text(paper, c, "style")),
        ("Promosi saat siaran", partial(_promotions, paper)),
        ("Kenaikan omzet", partial(_uplift, paper)),
    ]
    header = ["Kategori", *(_named(paper, case) for case in paper.cases)]
    body = [[label, *(make(case) for case in paper.cases)] for label, make in rows]
    return pipe_table(header, body, [20, *([26] * len(paper.cases))])


@table
def audience(paper: Paper) -> str:
    """Audience figures, one row for each case, measure and place that reports them."""
    labels = {"viewers": "penonton", "comments": "komentar"}
    times = {"session": "sesi penuh", "hour-1": "jam awal", "hour-2": "jam berikutnya"}
    sections = {"audience": "pola interaksi", "turnover": "dampak pada omzet", "table1": "tabel profil",
                "profile": "profil", "literature": "kaitan pustaka"}  # fmt: skip
    rows = [
        [
            _named(paper, row["case"]),
            ("rata-rata " if row["statistic"] == "mean" else "") + _word(labels, row, "measure"),
            _word(times, row, "condition"),
            _hedged(
                paper,
                f"audience.{row['repeats'] or row.key}",
                " komentar" if row["measure"] == "comments" else " orang",
            ),
            _word({f"results.{name}": word for name, word in sections.items()}, row, "locator"),
        ]
        for row in paper.data["audience"].rows
    ]
    return pipe_table(
        ["Kasus", "Besaran", "Lingkup", "Dilaporkan per sesi", "Bagian artikel"], rows, [20, 20, 16, 22, 22]
    )


@table
def dates(paper: Paper) -> str:
    """Dated events, as far as the article dates them."""
    parts = {"early": "awal", "mid": "pertengahan", "late": "akhir", "": ""}
    rows = [
        [
            _event(paper, row["event"], row["case"]),
            " ".join(filter(None, [parts[row["part"]], *_date(paper, row.key)])),
        ]
        for row in paper.data["events"].rows
        if not row["repeats"]
    ]
    return pipe_table(["Peristiwa", "Waktu"], rows, [60, 40])


def _event(paper: Paper, event: str, case: str) -> str:
    return f"{escape(event)} {_named(paper, case)}" if case else escape(event)


def _named(paper: Paper, case: str) -> str:
    return f"{md(paper.name[case])} ({case})"


def _date(paper: Paper, key: str) -> list[str]:
    ids = [f"events.{key}.{part}" for part in ("day", "month", "year")]
    return [_number(paper, id_) for id_ in ids if id_ in paper.n]


def _number(paper: Paper, id_: str) -> str:
    return md(paper.n[id_]) if id_ in paper.n else NOT_STATED


def _hedged(paper: Paper, id_: str, unit: str = "") -> str:
    """The number with the word for its hedge."""
    return hedged(paper.n[id_]) + unit if id_ in paper.n else NOT_STATED


def _word(words: Mapping[str, str], row: Row, column: str) -> str:
    """The paper's word for a cell: of its beginning, where it is a place in the article."""
    for begins, word in words.items():
        if f"{row[column]}.".startswith(f"{begins}."):
            return word
    expected = f"one of {', '.join(words)}, for which analysis/tables.py has a word"
    raise InputError(row.fault(column, expected, repr(row[column])))


def _uplift(paper: Paper, case: str) -> str:
    index = paper.n[f"turnover.index.{case}"]
    return hedge_word(index.number.hedge, paper.lang) + _number(paper, f"turnover.uplift.{case}")


def _text(paper: Paper, case: str, column: str) -> str:
    return escape(paper.data["cases"].row(case)[column])


def _staff(paper: Paper, case: str) -> str:
    roles = {"operational": "operasional", "host": "host siaran", "owner": "pemilik", "employee": "karyawan",
             "pekalongan": "di Pekalongan", "jakarta": "di Jakarta"}  # fmt: skip
    if f"people.sum.{case}" not in paper.n:
        return _number(paper, f"people.total.{case}")
    total = paper.n[f"people.sum.{case}"]
    parts = [
        f"{_number(paper, operand.id)} {roles[operand.id.split('.')[1]]}" for operand in total.number.operands
    ]
    return f"{md(total)} ({', '.join(parts)})"


def _sessions(paper: Paper, case: str) -> str:
    details = [_listed(paper.data["slots"].where(case=case), "slot")]
    duration = f"schedule.duration.{case}"
    details += [f"masing-masing {_number(paper, duration)} jam"] if duration in paper.n else []
    told = "; ".join(detail for detail in details if detail != NOT_STATED)
    return _number(paper, f"schedule.sessions.{case}") + (f" ({told})" if told else "")


def _equipment(paper: Paper, case: str) -> str:
    return _listed(paper.data["equipment"].where(case=case, stage="now"), "item")


def _promotions(paper: Paper, case: str) -> str:
    return _listed(paper.data["promotions"].where(case=case), "label")


def _listed(rows: Rows, column: str) -> str:
    return ", ".join(map(escape, rows.texts(column))) or NOT_STATED
