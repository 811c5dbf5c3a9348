"""One cause, one notice; mail goes out by SMTP and what fails is tried again."""

import socket

import pytest
from aiosmtpd.controller import Controller

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


def test_what_could_not_be_mailed_waits(make_user, settings):
    notify([make_user("officer", email="officer@example.org")], "x", key="cause:2")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError):
        send_mail_notices()
    assert Notice.objects.get().mailed_at is None
