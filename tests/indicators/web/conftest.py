"""What pages of indicators are tested on."""

from tests.indicators.counted import _snapshots, computed, computed_once, tasks  # noqa: F401 — fixtures
from tests.indicators.web.world import form, index, lasting_world, world  # noqa: F401 — fixtures
