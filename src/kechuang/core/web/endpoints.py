"""The house's own API: everything its pages do."""

from __future__ import annotations

from ninja import Router

from kechuang.core.web import api_desk, api_house, api_organisations, api_people

router = Router(tags=["core"])
for part in (api_house, api_organisations, api_desk, api_people):
    router.add_router("", part.router)
