"""The API of facilities: one router, a file for each idea."""

from __future__ import annotations

from ninja import Router

from kechuang.facilities.web import (
    api_booking,
    api_catalogue,
    api_cycles,
    api_institutions,
    api_lifecycle,
    api_panels,
    api_plans,
    api_proposals,
    api_samples,
    api_use,
)

router = Router(tags=["facilities"])
for part in (
    api_institutions,
    api_lifecycle,
    api_catalogue,
    api_samples,
    api_use,
    api_cycles,
    api_proposals,
    api_panels,
    api_plans,
    api_booking,
):
    router.add_router("", part.router)
