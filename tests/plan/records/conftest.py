"""What tests of the plan office stand on."""

from tests.plan.world import centre, lasting_world  # noqa: F401 — fixtures
