"""What the system itself holds the reading process to, looked up from outside."""

import resource
import sys

import pytest

from index.errors import SourceError
from index.sources.containment.guard import Guard
from index.sources.files.files import HeldFile
from index.sources.files.limits import Options


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing tells the limits of another process")
def test_the_reading_process_can_write_no_file() -> None:
    """Not a byte to a file, and no image of its memory where it crashes; both limits are hard."""
    problems: list[SourceError] = []
    with Guard() as guard:
        page = (
            b"<html><body><p>" + b"Nga h\xe1\xbb\x8dp v\xe1\xbb\x9bi \xc4\x90\xe1\xbb\xa9c. " * 30 + b"</p>"
        )
        assert list(guard.read(HeldFile("a.html", "a.html", page), problems.append, Options()))
        process = guard._process
        assert process is not None
        for limit in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
            assert resource.prlimit(process.pid, limit) == (0, 0)
        for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU):
            assert resource.prlimit(process.pid, limit)[0] != resource.RLIM_INFINITY
