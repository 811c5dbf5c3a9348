"""A process killed in the middle of an act leaves nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

SCRIPT = textwrap.dedent(
    """
    import sys, time
    import django
    django.setup()
    from django.core.management import call_command
    from kechuang.core.acts import SYSTEM, act
    from kechuang.core.events import record
    from kechuang.core.models import Organisation
    from kechuang.core.roles import anybody
    call_command("migrate", verbosity=0)

    @act("tests.slow", may=anybody)
    def slow(actor):
        office = Organisation.objects.create(name_zh="写了一半")
        record(actor, "tests.slow", office)
        print("half", flush=True)
        time.sleep(60)

    slow(SYSTEM)
    """
)
CHECK = textwrap.dedent(
    """
    import django
    django.setup()
    from kechuang.core.events import verify
    from kechuang.core.models import Event, Organisation
    print(Organisation.objects.count(), Event.objects.count(), len(list(verify())))
    """
)


@pytest.mark.fault
def test_kill_9_in_the_middle_of_an_act(tmp_path: Path):
    environment = {
        **os.environ,
        "KECHUANG_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "kechuang.site.settings",
    }
    environment.pop("DATABASE_URL", None)
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline().strip() == "half"
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    time.sleep(0.1)
    seen = subprocess.run(
        [sys.executable, "-c", CHECK], env=environment, capture_output=True, text=True, check=True
    )
    assert seen.stdout.split() == ["0", "0", "0"]
