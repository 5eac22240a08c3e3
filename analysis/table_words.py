"""What the tables call things, in each of the paper's languages, and the data's Indonesian texts in English."""

from recomputed import Paper
from recomputed.faults import InputError
from recomputed.tables.records import Row

LANGUAGES = ("id", "en")

WORDS = {
    "not-stated": ("tidak disebutkan", "not stated"),
    "category": ("Kategori", "Category"),
    "founded": ("Tahun berdiri", "Founded"),
    "tiktok": ("Mulai memakai TikTok", "On TikTok since"),
    "live": ("Mulai siaran langsung", "Live since"),
    "cities": ("Kota usaha", "Place of business"),
    "product": ("Jenis produk", "Products"),
    "market": ("Target pasar", "Target market"),
    "staff": ("Karyawan", "Staff"),
    "affiliates": ("Afiliator", "Affiliates"),
    "sessions": ("Sesi per hari", "Sessions a day"),
    "days": ("Hari siaran per minggu", "Days live a week"),
    "weekly": ("Sesi per minggu", "Sessions a week"),
    "equipment": ("Peralatan siaran", "Equipment"),
    "bandwidth": ("Kecepatan internet", "Internet speed"),
    "style": ("Gaya komunikasi", "Style of communication"),
    "promotions": ("Promosi saat siaran", "Promotions while live"),
    "operational": ("operasional", "operational"),
    "host": ("host siaran", "live hosts"),
    "owner": ("pemilik", "owner"),
    "employee": ("karyawan", "employee"),
    "pekalongan": ("di Pekalongan", "in Pekalongan"),
    "jakarta": ("di Jakarta", "in Jakarta"),
    "each-before": ("masing-masing ", ""),
    "each-after": (" jam", " hours each"),
    "case": ("Kasus", "Case"),
    "measure": ("Besaran", "Quantity"),
    "scope": ("Lingkup", "Over"),
    "reported": ("Dilaporkan per sesi", "Reported a session"),
    "section": ("Bagian artikel", "Place in the article"),
    "event": ("Peristiwa", "Event"),
    "date": ("Waktu", "Date"),
    "viewers": ("penonton", "viewers"),
    "comments": ("komentar", "comments"),
    "mean": ("rata-rata ", "mean of "),
    "people-unit": (" orang", " people"),
    "comments-unit": (" komentar", " comments"),
    "session": ("sesi penuh", "whole session"),
    "hour-1": ("jam awal", "opening hour"),
    "hour-2": ("jam berikutnya", "hour after"),
    "results.audience": ("pola interaksi", "interaction"),
    "results.turnover": ("dampak pada omzet", "effect on turnover"),
    "results.table1": ("tabel profil", "table of profiles"),
    "results.profile": ("profil", "profile"),
    "results.literature": ("kaitan pustaka", "literature"),
    "early": ("awal", "early"),
    "mid": ("pertengahan", "middle of"),
    "late": ("akhir", "late"),
}  # fmt: skip

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


def said(paper: Paper, key: str) -> str:
    """The word at a key, in the manuscript's language."""
    return WORDS[key][LANGUAGES.index(paper.lang)]


def cell(paper: Paper, row: Row, column: str) -> str:
    """A text of the data in the manuscript's language. InputError where the English edition has no word for it."""
    text = row[column]
    english = text if text in SAME else ENGLISH.get(text)
    own = (text, english)[LANGUAGES.index(paper.lang)]
    if own is None:
        raise InputError(row.fault(column, "a text that analysis/table_words.py has in English", repr(text)))
    return own
