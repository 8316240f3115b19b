"""Writes in groups: acknowledged after the COMMIT, each on its own savepoint."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from leerkracht.core.asgi.writer import Undone, Writer, WriterClosed, commit_group

LATER = datetime(2099, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writer():
    writer = Writer()
    yield writer
    writer.close()


def add(name):
    """Return a write; a second one of the same name is refused by the database."""
    return lambda: Session.objects.create(session_key=name, session_data="", expire_date=LATER).pk


def names():
    return sorted(Session.objects.values_list("session_key", flat=True))


class CommitRefused(DatabaseError):
    """The disk is full."""


@pytest.fixture
def failing_commit(monkeypatch):
    def refuse(_self):
        raise CommitRefused("disk full")

    monkeypatch.setattr(type(connections["default"]), "_commit", refuse)


def test_a_write_is_there_when_its_future_is_done(writer):
    async def ask():
        return await writer.submit(add("ada"))

    key = asyncio.run(ask())
    assert (key, names()) == ("ada", ["ada"])


def test_plain_code_waits_for_the_commit(writer):
    key = writer.run(add("ada"))
    assert (key, names()) == ("ada", ["ada"])


def test_waiting_writes_share_one_transaction(writer):
    seen = []
    gate = threading.Event()

    def slow():
        gate.wait(5)
        seen.append(connection.connection)

    async def ask():
        first = writer.submit(slow)
        await asyncio.sleep(0.05)
        rest = [writer.submit(lambda: len(connection.savepoint_ids)) for _ in range(5)]
        gate.set()
        await first
        return await asyncio.gather(*rest)

    assert len(set(asyncio.run(ask()))) == 1  # each in a savepoint at the same depth, inside one transaction


def test_one_that_fails_takes_nobody_with_it():
    first, refused, last = commit_group([add("ada"), add("ada"), add("bob")])
    assert isinstance(refused.error, IntegrityError)
    assert (first.error, last.error) == (None, None)
    assert names() == ["ada", "bob"]


def test_nobody_is_told_yes_when_the_commit_fails(failing_commit):
    outcomes = commit_group([add("ada"), add("bob")])
    assert [type(outcome.error) for outcome in outcomes] == [CommitRefused, CommitRefused]


def test_nothing_is_written_when_the_commit_fails(failing_commit, monkeypatch):
    commit_group([add("ada"), add("bob")])
    monkeypatch.undo()
    assert names() == []


def test_the_writer_lives_on_after_a_failed_commit(writer, failing_commit, monkeypatch):
    with pytest.raises(CommitRefused):
        writer.run(add("ada"))
    monkeypatch.undo()
    writer.run(add("bob"))
    assert names() == ["bob"]


def test_a_swallowed_database_error_is_no_yes():
    def swallow():
        try:
            with transaction.atomic(savepoint=False):
                add("ada")()
                add("ada")()
        except IntegrityError:
            return "fine"

    refused, other = commit_group([swallow, add("bob")])
    assert isinstance(refused.error, Undone)
    assert other.error is None
    assert names() == ["bob"]


def test_what_follows_a_commit_comes_after_it_and_one_failure_silences_nobody():
    told = []

    def with_news(name, news):
        def work():
            add(name)()
            transaction.on_commit(news)

        return work

    outcomes = commit_group(
        [with_news("ada", lambda: 1 / 0), with_news("bob", lambda: told.append(len(names()))), add("cas")]
    )
    assert [outcome.error for outcome in outcomes] == [None, None, None]
    assert told == [3]


def test_a_write_that_was_undone_announces_nothing():
    told = []

    def work():
        transaction.on_commit(lambda: told.append("news"))
        raise ValueError("no")

    [outcome] = commit_group([work])
    assert isinstance(outcome.error, ValueError)
    assert told == []


def test_a_group_is_never_larger_than_allowed():
    writer = Writer(max_group=3)
    gate, sizes = threading.Event(), []

    async def ask():
        first = writer.submit(lambda: gate.wait(5))
        await asyncio.sleep(0.05)
        rest = [writer.submit(lambda: sizes.append(threading.get_ident())) for _ in range(7)]
        commits = []
        original = writer._commit
        writer._commit = lambda group: commits.append(len(group)) or original(group)
        gate.set()
        await asyncio.gather(first, *rest)
        return commits

    assert asyncio.run(ask()) == [3, 3, 1]
    writer.close()


def test_closing_finishes_what_was_asked_and_refuses_the_rest():
    writer = Writer()
    gate = threading.Event()

    async def ask():
        first = writer.submit(lambda: gate.wait(5))
        second = writer.submit(add("ada"))
        closing = asyncio.create_task(asyncio.to_thread(writer.close))
        await asyncio.sleep(0.05)
        gate.set()
        await asyncio.gather(first, second, closing)
        with pytest.raises(WriterClosed):
            await writer.submit(add("bob"))

    asyncio.run(ask())
    assert names() == ["ada"]


def test_a_client_that_left_disturbs_nobody(writer):
    async def ask():
        left = writer.submit(add("ada"))
        left.cancel()
        return await writer.submit(add("bob"))

    asyncio.run(ask())
    assert names() == ["ada", "bob"]


def test_a_lost_connection_costs_one_group_at_most(writer):
    writer.run(add("ada"))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        with pytest.raises(DatabaseError):
            writer.run(add("bob"))
    writer.run(add("cas"))
    assert "cas" in names()


def test_inline_writes_stand_in_the_callers_own_transaction(writer):
    async def ask():
        with writer.inline():
            return await writer.submit(add("ada"))

    with transaction.atomic():
        asyncio.run(ask())
        assert names() == ["ada"]
        transaction.set_rollback(True)
    assert names() == []
