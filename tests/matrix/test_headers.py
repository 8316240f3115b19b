"""Every door answers with the same guard: the headers of each route, file, stream and apology, written by hand here."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction

from leerkracht.config import asgi, wsgi
from leerkracht.config.serving import threads
from leerkracht.config.serving.headers import Edge
from leerkracht.core.asgi import router
from leerkracht.core.asgi.inline import outside_loop

from .routes import path_of, scope_of
from .test_matrix import TABLE

pytestmark = pytest.mark.django_db
POLICY = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self' data:; manifest-src 'self'; object-src 'none'; script-src 'self'; "
    "style-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types default; "
    "report-uri /policy-reports/"
)
FEATURES = (
    "clipboard-write=(self), fullscreen=(self), publickey-credentials-create=(self), publickey-credentials-get=(self), "
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), clipboard-read=(), display-capture=(), "
    "encrypted-media=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), "
    "magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), picture-in-picture=(), "
    "screen-wake-lock=(), serial=(), storage-access=(), sync-xhr=(), usb=(), window-management=(), "
    "xr-spatial-tracking=()"
)
EVERYWHERE = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": FEATURES,
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
# What an answer may say besides; whatever is not here tells more than a stranger needs.
BESIDES = {
    "allow", "cache-control", "content-disposition", "content-encoding", "content-language", "content-length",
    "content-type", "etag", "expires", "hx-redirect", "last-modified", "location", "retry-after", "set-cookie",
    "vary", "x-accel-buffering", "x-request-id",
}  # fmt: skip
# Pages that a visitor's browser or a proxy may keep, and that set no cookie.
CACHEABLE = {"boards:openapi"}
GETS = sorted(route for method, route in TABLE if method == "GET")
PEOPLE = ("visitor", "member", "central")


class Inline(threads.Threads):
    """Django on the test's own thread, in its transaction."""

    def _in_thread(self, function, *values):
        with outside_loop():
            found = function(*values)
        done = asyncio.get_running_loop().create_future()
        done.set_result(found)
        return done


@pytest.fixture(scope="module")
def product():
    """The product as the server has it, but that a request never closes the connection that holds the world."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield asgi.Application(Inline(wsgi.Handler()))
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def asked(method, path, cookies):
    """A request as the server hands it to the product; a page is no JSON."""
    scope = scope_of(method, path, cookies)
    is_hot = router.find(method, path) is not None
    kept = [header for header in scope["headers"] if is_hot or header[0] != b"content-type"]
    return {**scope, "headers": kept, "http_version": "1.1"}


def ask(product, scope, body=b""):
    """Status and headers, each as a list of values: a header that stands twice is a fault."""
    said = []
    heard = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive():
        return next(heard, {"type": "http.disconnect"})

    async def send(message):
        said.append(message)

    asyncio.run(product(scope, receive, send))
    found = {}
    for name, value in said[0]["headers"]:
        found.setdefault(name.decode(), []).append(value.decode())
    return said[0]["status"], found


def faults_of(status, headers, *, is_known):
    """What differs from the table, in words."""
    found = [f"{name}: {headers.get(name)}" for name, value in EVERYWHERE.items() if headers.get(name) != [value]]
    found += [f"{name}: not in the table" for name in headers.keys() - EVERYWHERE.keys() - BESIDES]
    kept = "no-store" not in headers.get("cache-control", [""])[0]
    if kept and (is_known or status >= 400 or "set-cookie" in headers):
        found.append(f"may be kept: {headers.get('cache-control')}")
    return found


@pytest.mark.parametrize("route", GETS)
def test_every_route_has_the_headers_of_the_table(asker, product, route):
    found = []
    for who in PEOPLE:
        cookies = asker.world.cookies[who]
        with transaction.atomic():
            status, headers = ask(product, asked("GET", path_of(route, asker.world), cookies))
            transaction.set_rollback(True)
        found += [f"{who} {status} {fault}" for fault in faults_of(status, headers, is_known=bool(cookies))]
        if who == "visitor" and route in CACHEABLE:
            assert (status, headers.keys() & {"set-cookie", "cache-control"}) == (200, set())
            assert "Cookie" not in headers.get("vary", [""])[0]
    assert found == []


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/static/headers.js", b"", 200),
        ("GET", "/static/core/nothing.js", b"", 404),
        ("GET", "/nowhere/", b"", 404),
        ("GET", "/language/", b"", 405),
        ("POST", "/language/", b"", 302),
        ("POST", "/account/login/", b"x" * (threads.MAX_BODY + 1), 413),
        ("POST", "/api/boards/1/operations", b"[", 400),
        ("GET", "/live/boards/1", b"", 404),
        ("GET", "/profile/", b"", 302),
    ],
)
def test_files_refusals_and_redirects_have_them_too(asker, product, method, path, body, status):
    Path(settings.STATIC_ROOT, "headers.js").write_text("// a file")
    heard, headers = ask(product, asked(method, path, {}), body)
    assert heard == status
    assert faults_of(heard, headers, is_known=False) == []


def test_apologies_of_the_edge_have_them_too(asker, product, monkeypatch):
    async def broken(scope, receive, send, match):
        raise RuntimeError("oops")

    def raises(*values):
        raise RuntimeError("oops")

    monkeypatch.setattr(router, "HOT", [])
    router.add("GET", "/broken", broken)
    busy = Inline(wsgi.Handler(), max_waiting=0)
    for path, django in (("/broken", product.django), ("/", busy), ("/", Inline(raises))):
        status, headers = ask(asgi.Application(django), asked("GET", path, {}))
        assert status in (500, 503)
        assert faults_of(status, headers, is_known=False) == []


def test_a_form_without_its_token_is_refused_with_them(asker, product):
    path = path_of("accounts:profile", asker.world)
    status, headers = ask(product, asked("POST", path, asker.world.cookies["member"]))
    assert status == 403
    assert faults_of(status, headers, is_known=True) == []


def test_https_is_asked_for_a_year_where_the_address_has_it():
    def said(is_secure):
        return dict(Edge(is_secure=is_secure, personal_cookies=()).complete("/", 200, b"", []))

    assert said(True)[b"strict-transport-security"] == b"max-age=31536000"
    assert b"strict-transport-security" not in said(False)


def test_the_table_can_tell_a_difference():
    headers = {name: [value] for name, value in EVERYWHERE.items()}
    assert faults_of(200, headers, is_known=False) == []
    assert faults_of(200, headers, is_known=True) != []
    assert faults_of(200, headers | {"server": ["granian/2"]}, is_known=False) != []
    assert faults_of(200, headers | {"x-frame-options": ["DENY", "DENY"]}, is_known=False) != []
    assert faults_of(404, headers, is_known=False) != []
