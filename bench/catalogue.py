"""Catalogue pages over 100,000 generated instruments: CPU time a page, through the whole product, on SQLite.

    python -m bench.catalogue [rows]

Beside it the same facet counts by SQL (a COUNT for each facet), which is what the columns in memory save.
"""

from __future__ import annotations

import csv
import io
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

TARGET_MS = 50
PAGES = {
    "first page": "",
    "one kind": "?kind=instrument",
    "kind and place": "?kind=instrument&place=place-3",
    "owner": "?owner={owner}",
    "price and open now": "?price=2&open=yes",
    "by name, from the end": "?sort=-name",
    "search, few": "?q=仪器 04711",
    "search, many": "?q=显微镜",
    "search, all": "?q=仪器",
    "page 2": "?after={middle}",
}


def register(count: int) -> bytes:
    """A register of instruments with the spread of a real one: long-tailed values, uneven kinds and places."""
    chance = random.Random(1)
    words = ["显微镜", "光谱仪", "质谱仪", "测序仪", "衍射仪", "光刻机", "激光器", "试验机"]
    kinds = ["instrument"] * 90 + ["beamline"] * 2 + ["data_set"] * 4 + ["pilot_line"] * 4
    capabilities = [
        "microscopy",
        "spectroscopy",
        "mass",
        "sequencing",
        "diffraction",
        "fabrication",
        "laser",
        "mechanics",
    ]
    hours = ["1-5 09:00-17:00", "24/7", "1-6 08:00-20:00", ""]
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    names = "code kind name_zh name_en capability capability_zh owner place maker model value_yuan rate_academic_yuan hours opened contact"
    writer.writerow(names.split())
    for n in range(count):
        which = chance.randrange(8)
        writer.writerow(
            [
                f"G{n:06d}",
                chance.choice(kinds),
                f"{words[which]}仪器 {n:05d}",
                f"Instrument {n:05d}",
                capabilities[which],
                "用于材料、生命和能源研究的测试与表征。",
                f"单位{min(int(chance.expovariate(0.02)), 399)}",
                f"place-{min(int(chance.expovariate(0.2)), 39)}",
                f"厂商{chance.randrange(60)}",
                f"M{chance.randrange(999)}",
                int(chance.lognormvariate(13, 1)),
                chance.choice(["", 0, 30, 80, 200, 450, 900, 2500]),
                chance.choice(hours),
                "yes",
                "x",
            ]
        )
    return buffer.getvalue().encode()


def cpu_ms(run: Callable[[], object], times: int = 7) -> float:
    """Median CPU time in ms after one warm run."""
    run()
    spent = []
    for _ in range(times):
        start = time.process_time()
        run()
        spent.append((time.process_time() - start) * 1000)
    return statistics.median(spent)


def main(count: int) -> int:
    with tempfile.TemporaryDirectory(prefix="kechuang-bench-") as folder:
        _house(folder)
        _imported(register(count))
        worst = _pages(count)
    print(
        f"worst page {worst:.1f} ms; target {TARGET_MS} ms: {'reached' if worst <= TARGET_MS else 'missed'}"
    )
    return int(worst > TARGET_MS)


def _house(folder: str) -> None:
    """An empty house in a folder, with organisations to own things."""
    os.environ |= {"KECHUANG_VAR": folder, "DJANGO_SETTINGS_MODULE": "kechuang.site.settings"}
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from kechuang.core.models import Organisation
    from kechuang.core.translations import compile_all

    compile_all()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    setup_test_environment()
    Organisation.objects.bulk_create([Organisation(name_zh=f"单位{n}") for n in range(400)])


def _imported(data: bytes) -> None:
    """The register taken in, twice."""
    from kechuang.core import files
    from kechuang.core.acts import SYSTEM
    from kechuang.facilities import actions
    from kechuang.facilities.actions.import_resources import read_resources

    def taken_in():
        sheet = read_resources(SYSTEM, data, "register.csv")
        return actions.import_resources(SYSTEM, sheet, files.keep(SYSTEM, "register.csv", data))

    start, cpu = time.perf_counter(), time.process_time()
    first = taken_in()
    spent = f"{time.perf_counter() - start:.1f} s ({time.process_time() - cpu:.1f} s CPU)"
    print(f"import of {first.added:,} rows: {spent}")
    start = time.perf_counter()
    again = taken_in()
    print(f"the same again: {time.perf_counter() - start:.1f} s, {again.same:,} the same")


def _pages(count: int) -> float:
    """CPU time of each page; returns the worst in milliseconds."""
    from django.db.models import Count
    from django.test import Client

    from kechuang.core.models import Organisation
    from kechuang.facilities.models import Resource

    client = Client()
    start = time.process_time()
    client.get("/facilities/")
    print(f"first look of a process (reads the columns): {(time.process_time() - start) * 1000:.0f} ms CPU")
    middle, owner = Resource.objects.all()[count // 2].pk, Organisation.objects.get(name_zh="单位7").pk
    worst = 0.0
    for name, query in PAGES.items():
        url = "/facilities/" + query.format(middle=middle, owner=owner)
        fresh = _unremembered(client, url)
        spent = cpu_ms(lambda url=url: client.get(url))
        worst = max(worst, spent, fresh)
        print(f"{name:<24} {spent:6.1f} ms CPU a page, {fresh:6.1f} ms when nothing is remembered")

    def by_sql() -> None:
        for field in ("kind", "capability", "owner", "place", "price_band", "hours"):
            list(Resource.objects.filter(opened=True).order_by().values_list(field).annotate(n=Count("pk")))

    print(f"facet counts by SQL alone   {cpu_ms(by_sql, 3):6.1f} ms CPU")
    return worst


def _unremembered(client, url: str) -> float:
    """CPU time in ms with the text searched anew."""
    from kechuang.facilities.queries.catalogue import catalogue

    def run() -> None:
        catalogue.fresh().forget()
        client.get(url)

    return cpu_ms(run, 3)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
