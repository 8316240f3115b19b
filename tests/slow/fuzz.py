"""The same random operations as in the ordinary tests, many more of them, and longer stories."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.fuzz_operations import steps
from tests.test_fuzz_operations import QUICK, tell_one_story


@pytest.mark.django_db
@settings(QUICK, max_examples=3000)
@given(script=steps(most=20))
def test_many_stories(script):
    tell_one_story(script)


@pytest.mark.django_db
@settings(QUICK, max_examples=300)
@given(script=steps(most=60))
def test_long_stories(script):
    tell_one_story(script)
