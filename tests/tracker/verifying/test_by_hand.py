"""What docs/verifying.md tells a reader to do without this tool: the same commands, on a real report."""

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
PAGE = Path(__file__).parents[3] / "docs" / "verifying.md"


@pytest.mark.skipif(
    not shutil.which("openssl") and not os.environ.get("CI"), reason="openssl is not on this machine; .ci/run needs it"
)
def test_the_signature_and_the_checksums_are_checked_as_the_page_says(
    run: Run, take_in: Callable[..., str], keys: dict[str, Path], tmp_path: Path
) -> None:
    take_in(40, "2024-05-05")
    run("report", "-o", tmp_path / "r.zip")
    folder = tmp_path / "report"
    with zipfile.ZipFile(tmp_path / "r.zip") as archive:
        archive.extractall(folder)
    shutil.copy(keys["ours"], folder / "desk.pub")
    commands = re.findall(r"^(?:sha256sum|head|tail|openssl pkeyutl) .*$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert len(commands) == 4
    done = subprocess.run(["sh", "-ec", "\n".join(commands)], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Signature Verified Successfully" in done.stdout
