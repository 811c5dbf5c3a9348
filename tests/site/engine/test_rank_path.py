"""The small picture of a rank: inside its frame, better ranks higher, the line within the band."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from kechuang.site.web.rank_path import HEIGHT, WIDTH, RankPath


@dataclass(frozen=True)
class Step:
    year: str
    rank: int
    low: int
    high: int


@st.composite
def steps(draw):
    found = []
    for year in range(2020, 2020 + draw(st.integers(2, 8))):
        low, rank, high = sorted(draw(st.tuples(*[st.integers(1, 30)] * 3)))
        found.append(Step(str(year), rank, low, high))
    return found


def pairs(points: str) -> list[tuple[float, float]]:
    return [tuple(map(float, pair.split(","))) for pair in points.split()]


@given(steps())
def test_inside_the_frame_and_the_band(rows):
    path = RankPath.of(rows)
    line, band = pairs(path.line), pairs(path.band)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in line + band)
    upper, lower = band[: len(rows)], band[len(rows) :][::-1]
    for (x, y), (x_up, up), (x_down, down) in zip(line, upper, lower, strict=True):
        assert x == x_up == x_down
        assert up <= y <= down
    for a, b in zip(path.dots, path.dots[1:], strict=False):
        assert (a.rank < b.rank) == (a.y < b.y) or a.rank == b.rank
