"""What the paper's figures and tables call things, in each of its languages."""

from recomputed.paper_language import paper_language

LANGUAGES = ("id", "en")

WORDS = {
    "uplift": ("Kenaikan omzet (%)", "Rise in turnover (%)"),
    "literature": ("pustaka", "literature"),
    "audience": ("Orang atau komentar per sesi (skala logaritma)", "People or comments a session (log scale)"),
    "viewers": ("penonton", "viewers"),
    "comments": ("komentar", "comments"),
    "mean": ("rata-rata", "mean"),
    "hour-1": ("jam awal", "opening hour"),
    "hour-2": ("jam berikutnya", "hour after"),
    "results.audience": ("pola interaksi", "interaction"),
    "results.turnover": ("dampak pada omzet", "effect on turnover"),
    "results.table1": ("tabel profil", "table of profiles"),
    "results.profile": ("uraian profil", "text on profiles"),
    "results.literature": ("kaitan pustaka", "literature"),
    "conversion": ("Tingkat konversi (%)", "Conversion rate (%)"),
    "units": ("unit", "items"),
    "and": ("dan", "and"),
    ".reported": ("menurut artikel", "in the article"),
    ".fewest": ("setiap sesi ditonton paling sedikit", "every session has the fewest viewers"),
    ".paired": ("sesi ramai menjual paling banyak", "sessions with most viewers sell most"),
    "": ("semua pasangan yang mungkin", "all possible pairs"),
    # of tables alone
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
    "people-unit": (" orang", " people"),
    "comments-unit": (" komentar", " comments"),
    "session": ("sesi penuh", "whole session"),
    "early": ("awal", "early"),
    "mid": ("pertengahan", "middle of"),
    "late": ("akhir", "late"),
    "mean-of": ("rata-rata ", "mean of "),
}  # fmt: skip


def say(key: str) -> str:
    """The word at a key, in the language of the manuscript at hand."""
    return WORDS[key][LANGUAGES.index(paper_language().code)]
