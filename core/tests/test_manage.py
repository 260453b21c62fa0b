import sys

import pytest
from django.core.management.commands.runserver import Command as Runserver

import manage


@pytest.mark.parametrize(("port", "served"), [("8765", "8765"), ("", "8000")])
def test_runserver_listens_on_port(monkeypatch, settings, port, served):
    settings.DEBUG = True
    monkeypatch.setattr(Runserver, "default_port", None)  # put back afterwards
    monkeypatch.setenv("PORT", port)
    ran = []
    monkeypatch.setattr(Runserver, "run", lambda command, **options: ran.append(command.port))
    monkeypatch.setattr(sys, "argv", ["manage.py", "runserver"])
    manage.main()
    assert ran == [served]
