"""Devices on a bad network and a server that is killed: what was acknowledged is on the board, exactly once."""

from __future__ import annotations

import pytest

from leerkracht.config.fault import board, postgres

DATABASES = ("sqlite", "postgres")


@pytest.fixture(params=DATABASES)
def database(request):
    if request.param == "postgres":
        try:
            postgres.tools()
        except postgres.NoPostgres as error:
            pytest.skip(str(error))
    return request.param


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_acknowledged_is_lost_or_doubled(database, seed):
    report = board.run(board.Plan(clients=3, ops=2000, kills=10, database=database, seed=seed), print)
    assert (report.lost, report.double, report.mixed, report.wrong) == (0, 0, 0, [])
    assert report.acknowledged + report.refused == 2000
    assert report.ok


def test_many_devices_on_one_board(database):
    report = board.run(board.Plan(clients=24, ops=3000, kills=4, database=database, seed=3), print)
    assert (report.lost, report.double, report.mixed, report.wrong) == (0, 0, 0, [])


def test_a_device_that_changes_its_ids_is_caught(database):
    plan = board.Plan(clients=3, ops=400, kills=2, database=database, seed=4, breaks_idempotency=True)
    report = board.run(plan, print)
    assert report.double > 0
    assert not report.ok
