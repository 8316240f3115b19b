"""Logs a machine or a person can read, without personal data: ids and route names, never names or addresses."""

from __future__ import annotations

import json
import logging
import logging.config
import re
from contextvars import ContextVar
from datetime import UTC, datetime

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
MAIL_ADDRESS = re.compile(r"[^\s@<>\"'()=,;:]+@[^\s@<>\"'()=,;:]+")
EXTRAS = ("method", "route", "status", "ms", "person", "board", "count")


def configure(form: str, *, level: str = "INFO") -> None:
    """Send every log line to standard error, as ``text`` or ``json``."""
    filters = ["no_paths"] if form == "json" else ["no_paths", "calm"]
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "text": {"()": "leerkracht.config.logging.Text"},
                "json": {"()": "leerkracht.config.logging.Json"},
            },
            "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": form, "filters": filters}},
            "filters": {
                "no_paths": {"()": "leerkracht.config.logging.NoPaths"},
                "calm": {"()": "leerkracht.config.logging.Calm"},
            },
            "root": {"handlers": ["lines"], "level": "WARNING"},
            "loggers": {
                "leerkracht": {"level": level},
                # A person who reads along wants to see what is wrong; a machine wants every request.
                "leerkracht.request": {"level": level if form == "json" else "WARNING"},
                "django_tasks": {"level": "WARNING"},
                "django.db.backends": {"level": "WARNING"},
            },
        }
    )


class Calm(logging.Filter):
    """The task worker tells of every task and every stop; who reads along wants what went wrong."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not record.name.startswith("django_tasks") or record.levelno >= logging.ERROR


class NoPaths(logging.Filter):
    """Django names the path in its own lines; a path may hold an invitation, so the route's name stands there."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None and record.name.startswith("django."):
            match = getattr(request, "resolver_match", None)
            record.route = match.view_name if match else "unknown"
            record.status = getattr(record, "status_code", None)
            record.msg, record.args = _without_values(record), ()
        return True


def _without_values(record: logging.LogRecord) -> str:
    """Return the message up to its first value: 'Not Found: %s' becomes 'Not Found'."""
    return str(record.msg).split("%s", 1)[0].rstrip(" :(") or "request"


class Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        extras = " ".join(f"{name}={value}" for name, value in fields(record).items())
        line = f"{moment} {record.levelname.lower()} {record.name} {record.getMessage()} {extras}".rstrip()
        return masked("\n".join([line, *self._trace(record)]))

    def _trace(self, record: logging.LogRecord) -> list[str]:
        return [self.formatException(record.exc_info)] if record.exc_info else []


class Json(Text):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(record.getMessage()),
            **fields(record),
        }
        if trace := self._trace(record):
            line["trace"] = masked(trace[0])
        return json.dumps(line, ensure_ascii=False)


def fields(record: logging.LogRecord) -> dict[str, object]:
    """Return the facts that a line may carry beside its message."""
    named = {name: getattr(record, name, None) for name in EXTRAS}
    request_id = REQUEST_ID.get()
    return {name: value for name, value in {"request": request_id, **named}.items() if value not in (None, "")}


def masked(text: str) -> str:
    """Take mail addresses out; a database names them in its errors."""
    return MAIL_ADDRESS.sub("…@…", text)
