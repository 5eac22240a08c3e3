"""Where in the article something stands, as a reader of the paper would say it."""

SECTIONS = {
    "abstract.id": "Abstrak",
    "abstract.en": "Abstract",
    "introduction": "Pendahuluan",
    "method": "Metode",
    "results.profile": "Profil",
    "results.table1": "Tabel 1",
    "results.turnover": "Dampak pada omzet",
    "results.figure1": "Gambar 1",
    "results.content": "Strategi konten",
    "results.audience": "Pola interaksi",
    "results.obstacles": "Hambatan",
    "results.literature": "Kaitan pustaka",
    "recommendations": "Rekomendasi",
    "conclusion": "Kesimpulan",
}
ROWS = {
    "founded": "tahun berdiri",
    "tiktok": "mulai TikTok",
    "live": "mulai siaran",
    "location": "lokasi",
    "staff": "karyawan",
    "sessions": "sesi",
    "equipment": "peralatan",
    "style": "gaya komunikasi",
    "promotion": "promosi",
    "viewers": "penonton",
}


def describe_place(locator: str) -> str:
    """`results.profile.p2` as "Profil, paragraf 2". Raises ValueError for a section that the article has not."""
    for section, name in SECTIONS.items():
        rest = locator.removeprefix(section)
        if rest != locator and (not rest or rest.startswith(".")):
            return ", ".join(filter(None, [name, _part(rest.removeprefix("."))]))
    raise ValueError(f"{locator!r} is in no section of the article. Hint: {', '.join(SECTIONS)}")


def _part(rest: str) -> str:
    if rest in ROWS or not rest:
        return ROWS.get(rest, "")
    kind, number = ("paragraf", rest[1:]) if rest.startswith("p") else ("butir", rest)
    if not number.isdecimal():
        raise ValueError(f"{rest!r} is neither a paragraph, nor an item, nor a row of the article's table")
    return f"{kind} {number}"
