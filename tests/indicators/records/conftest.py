"""What records and pages of indicators are tested on."""

from tests.indicators.counted import _snapshots, computed, computed_once, tasks  # noqa: F401 — fixtures
