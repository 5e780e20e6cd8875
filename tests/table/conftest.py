"""Lets a failing row say what differs: the judge's asserts are explained as a test's own are."""

import pytest

pytest.register_assert_rewrite("tests.table.judge")
