"""Django inside the event loop: what goes in and comes out, and what happens when somebody leaves."""

from __future__ import annotations

import asyncio
import threading

import pytest
from django.http import FileResponse, HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path

from leerkracht.config import asgi, wsgi
from leerkracht.config.serving import beat, threads
from leerkracht.config.serving.threads import Threads
from leerkracht.core.asgi import router
from leerkracht.core.views.access import public


@public("test")
def echo(request):
    return JsonResponse(
        {
            "body": request.body.decode(),
            "path": request.path,
            "query": request.GET.dict(),
            "cookies": request.COOKIES,
            "x": request.headers.get("X-Two", ""),
            "forged": request.META.get("HTTP_X_FORWARDED_PROTO", ""),
        }
    )


@public("test")
def stream(request):
    return StreamingHttpResponse(f"{number}\n" for number in range(3))


@public("test")
def download(request):
    return FileResponse(open(__file__, "rb"))


@public("test")
def broken(request):
    raise RuntimeError("oops")


@public("test")
def empty(request):
    return HttpResponse(status=204)


urlpatterns = [
    path("écho/", echo),
    path("echo/", echo),
    path("stream/", stream),
    path("download/", download),
    path("broken/", broken),
    path("empty/", empty),
]
BARE = override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=["django.middleware.common.CommonMiddleware"])


def ask(app, method="GET", where="/echo/", *, headers=(), body=(b"",), query=b"", leave=False):
    """Send one request and return status, headers and body; ``leave`` goes away after the body."""
    waiting = [{"type": "http.request", "body": part, "more_body": True} for part in body]
    waiting[-1]["more_body"] = False
    if leave:
        waiting = [*waiting[:-1], {"type": "http.disconnect"}]
    sent = []

    async def receive():
        if waiting:
            return waiting.pop(0)
        return await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "method": method, "path": where, "query_string": query, "http_version": "1.1",
        "scheme": "http", "server": ("127.0.0.1", 8000), "client": ("10.0.0.1", 5), "headers": list(headers),
    }  # fmt: skip
    asyncio.run(asyncio.wait_for(app(scope, receive, send), 20))
    if not sent:
        return None, {}, b""
    assert [message["type"] for message in sent[1:]] == ["http.response.body"] * (len(sent) - 1)
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(message["body"] for message in sent[1:])


@pytest.fixture
def app():
    with BARE:
        django = Threads(wsgi.Handler())
        yield asgi.Application(django)
        django.close()


HOST = (b"host", b"localhost")


def test_a_request_arrives_whole(app):
    status, _, body = ask(
        app,
        "POST",
        "/écho/",
        headers=[HOST, (b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"x-two", b"1"), (b"x-two", b"2")],
        body=[b"one ", b"two"],
        query=b"week=%C3%A9%C3%A9n",
    )
    assert status == 200
    assert __import__("json").loads(body) == {
        "body": "one two",
        "path": "/écho/",
        "query": {"week": "één"},
        "cookies": {"a": "1", "b": "2"},
        "x": "1,2",
        "forged": "",
    }


def test_a_header_with_an_underscore_passes_for_no_other(app):
    _, _, body = ask(app, headers=[HOST, (b"x_forwarded_proto", b"https")])
    assert b'"forged": ""' in body


def test_a_body_that_announced_no_length_is_read_too(app):
    _, _, body = ask(app, "POST", headers=[HOST, (b"transfer-encoding", b"chunked")], body=[b"a" * 300_000, b"b"])
    assert body.count(b"a") >= 300_000


@pytest.mark.parametrize("announced", [True, False])
def test_too_large_a_body_is_refused_with_a_sentence(app, announced, monkeypatch):
    monkeypatch.setattr(threads, "MAX_BODY", 1000)
    headers = [HOST, (b"content-length", b"1001")] if announced else [HOST]
    status, headers, body = ask(app, "POST", headers=headers, body=[b"x" * 600, b"x" * 401])
    assert status == 413
    assert headers[b"content-type"] == b"text/plain; charset=utf-8"
    assert body.decode().startswith("Dit is te groot")


def test_a_stream_comes_in_parts(app):
    assert ask(app, where="/stream/", headers=[HOST])[2] == b"0\n1\n2\n"


def test_a_file_comes_whole(app):
    status, headers, body = ask(app, where="/download/", headers=[HOST])
    assert (status, len(body)) == (200, int(headers[b"content-length"]))


def test_a_head_request_gets_no_body(app):
    status, _, body = ask(app, "HEAD", headers=[HOST])
    assert (status, body) == (200, b"")


def test_an_empty_answer_stays_empty(app):
    assert ask(app, where="/empty/", headers=[HOST])[::2] == (204, b"")


def test_a_broken_view_is_answered(app):
    assert ask(app, where="/broken/", headers=[HOST])[0] == 500


def test_a_client_that_left_is_not_answered(app):
    assert ask(app, "POST", headers=[HOST], body=[b"half", b""], leave=True) == (None, {}, b"")


def test_more_requests_than_can_wait_are_told_to_come_back():
    with BARE:
        django = Threads(wsgi.Handler(), max_waiting=0)
        status, headers, body = ask(asgi.Application(django), headers=[HOST, (b"accept-language", b"nl")])
        django.close()
    assert (status, headers[b"retry-after"]) == (503, b"5")
    assert body.decode().startswith("Het is nu heel druk")


def test_every_answer_carries_its_request_id(app):
    made = ask(app, headers=[HOST])[1][b"x-request-id"]
    given = ask(app, headers=[HOST, (b"x-request-id", b"from-balancer-1")])[1][b"x-request-id"]
    forged = ask(app, headers=[HOST, (b"x-request-id", b"a\nb")])[1][b"x-request-id"]
    assert len(made) == 16
    assert given == b"from-balancer-1"
    assert forged not in (b"a\nb", made)


@pytest.fixture
def hot(monkeypatch):
    monkeypatch.setattr(router, "HOT", [])

    async def handler(scope, receive, send, match):
        if match["number"] == "13":
            raise RuntimeError("unlucky")
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send(
            {"type": "http.response.body", "body": match["number"].encode() + threading.current_thread().name.encode()}
        )

    router.add("GET", r"/echo/(?P<number>\d+)", handler)


def test_a_hot_path_is_answered_in_the_loop_and_the_rest_by_django(app, hot):
    assert ask(app, where="/echo/7")[2] == b"7MainThread"
    assert ask(app, "POST", "/echo/7", headers=[HOST])[0] == 404
    assert ask(app, where="/echo/", headers=[HOST])[0] == 200


def test_a_hot_path_that_fails_is_answered_with_a_sentence(app, hot):
    status, _, body = ask(app, where="/echo/13")
    assert status == 500
    assert body.decode().startswith("Er ging iets mis aan onze kant")


def test_a_hot_path_is_registered_once(hot):
    with pytest.raises(ValueError, match="registered twice"):
        router.add("GET", r"/echo/(?P<number>\d+)", lambda *_: None)


@pytest.mark.parametrize(("passed", "rest"), [(0.0, 0.1), (0.03, 0.07), (0.1, 0.0), (0.101, 0.099), (0.25, 0.05)])
def test_answers_leave_on_the_next_beat(passed, rest):
    assert beat.rest_of_beat(passed) == pytest.approx(rest)


def test_only_forms_where_an_address_or_code_is_typed_keep_to_the_beat():
    assert beat.is_even("POST", "/account/login/")
    assert beat.is_even("POST", "/invitation/abc/")
    assert not beat.is_even("GET", "/account/login/")
    assert not beat.is_even("POST", "/boards/1/")
