"""Synthetic people of a reference centre; they cannot sign in."""

from __future__ import annotations

from kechuang.core.models import Membership, Organisation, Person, Role, User

SCIENTISTS, REVIEWERS = 16, 1


def scientists() -> list[User]:
    """Scientists of several organisations."""
    kinds = [Organisation.Kind.INSTITUTE, Organisation.Kind.UNIVERSITY, Organisation.Kind.ENTERPRISE]
    homes = list(Organisation.objects.filter(kind__in=kinds).order_by("id")[:8])
    return [
        _person(
            f"synthetic-scientist-{n:02d}", f"示例用户{n:02d}", f"Sample user {n:02d}", homes[n % len(homes)]
        )
        for n in range(1, SCIENTISTS + 1)
    ]


def reviewers() -> list[User]:
    """Who grades: reviewers that the centre has, and synthetic ones whose organisation asks for nothing."""
    found = User.objects.filter(memberships__role=Role.REVIEWER, username__startswith="demo-")
    judges = list(found.distinct().order_by("id")[:2])
    home, _new = Organisation.objects.get_or_create(
        name_zh="示例评审中心",
        defaults={"name_en": "Sample review centre", "kind": "institute", "synthetic": True},
    )
    return judges + [
        _person(f"synthetic-reviewer-{n}", f"示例专家{n}", f"Sample reviewer {n}", home, Role.REVIEWER)
        for n in range(1, REVIEWERS + 1)
    ]


def _person(username: str, zh: str, en: str, home: Organisation, role: str = Role.SCIENTIST) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        person = Person.objects.create(name_zh=zh, name_en=en, synthetic=True)
        user = User(username=username, person=person, clearance=0, mail_notices=False)
        user.set_unusable_password()
        user.save()
        Membership.objects.create(user=user, organisation=home, role=role)
    return user
