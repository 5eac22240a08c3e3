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
}  # fmt: skip


def say(key: str) -> str:
    """The word at a key, in the language of the manuscript at hand."""
    return WORDS[key][LANGUAGES.index(paper_language().code)]
