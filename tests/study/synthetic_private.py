"""Synthetic private records for tests: made by arithmetic, about businesses and people that do not exist."""

from pathlib import Path

SALT = "synthetic salt of enough characters"

BUSINESSES = (
    "business,owner,address,phone,email,account,live_since\n"
    "Synthetic Kenanga,Wulansari Synthetic,Jl. Karangan 12,+62 812-0000-1111,kenanga@synthetic.invalid,"
    "@kenangasynthetic,2031-04\n"
    "Synthetic Melati,Citraningrum Synthetic,,,,,2031-04\n"
    "Synthetic Anggrek,Bramantyo Synthetic,Gang Rekaan 3,0812 0000 2222,anggrek@synthetic.invalid,,2031-05\n"
)

FACTORS = {"Synthetic Kenanga": (3, 141), "Synthetic Melati": (1, 118), "Synthetic Anggrek": (2, 93)}
"""Of each business: its size, and its turnover after live in percent of that before."""


def turnover() -> str:
    """Four months before live and four from it on; 10,000,137 rupiah times the size before."""
    lines = ["business,month,amount"]
    for business, (size, after) in FACTORS.items():
        first = 5 if business == "Synthetic Anggrek" else 4
        for month in range(first - 4, first + 4):
            amount = 10_000_137 * size * (100 if month < first else after) // 100
            year = 2031 if month > 0 else 2030
            lines.append(f"{business},{year}-{month or 12:02d},{amount}")
    return "\n".join(lines) + "\n"


def sessions() -> str:
    """Five sessions of two hours for each business; the second hour has a fifth of the viewers."""
    lines = ["business,date,slot,hour,viewers,comments,units,revenue"]
    for business, (size, _) in FACTORS.items():
        for day in range(1, 6):
            for hour in (1, 2):
                viewers = (101 * size + 7 * day) // (1 if hour == 1 else 5)
                revenue = 150_011 * day * size
                lines.append(
                    f"{business},2031-06-{day:02d},synthetic,{hour},{viewers},{viewers // 3},{day + 1},{revenue}"
                )
    return "\n".join(lines) + "\n"


def write_private(
    folder: Path,
    *,
    businesses: str = BUSINESSES,
    turnover_text: str | None = None,
    sessions_text: str | None = None,
    salt: str | None = SALT,
) -> Path:
    """Write synthetic private records; `salt=None` leaves `salt.txt` out."""
    folder.mkdir(exist_ok=True)
    texts = {
        "businesses.csv": businesses,
        "turnover.csv": turnover() if turnover_text is None else turnover_text,
        "sessions.csv": sessions() if sessions_text is None else sessions_text,
    }
    if salt is not None:
        texts["salt.txt"] = salt
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return folder
