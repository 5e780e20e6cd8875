"""Test that the app's own files leave the package within its size."""

import zlib
from pathlib import PurePosixPath

from infra.package.bytecode import byte_code
from infra.package.stage import ROOT, app_files

_MEBI = 2**20


def test_our_own_files_leave_the_package_within_its_size() -> None:
    """Those of other packages grow with the lock file alone; ours are what a change adds to.

    `make test-package` weighs the whole as it is built: 40 MiB at most, 14 as it is sent.
    """
    files = [(path, (ROOT / path).read_bytes()) for path in app_files()]
    contents = [content for _, content in files]
    contents += [
        byte_code(content, PurePosixPath(path.as_posix()))
        for path, content in files
        if path.suffix == ".py"
    ]

    assert sum(map(len, contents)) / _MEBI < 5.5
    assert sum(len(zlib.compress(content, 9)) for content in contents) / _MEBI < 2.33
