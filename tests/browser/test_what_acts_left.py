"""After the reference centre was loaded, and while people work in it, no row stands otherwise than its acts left it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_no_act_leaves_a_row_that_verify_complains_of(house):
    kechuang = Path(sys.executable).with_name("kechuang")
    environment = {**os.environ, "KECHUANG_VAR": str(house.var), "LOG_LEVEL": "ERROR"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    told = subprocess.run(
        [str(kechuang), "events", "verify"], env=environment, capture_output=True, text=True, timeout=300
    )
    assert told.returncode == 0, told.stderr[-3000:]
    compared = int(told.stdout.split(" rows stand as their last act left them")[0].split()[-1])
    assert compared > 3000, told.stdout
