"""The paper's tables as Markdown pipe tables. Every number is an inline number; data texts are escaped."""

from collections.abc import Callable, Mapping, Sequence

from recomputed.manuscript.inline import CaseName, Inline, Inlines, escape
from recomputed.tables.load import Tables

Cellmaker = Callable[[str], str]
HEDGE_WORDS = {"about": "sekitar ", "at-least": "minimal ", "more-than": "lebih dari ", "up-to": "hingga "}
RULE = 100  # dashes under a header, shared out in proportion to the columns' widths


def pipe_table(header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """A pipe table from Markdown cells; `widths` are the columns' relative widths.

    It begins with an empty line: a table after only one is read twice by pandoc, to see whether the paragraph
    before is a term that is defined. Raises ValueError for a row of another length than the header.
    """
    lengths = {len(header), len(widths), *(len(row) for row in rows)}
    if len(lengths) != 1:
        raise ValueError(f"a table's rows differ in length: {sorted(lengths)}")
    total = sum(widths)
    rule = [":" + "-" * max(3, RULE * width // total) for width in widths]
    return "\n" + "\n".join(
        f"| {' | '.join(row)} |" if row is not rule else f"|{'|'.join(row)}|" for row in (header, rule, *rows)
    )


def md(inline: Inline | CaseName) -> str:
    """An inline number or name as Markdown."""
    return inline._repr_markdown_()


class PaperTables:
    """Makes the tables of the paper by name."""

    def __init__(self, tables: Tables, n: Inlines, names: Mapping[str, CaseName]):
        self.tables, self.n, self.names = tables, n, names
        self.cases = tables["cases"].column("case")

    def make(self, name: str) -> str:
        """The table as Markdown. Raises KeyError that lists the tables there are."""
        makers = {
            "profile": self.profile,
            "audience": self.audience,
            "conversion": self.conversion,
            "dates": self.dates,
        }
        if name not in makers:
            raise KeyError(f"no table is called {name!r}. Hint: {', '.join(makers)}")
        return makers[name]()

    def profile(self) -> str:
        """Profile of the cases: the article's table 1, with the sums that can be computed."""
        rows: list[tuple[str, Cellmaker]] = [
            ("Tahun berdiri", lambda c: self._number(f"profile.founded.{c}")),
            ("Mulai memakai TikTok", lambda c: self._number(f"profile.tiktok.{c}")),
            ("Mulai siaran langsung", lambda c: self._number(f"profile.live.{c}")),
            ("Kota usaha", lambda c: self._text(c, "cities")),
            ("Jenis produk", lambda c: self._text(c, "product")),
            ("Target pasar", lambda c: self._text(c, "market")),
            ("Karyawan", self._staff),
            ("Afiliator", lambda c: self._hedged(f"people.affiliate.{c}")),
            ("Sesi per hari", self._sessions),
            ("Hari siaran per minggu", lambda c: self._number(f"schedule.days.{c}")),
            ("Sesi per minggu", lambda c: self._number(f"schedule.weekly.{c}")),
            ("Peralatan siaran", self._equipment),
            ("Kecepatan internet", lambda c: self._hedged(f"bandwidth.now.{c}") + " Mbps"),
            ("Gaya komunikasi", lambda c: self._text(c, "style")),
            ("Promosi saat siaran", self._promotions),
            ("Kenaikan omzet", lambda c: "sekitar " + self._number(f"turnover.uplift.{c}")),
        ]
        header = ["Kategori", *(f"{md(self.names[case])} ({case})" for case in self.cases)]
        body = [[label, *(make(case) for case in self.cases)] for label, make in rows]
        return pipe_table(header, body, [20, *([26] * len(self.cases))])

    def audience(self) -> str:
        """Audience figures, one row for each case, measure and place that reports them."""
        labels = {"viewers": "penonton", "active-viewers": "penonton aktif", "comments": "komentar"}
        times = {"session": "sesi penuh", "hour-1": "jam awal", "hour-2": "jam berikutnya"}
        places = {"results.audience.p2": "pola interaksi", "results.turnover.p1": "dampak pada omzet",
                  "results.table1.viewers": "tabel profil", "results.profile.p3": "profil",
                  "results.literature.p4": "kaitan pustaka"}  # fmt: skip
        rows = [
            [
                md(self.names[row["case"]]),
                ("rata-rata " if row["statistic"] == "mean" else "") + labels[row["measure"]],
                times[row["condition"]],
                self._hedged(f"audience.{row['repeats'] or row.key}"),
                places[row["locator"]],
            ]
            for row in self.tables["audience"].rows
        ]
        return pipe_table(
            ["Kasus", "Besaran", "Lingkup", "Dilaporkan", "Bagian artikel"], rows, [20, 22, 18, 16, 24]
        )

    def conversion(self) -> str:
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
        rows = [[label, self._number(id_), premise] for label, id_, premise in readings]
        return pipe_table(["Cara baca", "Tingkat konversi", "Anggapan"], rows, [26, 20, 54])

    def dates(self) -> str:
        """Dated events, as far as the article dates them."""
        parts = {"early": "awal", "mid": "pertengahan", "late": "akhir", "": ""}
        rows = [
            [escape(row["event"]), " ".join(filter(None, [parts[row["part"]], *self._date(row.key)]))]
            for row in self.tables["events"].rows
            if not row["repeats"]
        ]
        return pipe_table(["Peristiwa", "Waktu"], rows, [60, 40])

    def _date(self, key: str) -> list[str]:
        ids = [f"events.{key}.{part}" for part in ("day", "month", "year")]
        return [self._number(id_) for id_ in ids if id_ in self.n]

    def _number(self, id_: str) -> str:
        return md(self.n[id_])

    def _hedged(self, id_: str) -> str:
        """The number with the word for its hedge; a dash where the article reports none."""
        if id_ not in self.n:
            return "tidak disebutkan"
        return HEDGE_WORDS.get(self.n[id_].number.hedge, "") + self._number(id_)

    def _text(self, case: str, column: str) -> str:
        return escape(self.tables["cases"].row(case)[column])

    def _staff(self, case: str) -> str:
        roles = {"operational": "operasional", "host": "host siaran", "owner": "pemilik", "employee": "karyawan",
                 "pekalongan": "di Pekalongan", "jakarta": "di Jakarta"}  # fmt: skip
        total = self.n[f"people.sum.{case}"]
        parts = [
            f"{self._number(operand.id)} {roles[operand.id.split('.')[1]]}"
            for operand in total.number.operands
        ]
        return f"{md(total)} ({', '.join(parts)})"

    def _sessions(self, case: str) -> str:
        slots = ", ".join(escape(row["slot"]) for row in self.tables["slots"].rows if row["case"] == case)
        duration = f"schedule.duration.{case}"
        each = f"; masing-masing {self._number(duration)} jam" if duration in self.n else ""
        return f"{self._number(f'schedule.sessions.{case}')} ({slots}{each})"

    def _equipment(self, case: str) -> str:
        rows = self.tables["equipment"].where(case=case, stage="now")
        return ", ".join(escape(row["item"]) for row in rows)

    def _promotions(self, case: str) -> str:
        return ", ".join(escape(row["label"]) for row in self.tables["promotions"].where(case=case))
