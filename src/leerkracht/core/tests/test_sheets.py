"""Cells that a spreadsheet shows and never runs."""

import pytest

from leerkracht.core.kernel.sheets import safe_cell


@pytest.mark.parametrize("value", ["=1+1", "+31", "-1", "@x", "\tx", "\rx"])
def test_what_could_be_a_formula_gets_an_apostrophe(value):
    assert safe_cell(value) == f"'{value}"


@pytest.mark.parametrize("value", ["", "Samira", "a=b", "2026-11-23"])
def test_other_cells_stay_as_they_are(value):
    assert safe_cell(value) == value
