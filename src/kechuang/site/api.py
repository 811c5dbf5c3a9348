"""The API: one router a domain, mounted under /api/<domain>/; OpenAPI at /api/docs."""

from __future__ import annotations

from ninja import NinjaAPI

from kechuang import __version__
from kechuang.core.web.api import MEMBERS, JSONRenderer, install_problems
from kechuang.core.web.endpoints import router as core

api = NinjaAPI(
    title="Kechuang",
    version=__version__,
    description="From promise to proof. Everything a page does can be done here.",
    auth=MEMBERS,
    renderer=JSONRenderer(),
)
install_problems(api)
api.add_router("/core", core)
