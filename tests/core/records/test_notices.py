"""One cause, one notice; mail goes out by SMTP and what fails is tried again."""

import socket
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMessage
from django.utils.translation import gettext, override

from kechuang.core import clock
from kechuang.core.models import Deputy, Membership, Notice, Organisation, Person
from kechuang.core.notices import mentioned, notify, send_mail_notices
from kechuang.core.roles import holders_of

pytestmark = pytest.mark.django_db


class Sink:
    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):
        self.letters.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


def test_mail_reaches_a_local_server_once(make_user, settings):
    user = make_user("officer", email="officer@example.org")
    assert notify([user], lambda: "任务已逾期", key="cause:1", url="/plan/tasks/1/") == 1
    assert notify([user], lambda: "任务已逾期", key="cause:1") == 0
    sink = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        assert send_mail_notices() == "1 mailed"
        assert send_mail_notices() == "0 mailed"
    finally:
        server.stop()
    assert sink.letters[0][0] == ["officer@example.org"]


def test_a_refused_address_holds_up_nobody_else(make_user, settings, monkeypatch):
    first = make_user("officer", name="first", email="bad@example.org")
    second = make_user("officer", name="second", email="good@example.org", language="en")
    notify([first, second], lambda: "任务已逾期", key="cause:3", url="/plan/tasks/1/")
    settings.SITE_URL = "https://kechuang.example"

    def send(letter):
        if letter.to == ["bad@example.org"]:
            raise SMTPRecipientsRefused({})
        letters.append(letter)

    letters = []
    monkeypatch.setattr(EmailMessage, "send", send)
    assert send_mail_notices() == "1 mailed, 1 refused"
    assert letters[0].to == ["good@example.org"]
    assert "https://kechuang.example/plan/tasks/1/" in letters[0].body
    assert letters[0].subject == "Kechuang: 任务已逾期"


def test_what_could_not_be_mailed_waits(make_user, settings):
    notify([make_user("officer", email="officer@example.org")], lambda: "x", key="cause:2")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError):
        send_mail_notices()
    assert Notice.objects.get().mailed_at is None


def test_only_what_was_told_since_mail_is_wanted_and_is_unread_goes_by_mail(make_user, mailoutbox):
    user = make_user("officer", email="")
    notify([user], lambda: "早先的通知", key="old")
    user.email = "officer@example.org"
    user.save()
    for key in ("read", "new"):
        notify([user], lambda: "新的通知", key=key)
    Notice.objects.filter(key="read").update(read_at=clock.now())
    assert send_mail_notices() == "1 mailed" and "新的通知" in mailoutbox[0].body


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("请@zhang看一下", {"zhang"}),
        ("请 @zhang，尽快", {"zhang"}),
        ("@zhang@li 看看", {"zhang", "li"}),
        ("请@张三丰处理", {"sanfeng"}),
        ("请@张三处理", {"zhang"}),
        ("Please see this, @San Zhang.", {"zhang"}),
        ("@zhangli", set()),
        ("write to me@zhang.example", set()),
        ("@zhang.", {"zhang"}),
        ("@", set()),
        ("@李四", {"li", "other"}),
        ("@gone", set()),
    ],
)
def test_people_are_mentioned_by_account_or_name_without_a_blank_after_it(make_user, text, told):
    for name, zh, en in (
        ("zhang", "张三", "San Zhang"),
        ("sanfeng", "张三丰", "Sanfeng Zhang"),
        ("li", "李四", "Si Li"),
        ("other", "李四", ""),
    ):
        make_user("officer", name=name, person=Person.objects.create(name_zh=zh, name_en=en))
    make_user("officer", name="gone", is_active=False)
    organisation = Organisation.objects.first()
    assert {user.username for user in mentioned(text, organisation)} == told


def test_each_person_reads_a_notice_in_their_own_language(make_user):
    chinese, english = make_user("officer", name="zh"), make_user("officer", name="en", language="en")
    with override("en"):
        notify([chinese, english], lambda: gettext("Save"), key="language")
    assert chinese.notices.get().text == "保存" and english.notices.get().text == "Save"


def test_those_who_stand_in_hold_a_role_and_those_whose_time_is_over_do_not(make_user):
    away, deputy, former = (
        make_user("leader", name="away"),
        make_user(name="deputy"),
        make_user(name="former"),
    )
    today = clock.today()
    Deputy.objects.create(principal=away, deputy=deputy, start=today, end=today)
    past = today - timedelta(days=1)
    where = Organisation.objects.first()
    Membership.objects.create(user=former, organisation=where, role="leader", valid_to=past)
    assert set(holders_of("leader")) == {away, deputy}
