"""What the tests of the readers make of problems."""

import pytest

from index.errors import SourceError


def no_problem(error: SourceError) -> None:
    """Fail where a problem is reported."""
    pytest.fail(str(error))
