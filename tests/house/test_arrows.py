import subprocess
import sys
from pathlib import Path

from tests.house.repository import ROOT

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def test_the_arrows_between_packages_run_one_way() -> None:
    run = subprocess.run([LINT_IMPORTS, "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
