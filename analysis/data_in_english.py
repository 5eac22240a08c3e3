"""The data's Indonesian texts in English."""

from analysis.words import LANGUAGES
from recomputed import InputError, Paper, Row

ENGLISH = {
    "batik dalam beragam model khas usaha": "batik in various styles of its own",
    "gamis wanita dan batik cap asli usaha": "gamis for women and batik cap of its own make",
    "kebaya wanita": "kebaya for women",
    "pasar umum": "general public",
    "ibu-ibu": "mothers",
    "perempuan remaja hingga dewasa": "women from their teens to adulthood",
    "profesional dan natural": "professional and natural",
    "sopan dan lembut, penampilan menarik diutamakan": "courteous and gentle, with stress on an attractive appearance",
    "santai tetapi serius dengan sapaan personal": "relaxed yet serious, with personal forms of address",
    "internet Biznet": "Biznet internet",
    "pagi": "morning",
    "usai zuhur": "after the midday prayer",
    "siang": "midday",
    "malam": "evening",
    "sisa stok terbatas": "calls that stock is limited",
    "harga khusus siaran": "special prices while live",
    "survei penetrasi internet": "survey of internet penetration",
    "penetrasi internet negara tetangga": "internet penetration in neighbouring countries",
    "publikasi jumlah pengguna TikTok": "publication of the number of TikTok users",
    "wawancara dengan pemilik": "interview with the owner of",
    "penghentian sementara TikTok Shop": "suspension of TikTok Shop",
    "kampanye tanggal kembar": "matching-date campaign",
}
SAME = (
    "Pekalongan",
    "Pekalongan; Jakarta",
    "iPhone",
    "ring light",
    "softbox",
    "BELILOKAL",
    "JUMATHEMAT",
    "flash sale",
)
"""What both languages write alike."""


def cell(paper: Paper, row: Row, column: str) -> str:
    """A text of the data in the manuscript's language. InputError where the English edition has no word for it."""
    text = row[column]
    english = text if text in SAME else ENGLISH.get(text)
    own = (text, english)[LANGUAGES.index(paper.lang)]
    if own is None:
        raise InputError(row.fault(column, "a text that analysis/data_in_english.py has", repr(text)))
    return own
