"""The plan office's API: everything its pages do."""

from __future__ import annotations

from ninja import Router

from kechuang.plan.web import api_documents, api_projects, api_promises, api_tasks

router = Router(tags=["plan"])
for part in (api_documents, api_promises, api_tasks, api_projects):
    router.add_router("", part.router)
