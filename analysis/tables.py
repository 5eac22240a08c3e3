"""The paper's tables. Every number is an inline number; data texts are escaped."""

from collections.abc import Callable
from functools import partial

from recomputed import Paper, table
from recomputed.manuscript.inline import escape
from recomputed.manuscript.pipe_tables import hedged, md, pipe_table

Cellmaker = Callable[[str], str]


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
        ("Kecepatan internet", lambda c: _hedged(paper, f"bandwidth.now.{c}") + " Mbps"),
        ("Gaya komunikasi", lambda c: _text(paper, c, "style")),
        ("Promosi saat siaran", partial(_promotions, paper)),
        ("Kenaikan omzet", lambda c: "sekitar " + _number(paper, f"turnover.uplift.{c}")),
    ]
    header = ["Kategori", *(f"{md(paper.name[case])} ({case})" for case in paper.cases)]
    body = [[label, *(make(case) for case in paper.cases)] for label, make in rows]
    return pipe_table(header, body, [20, *([26] * len(paper.cases))])


@table
def audience(paper: Paper) -> str:
    """Audience figures, one row for each case, measure and place that reports them."""
    labels = {"viewers": "penonton", "comments": "komentar"}
    times = {"session": "sesi penuh", "hour-1": "jam awal", "hour-2": "jam berikutnya"}
    places = {"results.audience.p2": "pola interaksi", "results.turnover.p1": "dampak pada omzet",
              "results.table1.viewers": "tabel profil", "results.profile.p3": "profil",
              "results.literature.p4": "kaitan pustaka"}  # fmt: skip
    rows = [
        [
            md(paper.name[row["case"]]),
            ("rata-rata " if row["statistic"] == "mean" else "") + labels[row["measure"]],
            times[row["condition"]],
            _hedged(paper, f"audience.{row['repeats'] or row.key}"),
            places[row["locator"]],
        ]
        for row in paper.data["audience"].rows
    ]
    return pipe_table(
        ["Kasus", "Besaran", "Lingkup", "Dilaporkan", "Bagian artikel"], rows, [20, 22, 18, 16, 24]
    )


@table
def conversion(paper: Paper) -> str:
    """The conversion rate by reading, beside the published one."""
    readings = [
        ("Seperti terbit", "sessions.conversion.K1.reported", "dinyatakan artikel tanpa hitungan"),
        ("Semua pasangan", "sessions.conversion.K1", "unit dan penonton boleh berpasangan bebas"),
        (
            "Ujung berpasangan",
            "sessions.conversion.K1.paired",
            "sesi sepi menjual sedikit, sesi ramai menjual banyak",
        ),
        (
            "Penonton paling sedikit",
            "sessions.conversion.K1.fewest",
            "setiap sesi hanya ditonton batas bawah",
        ),
    ]
    rows = [[label, _number(paper, id_), premise] for label, id_, premise in readings]
    return pipe_table(["Cara baca", "Tingkat konversi", "Anggapan"], rows, [26, 20, 54])


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
    return f"{escape(event)} {md(paper.name[case])}" if case else escape(event)


def _date(paper: Paper, key: str) -> list[str]:
    ids = [f"events.{key}.{part}" for part in ("day", "month", "year")]
    return [_number(paper, id_) for id_ in ids if id_ in paper.n]


def _number(paper: Paper, id_: str) -> str:
    return md(paper.n[id_])


def _hedged(paper: Paper, id_: str) -> str:
    """The number with the word for its hedge; a dash where the article reports none."""
    if id_ not in paper.n:
        return "tidak disebutkan"
    return hedged(paper.n[id_])


def _text(paper: Paper, case: str, column: str) -> str:
    return escape(paper.data["cases"].row(case)[column])


def _staff(paper: Paper, case: str) -> str:
    roles = {"operational": "operasional", "host": "host siaran", "owner": "pemilik", "employee": "karyawan",
             "pekalongan": "di Pekalongan", "jakarta": "di Jakarta"}  # fmt: skip
    total = paper.n[f"people.sum.{case}"]
    parts = [
        f"{_number(paper, operand.id)} {roles[operand.id.split('.')[1]]}" for operand in total.number.operands
    ]
    return f"{md(total)} ({', '.join(parts)})"


def _sessions(paper: Paper, case: str) -> str:
    slots = ", ".join(escape(row["slot"]) for row in paper.data["slots"].rows if row["case"] == case)
    duration = f"schedule.duration.{case}"
    each = f"; masing-masing {_number(paper, duration)} jam" if duration in paper.n else ""
    return f"{_number(paper, f'schedule.sessions.{case}')} ({slots}{each})"


def _equipment(paper: Paper, case: str) -> str:
    rows = paper.data["equipment"].where(case=case, stage="now")
    return ", ".join(escape(row["item"]) for row in rows)


def _promotions(paper: Paper, case: str) -> str:
    return ", ".join(escape(row["label"]) for row in paper.data["promotions"].where(case=case))
