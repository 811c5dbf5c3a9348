"""Other processes on the database the tests run on."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import quote

from django.db import connection


def environment() -> dict[str, str]:
    """The environment of a process that shall use this test's database."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{settings['NAME']}"
    else:
        person = f"{quote(settings['USER'])}:{quote(settings['PASSWORD'])}".rstrip(":")
        host = quote(settings["HOST"], safe="")  # a socket is a path
        url = f"postgres://{person}@{host}:{settings['PORT']}/{settings['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "kechuang.site.settings"}


def python(script: str) -> subprocess.Popen:
    """A process that runs the script; what it prints can be read line by line."""
    command = [sys.executable, "-c", "import django; django.setup()\n" + script]
    return subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True)
