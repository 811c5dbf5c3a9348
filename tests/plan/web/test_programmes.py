"""Weights count: what a programme's progress is made of, on its page and in the API."""

from datetime import date
from fractions import Fraction

import pytest

from kechuang.core.acts import SYSTEM
from kechuang.plan import actions
from kechuang.plan.models import Commitment, Programme, Task
from kechuang.plan.queries.progress import progress

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """Six: promise (weight 3) with tasks 20 % × 1 and 80 % × 3; a lone task 40 % × 1; below it Seven (weight 4)
    with a promise kept; the task of 80 % stands in Seven as well."""
    six = actions.save_programme(SYSTEM, Programme(name_zh="六大工程", name_en="Six"))
    seven = actions.save_programme(SYSTEM, Programme(name_zh="子工程", name_en="Seven", parent=six, weight=4))
    facts = {"promised_on": date(2024, 1, 1), "compare": "done", "secrecy": 0}
    promise = Commitment.objects.create(title_zh="甲", programme=six, weight=3, **facts)
    Commitment.objects.create(title_zh="乙", programme=seven, state="kept", **facts)
    Commitment.objects.create(title_zh="丙", programme=seven, **facts)  # nothing is known of it
    for percent, weight, more in (
        (20, 1, {"commitment": promise}),
        (80, 3, {"commitment": promise, "programme": seven}),
        (40, 1, {"programme": six}),
        (90, 9, {"programme": six, "stage": "proposed"}),
        (0, 9, {"programme": six, "secrecy": 3}),
    ):
        facts = {"stage": "under_way", "secrecy": 0, **more}
        Task.objects.create(title_zh=f"任务{percent}", percent=percent, weight=weight, **facts)
    return six, seven, promise


def test_a_programme_is_as_far_as_its_parts_by_their_weight(tree, make_user):
    six, seven, promise = tree
    far = progress(make_user("officer", clearance=1))
    assert far.promises[promise.pk] == Fraction(20 + 3 * 80, 400)
    assert far.programmes[seven.pk] == (1 + 3 * Fraction(80, 100)) / 4
    assert far.programmes[six.pk] == (3 * Fraction(65, 100) + Fraction(40, 100) + 4 * Fraction(85, 100)) / 8
    six.weight, promise.weight = 9, 0
    actions.save_programme(SYSTEM, six)
    promise.save()
    assert (
        progress(make_user("leader", clearance=1)).programmes[six.pk]
        == (Fraction(40, 100) + 4 * Fraction(85, 100)) / 5
    )


def test_the_task_of_a_promise_that_is_over_counts_for_itself(tree, make_user):
    six, _seven, promise = tree
    Task.objects.filter(percent=20).update(programme=six)
    Commitment.objects.filter(pk=promise.pk).update(status="superseded")
    far = progress(make_user("officer", clearance=1))
    assert promise.pk not in far.promises and far.tasks[six.pk] == (2, Fraction(20 + 40, 200))
    Task.objects.filter(percent=20).update(commitment=None)
    assert progress(make_user("leader", clearance=1)).tasks[six.pk] == (2, Fraction(20 + 40, 200))


def test_pages_and_api_tell_it(tree, client, make_user):
    six, seven, _promise = tree
    client.force_login(make_user("officer", clearance=1))
    shown = client.get("/plan/programmes/").content.decode()
    assert "71.9%" in shown and "85%" in shown
    shown = client.get(six.get_absolute_url()).content.decode()
    assert all(words in shown for words in ("71.9%", "65%", "40%", "子工程"))
    items = client.get("/api/plan/programmes").json()["items"]
    assert {row["id"]: row["progress"] for row in items} == {six.pk: 0.71875, seven.pk: 0.85}
