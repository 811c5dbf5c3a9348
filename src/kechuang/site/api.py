"""The API: one router a domain, mounted under /api/<domain>/; OpenAPI at /api/docs."""

from __future__ import annotations

from ninja import NinjaAPI

from kechuang import __version__
from kechuang.core.web.api import MEMBERS, JSONRenderer, install_problems
from kechuang.core.web.api_reference import Reference
from kechuang.core.web.endpoints import router as core
from kechuang.facilities.web.api import router as facilities
from kechuang.indicators.web.api import router as indicators
from kechuang.plan.web.api import router as plan

api = NinjaAPI(
    title="Kechuang",
    version=__version__,
    description="From promise to proof. Everything a page does can be done here.",
    auth=MEMBERS,
    renderer=JSONRenderer(),
    docs=Reference(),
)
install_problems(api)
api.add_router("/core", core)
api.add_router("/indicators", indicators)
api.add_router("/plan", plan)
api.add_router("/facilities", facilities)
