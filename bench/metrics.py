"""Declared metrics beside hand-written DuckDB on five million contract rows.

`python -m bench.metrics [ROWS]` prints ratios of CPU time (all threads) and the time to the rows behind a cell.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from kechuang.indicators.engine.metrics import (
    Calculator,
    Catalogue,
    Condition,
    Derived,
    DuckEngine,
    Measure,
    Metric,
    Snapshot,
    take_snapshot,
)

ROWS = 5_000_000
REPEATS = 7
FIELDS = 20
YEARS = range(2015, 2025)
ABOUT = {"unit": "fen", "owner": "bench", "source": "bench", "name_zh": "成交额"}
VALUE = Metric(
    id="value",
    name_en="contract value",
    table="contracts",
    measure=Measure("sum", "value_fen"),
    filter=(Condition("status", "=", "registered"),),
    dimensions=("field",),
    time="signed_on",
    **ABOUT,
)
GROWTH = Derived(id="growth", name_en="growth", kind="growth", of="value", offset=1, **ABOUT)
BY_HAND = """
    SELECT year(signed_on) AS y, field, sum(value_fen) FROM contracts
    WHERE status = 'registered' GROUP BY y, field
"""
GROWTH_BY_HAND = f"""
    WITH cells AS (SELECT y, field, "sum(value_fen)" AS v FROM ({BY_HAND}))
    SELECT a.y, a.field, a.v, b.v FROM cells a LEFT JOIN cells b ON a.y = b.y + 1 AND a.field = b.field
"""


def contracts(rows: int) -> Snapshot:
    """A snapshot of synthetic technology contracts; the same rows each time."""
    import duckdb

    found = duckdb.sql(
        f"""
        SELECT i AS id,
            'field ' || (hash(i, 1) % {FIELDS}) AS field,
            'region ' || (hash(i, 2) % 31) AS region,
            CASE WHEN hash(i, 3) % 10 < 9 THEN 'registered' ELSE 'draft' END AS status,
            DATE '{YEARS[0]}-01-01' + CAST(hash(i, 4) % {365 * len(YEARS)} AS INTEGER) AS signed_on,
            CAST(hash(i, 5) % 1000000000 AS BIGINT) AS value_fen
        FROM range({rows}) AS t(i)
        """
    )
    return take_snapshot("contracts", found.to_arrow_table(), together=("signed_on",))


def side_by_side(ours, theirs, repeats: int = REPEATS) -> tuple[float, float]:
    """Median CPU seconds of both, taken in turns after one unmeasured run each."""
    times = {ours: [], theirs: []}
    for turn in range(repeats + 1):
        for run in (ours, theirs):
            start = time.process_time()
            run()
            if turn:
                times[run].append(time.process_time() - start)
    return median(times[ours]), median(times[theirs])


def main(rows: int = ROWS) -> None:
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        snapshot = contracts(rows)
        print(
            f"metrics: snapshot of {rows:,} contract rows with digests and name in {time.perf_counter() - start:.1f} s"
        )
        path = Path(folder) / f"{snapshot.name}.parquet"
        path.write_bytes(snapshot.content)
        engine = DuckEngine({"contracts": str(path)})
        hand = duckdb.connect()
        hand.read_parquet(str(path)).create_view("contracts")
        calculator = Calculator(Catalogue([VALUE, GROWTH]), engine)
        print("  by year × field, CPU of ours ÷ hand-written DuckDB")
        for id, sql in {"value": BY_HAND, "growth": GROWTH_BY_HAND}.items():
            mine, other = side_by_side(
                lambda id=id: calculator.values(id), lambda sql=sql: hand.execute(sql).fetchall()
            )
            print(f"  {id:12} {mine:.3f} s ÷ {other:.3f} s = {mine / other:.2f} (at most 1.30)")
        _check_sums(calculator, hand)
        behind_a_cell(calculator)


def behind_a_cell(calculator: Calculator) -> None:
    cells = [seen for seen in calculator.values("value") if seen.cell.key("field") == "field 7"]
    times, proofs = [], []
    for seen in cells[:REPEATS]:
        start = time.perf_counter()
        parts = calculator.rows("value", seen.cell)
        times.append(time.perf_counter() - start)
        start = time.perf_counter()
        assert calculator.recount("value", seen.cell, parts) == seen
        calculator.digest(parts[0].part)
        proofs.append(time.perf_counter() - start)
    print(f"  rows of a cell ({len(parts[0].rows):,} rows) {median(times):.3f} s (at most 0.500)")
    print(f"  proof: measure(rows) and digest {median(proofs):.3f} s")


def _check_sums(calculator: Calculator, hand) -> None:
    ours = {(seen.cell.period, seen.cell.key("field")): seen.value for seen in calculator.values("value")}
    assert ours == {(year, field): total for year, field, total in hand.execute(BY_HAND).fetchall()}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
