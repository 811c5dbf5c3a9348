"""Who may act is asked for the right object, however it is passed, and nobody can pose as the platform."""

import pytest
import rules

from kechuang.core import acts
from kechuang.core.acts import SYSTEM, act
from kechuang.core.errors import NotPermitted
from kechuang.core.models import Organisation, ServiceRequest, User
from kechuang.core.roles import has_role, of_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_acts(monkeypatch):
    monkeypatch.setattr(acts, "ACTS", dict(acts.ACTS))


@pytest.fixture
def declared():
    """An act that only the handler's people may do."""

    @act("tests.answer", may=of_organisation("reporter", path="handler"))
    def answer(actor, row, *, note=""):
        return row.pk

    return answer


@pytest.fixture
def rows(make_user):
    mine, other = (Organisation.objects.create(name_zh=name) for name in ("甲局", "乙局"))
    asker = make_user(name="asker")
    made = {"requester": asker, "created": "2026-01-01T00:00Z", "due": "2026-01-02T00:00Z"}
    return [ServiceRequest.objects.create(title="问", text="问", handler=o, **made) for o in (mine, other)]


def test_the_object_is_found_however_it_is_passed(declared, rows, make_user):
    mine, other = rows
    reporter = make_user("reporter", organisation=mine.handler)
    assert declared(reporter, mine) == declared(reporter, row=mine) == mine.pk
    for call in (lambda: declared(reporter, other), lambda: declared(reporter, row=other, note="x")):
        with pytest.raises(NotPermitted):
            call()


def test_changing_the_field_a_right_hangs_on_gives_no_right(declared, rows, make_user):
    mine, other = rows
    reporter = make_user("reporter", organisation=mine.handler)
    other.handler = mine.handler
    with pytest.raises(NotPermitted):
        declared(reporter, other)


def test_nobody_can_pose_as_the_platform(declared, rows, make_user):
    impostor = make_user(name="impostor")
    impostor.is_system = True
    with pytest.raises(NotPermitted):
        declared(impostor, rows[0])
    assert declared(SYSTEM, rows[0])


def test_keywords_after_the_star_are_no_objects(rows, make_user):
    @act("tests.free", may=rules.predicate(lambda user, obj: obj is None))
    def free(actor, *, row=None):
        return "done"

    assert free(make_user(), row=rows[0]) == "done"


def test_memberships_hold_only_in_their_time_and_for_the_active(make_user):
    from datetime import timedelta

    from kechuang.core import actions, clock
    from kechuang.core.roles import roles_of

    day = timedelta(days=1)
    former, future, gone = (make_user("officer", name=name) for name in ("former", "future", "gone"))
    former.memberships.update(valid_to=clock.today() - day)
    future.memberships.update(valid_from=clock.today() + day)
    gone.is_active = False
    gone.save()
    stand_in = make_user(name="stand-in")
    actions.name_deputy(make_user("officer", name="present"), stand_in, clock.today(), clock.today())
    assert roles_of(User.objects.get(pk=stand_in.pk)) == {"officer"}
    User.objects.filter(username="present").update(is_active=False)
    for name in ("former", "future", "gone", "stand-in"):
        user = User.objects.get(username=name)
        assert roles_of(user) == set(), name
        assert not has_role("officer").test(user)
