"""Log lines: readable by machine and person, and without anybody in them."""

from __future__ import annotations

import json
import logging

import pytest
from django.http import HttpRequest

from leerkracht.config.logging import REQUEST_ID, Calm, Json, NoPaths, Text


def record(message, *values, name="leerkracht.request", **extra):
    made = logging.LogRecord(name, logging.INFO, __file__, 1, message, values, None)
    for key, value in extra.items():
        setattr(made, key, value)
    return made


def test_json_line_holds_the_facts():
    line = json.loads(Json().format(record("request", method="GET", route="home", status=200, ms=4, person=7)))
    assert {name: line[name] for name in ("level", "message", "method", "route", "status", "ms", "person")} == {
        "level": "info", "message": "request", "method": "GET", "route": "home", "status": 200, "ms": 4, "person": 7,
    }  # fmt: skip


def test_line_names_its_request():
    token = REQUEST_ID.set("abc12345")
    try:
        assert Text().format(record("request")).endswith("info leerkracht.request request request=abc12345")
    finally:
        REQUEST_ID.reset(token)


@pytest.mark.parametrize("form", [Text, Json])
def test_mail_addresses_never_reach_a_log(form):
    try:
        raise ValueError("Key (lower(email))=(samira@school.example) already exists.")
    except ValueError:
        made = record("could not save %s", "noor@school.example")
        made.exc_info = __import__("sys").exc_info()
    line = form().format(made)
    assert "@school" not in line
    assert "Traceback" in line


def test_django_lines_lose_the_path_that_may_hold_an_invitation():
    request = HttpRequest()
    made = record("Not Found: %s", "/invitation/geheim123", name="django.request", request=request, status_code=404)
    NoPaths().filter(made)
    assert Text().format(made).endswith("info django.request Not Found route=unknown status=404")


def test_unknown_extras_stay_out():
    assert "Samira" not in Text().format(record("request", name_of_person="Samira"))


def test_who_reads_along_hears_of_a_task_only_when_it_fails():
    failed = record("Task id=%s state=FAILED", 3, name="django_tasks")
    failed.levelno = logging.ERROR
    assert Calm().filter(failed)
    assert not Calm().filter(record("Task id=%s state=RUNNING", 3, name="django_tasks"))
    assert Calm().filter(record("request"))
