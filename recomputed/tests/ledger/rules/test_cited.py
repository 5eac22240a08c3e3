"""Rule 6: figures later than their source, and figures without one."""

import pytest

from recomputed.ledger.rules.cited import figure_after_source, missing_citation
from synthetic.ledgers import claim, ledger


def test_a_quantity_that_is_not_stated_needs_no_citation():
    silent = claim("silent", source="missing", source_date="2020", figure_date="2021")
    assert list(missing_citation(ledger(silent), {})) == []
    assert list(figure_after_source(ledger(silent), {})) == []


def cited(id_, source_date, figure_date, source="Author"):
    return claim(id_, 97, source=source, source_date=source_date, figure_date=figure_date)


def found(rule, *claims):
    return [(finding.severity, finding.claims) for finding in rule(ledger(*claims), {})]


@pytest.mark.parametrize(
    ("source_date", "figure_date"), [("2023", "2024"), ("2025-03", "2025-04"), ("2023", "2024-01")]
)
def test_a_figure_of_a_later_year_or_month_is_found(source_date, figure_date):
    assert found(figure_after_source, cited("a", source_date, figure_date)) == [("unsupported", ("a",))]


@pytest.mark.parametrize(
    ("source_date", "figure_date"),
    [("2024", "2024"), ("2025", "2025-04"), ("2025-04", "2025"), ("2025", "2024"), ("", ""), ("2023", "")],
)
def test_a_figure_of_the_same_or_an_earlier_time_is_not(source_date, figure_date):
    assert found(figure_after_source, cited("a", source_date, figure_date)) == []


def test_an_undated_source_supports_no_dated_figure_to_compare():
    """Two figures of 2024 from one source of 2023 make one finding."""
    claims = [cited("malaysia", "2023", "2024"), cited("thailand", "2023", "2024")]
    assert found(figure_after_source, *claims) == [("unsupported", ("malaysia", "thailand"))]
    assert found(figure_after_source, *(cited(c.id, "2024", "2024") for c in claims)) == []


def test_a_citation_that_is_not_there():
    assert found(missing_citation, claim("a", 30, 60, source="missing")) == [("unsupported", ("a",))]
    assert found(missing_citation, claim("a", 30, 60, source="Author")) == []
    assert found(missing_citation, claim("a", 30, 60)) == []
