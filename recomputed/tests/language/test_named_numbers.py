"""Numbers that are part of a name state nothing: laws, standards, formulas, pages of a citation, in each language."""

import pytest

from recomputed.language.number_words import unnamed_numbers


def stated(text: str, *codes: str) -> list[str]:
    """The numbers of a text that no name holds."""
    return [found.text for found in unnamed_numbers(text, *codes)]


@pytest.mark.parametrize(
    "name",
    ["SDG 8", "SDGs 8", "SDG 8.3", "iPhone 13", "ISO 9001", "ISO 9001:2015", "ISO/IEC 27001", "COVID-19", "A4", "H2O",
     "CO2",
     "PM2.5", "Python 3.11", "version 2.0", "SPSS 26", "CC BY 4.0", "CC0 1.0", "10.1371/journal.pone.0090081",
     "https://example.org/35", "Regulation (EU) 2016/679", "Law No. 20 of 2008", "Act 12/2010", "\u2060, p. 83",
     "\u2060, pp. 83–85", "Industry 4.0", "Law No.\u00a020/2008", "UU No. 20/2008", "UU ITE No. 11 Tahun 2008", "p. 83",
     "pp. 83–85 and 90", "Section 5", "Sections 5 and 6", "Section IV", "Chapter 3", "chapter iii", "SDGs 8, 9 and 12",
     "Covid-19", "CO₂", "O₂", "Ca2+", "Article 33(3)", "Vol. 12(3)", "ISBN 978-3-16-148410-0", "UTF-8", "PHQ-9", "5G",
     "24/7", "B2B", "Law no. 20 of 2008", "the law of 4 July 2008", "Resolution 70/1", "Law No. 20",
     "Goal 8 of the SDGs", "HTML5", "PDF/A-3b", "JATS 1.1", "Python 3", "SPSS version 26", "Wi-Fi 6",
     "JEL codes M31, L81", "the 4Ps", "World War II", "Volume 5, Number 2", "km²", "m3", "\u2060, fig. 3",
     "Pasal 5", "§ 12 Abs. 3", "type 2 diabetes", "diabetes type 2", "Covid 19", "vitamin B12", "H5N1", "LQ45",
     "the Big Five", "Fortune 500", "Boeing 737", "the 21st century", "on the one hand",
     "R²", "R2", "hypothesis H2", "Hypothesis 2b", "research question 1"],
)  # fmt: skip
def test_a_name_counts_in_every_language(name: str) -> None:
    assert [] == stated(f"After {name}, more.", "en")
    assert [] == stated(f"Menurut {name}, lagi.", "id")


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        ("Peraturan Menteri Perdagangan Nomor 31 Tahun 2023", "id"),
        ("Putusan MK No. 91/PUU-XVIII/2020", "id"),
        ("ayat (2)", "id"),
        ("Pasal 5 ayat 2", "id"),
        ("Peraturan OJK Nomor 77/POJK.01/2016", "id"),
        ("PBI No. 22/23/PBI/2020", "id"),
        ("undang-undang tanggal 4 Juli 2008", "id"),
        ("SDGs ke-8", "id"),
        ("tujuan 8 SDGs", "id"),
        ("versi 2.1", "id"),
        ("SPSS versi 26", "id"),
        ("era 4.0", "id"),
        ("BAB III", "id"),
        ("h. 83", "id"),
        ("Volume 5 Nomor 2", "id"),
        ("Perang Dunia Kedua", "id"),
        ("Gesetz vom 4. Juli 2008", "de"),
        ("Marktgesetzes vom 4. Juli 2008", "de"),
        ("des Zweiten Weltkriegs", "de"),
        ("Bab II", "id"),
        ("hlm. 83–85", "id"),
        ("Artikel 5", "de"),
        ("S. 83 ff.", "de"),
        ("Kapitel 3", "de"),
        ("UU No. 20/2008", "id"),
        ("UU Nomor 20 Tahun 2008 tanggal 4 Juli 2008", "id"),
        ("Perpres No. 12 Tahun 2021", "id"),
        ("Pasal 5 ayat (2)", "id"),
        ("SNI 8302:2016", "id"),
        ("diabetes melitus tipe 2", "id"),
        ("hipotesis H1", "id"),
        ("Hipotesis 2", "id"),
        ("RT 05/RW 02", "id"),
        ("Jl. Jenderal Sudirman No. 5", "id"),
        ("Typ-2-Diabetes", "de"),
        ("Hypothese H1", "de"),
        ("\u2060, hlm. 83", "id"),
        ("\u2060, Tabel 2", "id"),
        ("Table 2 of \u2060", "en"),
        ("Gambar 3 dalam \u2060", "id"),
        ("Tabelle 2 bei \u2060", "de"),
        ("abad ke-21", "id"),
        ("im 21. Jahrhundert", "de"),
        ("\u2060, Abb. 3", "de"),
        ("§ 12 Abs. 3", "de"),
        ("Art. 5", "de"),
        ("Richtlinie (EU) 2019/790", "de"),
        ("\u2060, S. 83", "de"),
    ],
)
def test_a_name_of_one_language(name: str, lang: str) -> None:
    assert [] == stated(f"xx {name}, yy", lang)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SDG 8 and 8 points", ["8"]),
        ("iPhone 13 and 13 people", ["13"]),
        ("A4 and 4 cases", ["4"]),
        ("p. 83 and 83 sellers", ["83"]),
        ("Section 35 % of them", ["35"]),
        ("AB-25 % and K3-30", ["AB-25", "K3-30"]),
        ("25 km²", ["25"]),
        ("Figure 3", ["3"]),
        ("Tabel 2", ["2"]),
        ("Table 2 of ours", ["2"]),
        ("ISO 9001 since 2015", ["2015"]),
        ("Q1 or H2", ["Q1", "H2"]),
        ("COVID-19 in 19 cities", ["19"]),
        ("version 2", ["2"]),
        ("by law 5 sellers", ["5"]),
        ("Resolution 8 %", ["8"]),
        ("4P and 4 products", ["4"]),
        ("Goal 8", ["8"]),
        ("Python 35", ["35"]),
        ("type 2 stalls", ["2"]),
        ("of type 25 %", ["25"]),
        ("the hypothesis 2.5 held", ["2.5"]),
        ("hypothesis 25 %", ["25"]),
        ("USD25 or EUR30", ["USD25", "EUR30"]),
        ("AB25 %", ["AB25"]),
        ("the big five", ["five"]),
        ("Boeing 30", ["30"]),
        ("the 21st birth", ["21st"]),
        ("one hand", ["one"]),
        ("R²5", ["R²5"]),
    ],
)
def test_a_number_beside_a_name_is_still_stated(text: str, expected: list[str]) -> None:
    assert expected == stated(text, "en")


@pytest.mark.parametrize(
    "text",
    ["Tome II", "Abad XX berjalan", "Louis XIV", "tome xii", "MCMXC", "ti\u00adga orang", "ti\u200bga orang",
     "tigapuluh orang", "duabelas", "seperseribu", "threefold", "a fivefold rise", "a hundredfold rise"],
)  # fmt: skip
def test_a_hidden_number_is_stated(text: str) -> None:
    assert 1 == len(stated(text, "id"))


@pytest.mark.parametrize(
    "text",
    [
        "I think so",
        "vitamin X",
        "a CV",
        "MIX",
        "CC BY",
        "XML",
        "XL",
        "VIP",
        "IV.a",
        "sesuatu",
        "(ii) then",
        "CIVIL",
    ],
)
def test_letters_that_only_look_roman_state_nothing(text: str) -> None:
    assert [] == stated(text, "en")
