"""The words in which findings speak of quantities, conditions and figures, in English and in Indonesian."""

from collections.abc import Sequence

from recomputed.language.numerals import show
from recomputed.ledger.claims import Claim
from recomputed.ledger.findings import Text
from recomputed.quantity.intervals import Interval

TERMS = {
    "active-viewers": Text("active viewers", "penonton aktif"),
    "bandwidth": Text("internet speed", "kecepatan internet"),
    "comments": Text("comments", "komentar"),
    "conversion": Text("conversion rate", "tingkat konversi"),
    "penetration": Text("internet penetration", "penetrasi internet"),
    "promotions": Text("promotions", "promosi"),
    "prime-time": Text("prime time", "waktu utama"),
    "revenue": Text("revenue", "omzet"),
    "staff": Text("staff", "karyawan"),
    "turnover.evidence-kinds": Text("kinds of evidence for turnover", "jenis bukti kenaikan omzet"),
    "units": Text("items sold", "unit terjual"),
    "uplift": Text("rise in turnover", "kenaikan omzet"),
    "viewers": Text("viewers", "penonton"),
}
CONDITIONS = {
    "before-live": Text("sales before live sessions", "penjualan sebelum siaran"),
    "before-regular-live": Text("sales before regular live sessions", "penjualan sebelum siaran rutin"),
    "employee": Text("other than the owner", "selain pemilik"),
    "indonesia": Text("in Indonesia", "di Indonesia"),
    "malaysia": Text("in Malaysia", "di Malaysia"),
    "thailand": Text("in Thailand", "di Thailand"),
    "us": Text("in the United States", "di Amerika Serikat"),
    "hour-1": Text("in the first hour", "pada jam pertama"),
    "hour-2": Text("in the second hour", "pada jam kedua"),
    "literature": Text("in the literature", "dalam pustaka"),
    "now": Text("now", "saat ini"),
    "session": Text("in a session", "dalam satu sesi"),
}
UNITS = {
    "Mbps": Text(" Mbps", " Mbps"),
    "percent-change": Text("%", "%"),
    "percent-share": Text("%", "%"),
    "rupiah": Text(" rupiah", " rupiah"),
}
SPANS = {"day": "hari", "week": "minggu", "month": "bulan", "year": "tahun"}


def term(code: str) -> Text:
    """What a quantity is called; its code in plain words where it has no name here."""
    return TERMS.get(code) or Text(code.replace("-", " "), code.replace("-", " "))


def condition(code: str) -> Text:
    """What a condition or a basis is called; its code in plain words where it has no name here."""
    return CONDITIONS.get(code) or Text(code.replace("-", " "), code.replace("-", " "))


def case_or_place(code: str) -> Text:
    """A case as its code, any other subject by what its condition is called, as `the literature`."""
    name = CONDITIONS.get(code)
    return Text(name.en.removeprefix("in "), name.id.removeprefix("dalam ")) if name else Text(code, code)


def figure(interval: Interval, unit: str, digits: int = 1) -> Text:
    """An interval with its unit; times of day with minutes."""
    if unit == "clock":
        clock = "–".join(f"{float(end):05.2f}" for end in (interval.low, interval.high) if end is not None)
        return Text(clock, clock)
    suffix = UNITS.get(unit, Text("", ""))
    return Text(
        show(interval, digits=digits) + suffix.en, show(interval, digits=digits, language="id") + suffix.id
    )


def stated(claim: Claim) -> Text:
    """A claim's figure, its hedge in words where it is a bound or an approximation."""
    if claim.hedge in ("at-least", "more-than", "up-to"):
        return figure(claim.stands_for, claim.unit)
    about = Text("about ", "sekitar ") if claim.hedge == "about" else Text("", "")
    value = figure(claim.nominal, claim.unit, digits=2)
    return Text(about.en + value.en, about.id + value.id)


def subject(claim: Claim) -> Text:
    """Of what the claim is: case, quantity and condition, as `viewers of K3 in the first hour`."""
    what, when = term(claim.quantity), condition(claim.condition)
    owner = f" {claim.case}" if claim.case else ""
    of = f" of{owner}" if owner else ""
    tail = Text(f" {when.en}", f" {when.id}") if claim.condition else Text("", "")
    return Text(f"{what.en}{of}{tail.en}", f"{what.id}{owner}{tail.id}")


def listed(words: Sequence[str], conjunction: str) -> str:
    """Words as a list in a sentence: `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def both(texts: Sequence[Text]) -> Text:
    """Several texts as a list, in each language."""
    return Text(listed([text.en for text in texts], "and"), listed([text.id for text in texts], "dan"))


def span(window: str) -> Text:
    """A window such as `3 month` in words."""
    number, _, unit = window.partition(" ")
    plural = "" if number == "1" else "s"
    return Text(f"{number} {unit}{plural}", f"{number} {SPANS.get(unit, unit)}")
