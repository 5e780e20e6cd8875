"""Test that byte code survives azd's zip, and that the measure of it tells the difference."""

import compileall
from pathlib import Path
from py_compile import PycInvalidationMode

from infra.package import azd
from tests.bench.cold_start import measure

_SLOW_TO_COMPILE = "\n".join(f"def f{n}(a, b=({n}, 'x')):\n    return [a, b]" for n in range(9_000))
_APP = """
import heavy

class App:
    def get_functions(self):
        return [heavy.f0, heavy.f1]

app = App()
"""


def test_byte_code_in_the_zip_of_azd_saves_the_compiling(tmp_path: Path) -> None:
    """Unpacked with other times than it was compiled for, it still counts."""
    site = tmp_path / ".python_packages" / "lib" / "site-packages"
    site.mkdir(parents=True)
    (site / "heavy.py").write_text(_SLOW_TO_COMPILE)
    (tmp_path / "function_app.py").write_text(_APP)
    compileall.compile_dir(tmp_path, quiet=2, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
    without = measure(tmp_path, times=2)
    azd.keep_everything(tmp_path)

    shipped = measure(tmp_path, times=2)

    assert (shipped.functions, without.functions) == (2, 2)
    assert shipped.zip_mib > without.zip_mib
    assert shipped.best_cpu_seconds < without.best_cpu_seconds / 2
