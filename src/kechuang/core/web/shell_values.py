"""What top bar and footer show: unread notices and the newest seal."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

from kechuang.core.models import Seal
from kechuang.core.web.context import register_shell_value

SEAL_SECONDS = 60


def unread(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    return user.notices.filter(read_at=None).count() if user and user.is_authenticated else 0


def newest_seal(request: HttpRequest) -> str:
    return cache.get_or_set(
        "newest-seal", lambda: Seal.objects.values_list("root", flat=True).first() or "", SEAL_SECONDS
    )


def install() -> None:
    register_shell_value("notices", unread)
    register_shell_value("seal", newest_seal)
