"""Free time against a minute-by-minute oracle."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from kechuang.facilities.engine.free_time import free_spans
from kechuang.facilities.engine.policies import read_policy

ZONE = ZoneInfo("Asia/Shanghai")
DAY = datetime(2026, 11, 30, tzinfo=ZONE)  # a Monday
spans = st.lists(st.tuples(st.integers(0, 95), st.integers(1, 20)), max_size=6)


@given(
    taken=spans, opens=st.integers(0, 20), length=st.integers(1, 12), shortest=st.sampled_from([15, 30, 60])
)
@settings(max_examples=150)
def test_every_free_minute_is_open_and_untaken(taken, opens, length, shortest):
    closes = min(opens + length, 24)
    end = f"{closes:02d}:00" if closes < 24 else "00:00"
    policy = read_policy({"hours": [[0, f"{opens:02d}:00", end]], "shortest": shortest, "step": 15})
    busy = [(DAY + timedelta(minutes=15 * a), DAY + timedelta(minutes=15 * (a + b))) for a, b in taken]
    found = free_spans(policy, DAY, DAY + timedelta(days=1), busy, ZONE)
    free = [
        opens * 60 <= m < closes * 60 and not any(a <= DAY + timedelta(minutes=m) < b for a, b in busy)
        for m in range(1440)
    ]
    runs, start = [], None
    for minute in range(1441):
        now = minute < 1440 and free[minute]
        if now and start is None:
            start = minute
        if not now and start is not None:
            if minute - start >= shortest:
                runs.append((start, minute))
            start = None
    assert [(int((a - DAY).seconds / 60), int((b - DAY).total_seconds() / 60)) for a, b in found] == runs


def test_a_start_between_steps_moves_to_the_next_one():
    now = DAY + timedelta(hours=9, minutes=7)
    policy = read_policy({"step": 30, "shortest": 30})
    found = free_spans(policy, now, DAY + timedelta(days=1), [], ZONE)
    assert found == [(DAY + timedelta(hours=9, minutes=30), DAY + timedelta(days=1))]


def test_a_remainder_shorter_than_a_step_is_not_offered():
    taken = [(DAY + timedelta(hours=7, minutes=45), DAY + timedelta(hours=10, minutes=15))]
    policy = read_policy({"step": 60, "shortest": 60})
    found = free_spans(policy, DAY, DAY + timedelta(hours=13), taken, ZONE)
    assert found == [(DAY, DAY + timedelta(hours=7)), (DAY + timedelta(hours=11), DAY + timedelta(hours=13))]
