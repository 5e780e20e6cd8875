"""Let pytest explain the failing asserts of the judge, as it does those of tests."""

import pytest

pytest.register_assert_rewrite("tests.table.judge")
