"""One cause, one notice; mail goes out by SMTP and what fails is tried again."""

import socket
from smtplib import SMTPRecipientsRefused

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMessage

from kechuang.core.models import Notice
from kechuang.core.notices import notify, send_mail_notices

pytestmark = pytest.mark.django_db


class Sink:
    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):
        self.letters.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


def test_mail_reaches_a_local_server_once(make_user, settings):
    user = make_user("officer", email="officer@example.org")
    assert notify([user], "任务已逾期", key="cause:1", url="/plan/tasks/1/") == 1
    assert notify([user], "任务已逾期", key="cause:1") == 0
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
    notify([first, second], "任务已逾期", key="cause:3", url="/plan/tasks/1/")
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
    notify([make_user("officer", email="officer@example.org")], "x", key="cause:2")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError):
        send_mail_notices()
    assert Notice.objects.get().mailed_at is None
