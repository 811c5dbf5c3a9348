"""What the site and other domains may ask of facilities: functions over plain dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from kechuang.core.kernel import State
from kechuang.facilities.queries.cluster import cluster_on, totals


@dataclass(frozen=True, slots=True)
class Cluster:
    """The large facilities and platforms as they stood on a day."""

    facilities: int
    built: int
    in_research: int
    states: dict[State, int]
    url: str


def cluster(on: date) -> Cluster:
    found = totals(cluster_on(on))
    url = f"{reverse('facilities:cluster')}?on={on}"
    return Cluster(found.facilities, found.built, found.in_research, found.states, url)
