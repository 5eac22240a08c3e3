"""The four size measurements, by the names that numbers and prose have for them."""

COLUMNS = {
    "bill-length": "bill_length_mm",
    "bill-depth": "bill_depth_mm",
    "flipper": "flipper_length_mm",
    "mass": "body_mass_g",
}
UNITS = {"bill-length": "millimetre", "bill-depth": "millimetre", "flipper": "millimetre", "mass": "gram"}
DIGITS = {"bill-length": 1, "bill-depth": 1, "flipper": 0, "mass": 0}
TITLES = {
    "bill-length": "Bill length",
    "bill-depth": "Bill depth",
    "flipper": "Flipper length",
    "mass": "Body mass",
}
LENGTHS = ("bill-length", "bill-depth", "flipper")
PAIRS = (
    ("flipper", "mass"),
    ("bill-length", "flipper"),
    ("bill-depth", "flipper"),
    ("bill-length", "mass"),
    ("bill-depth", "mass"),
    ("bill-length", "bill-depth"),
)
