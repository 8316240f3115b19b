"""Answers in one sentence, for when there is no Django to make a page."""

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from leerkracht.core.asgi.router import Scope, Send

TOO_LARGE = _("Dit is te groot: meer dan 10 MB. Kies een kleiner bestand en probeer het opnieuw.")
BUSY = _("Het is nu heel druk. Wacht een paar tellen en laad de pagina opnieuw.")
FAILED = _("Er ging iets mis aan onze kant. Probeer het opnieuw; wat al opgeslagen was, staat er nog.")

Headers = list[tuple[bytes, bytes]]


async def say(scope: Scope, send: Send, status: int, message: str, *, headers: Headers | None = None) -> None:
    """Answer ``message`` as plain text, in English to a browser that asks for it first."""
    wanted = dict(scope["headers"]).get(b"accept-language", b"")
    with translation.override("en" if wanted.lower().startswith(b"en") else "nl"):
        body = gettext(message).encode()
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", str(len(body)).encode()),
                (b"cache-control", b"no-store"),
                *(headers or []),
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})
