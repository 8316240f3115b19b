"""The headers on every answer, whoever made it: Django, a hot path, a file, or an apology from the edge.

They are put on at one place, the outermost, so that no door can forget them: ``docs/decisions/0015-one-edge.md``.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

Headers = Iterable[tuple[bytes, bytes]]

REPORTS = "/policy-reports/"
STRICT = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self' data:",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "worker-src": "'self'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "default",  # made by core/js/trusted.js, for what htmx fetched and for our own files
    "report-uri": REPORTS,
}
# By the beginning of the path, the first that fits; an editors' desk that needs a wider policy gets a line above.
POLICIES = (("/", STRICT),)
# What the product uses of a device; everything else a page could ask for is off.
USED = {
    "clipboard-write": "(self)",
    "fullscreen": "(self)",
    "publickey-credentials-create": "(self)",
    "publickey-credentials-get": "(self)",
}
UNUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture",
    "encrypted-media", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer",
    "microphone", "midi", "otp-credentials", "payment", "picture-in-picture", "screen-wake-lock", "serial",
    "storage-access", "sync-xhr", "usb", "window-management", "xr-spatial-tracking",
)  # fmt: skip
DEVICE_FEATURES = {**USED, **dict.fromkeys(UNUSED, "()")}
YEAR_SECONDS = 31_536_000

NOT_KEPT = (b"cache-control", b"private, no-store")


class Edge:
    """Completes the headers of an answer; the values are made once, when the server starts."""

    def __init__(self, *, is_secure: bool, personal_cookies: Iterable[str]) -> None:
        fixed = {
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "permissions-policy": ", ".join(f"{name}={who}" for name, who in DEVICE_FEATURES.items()),
            "referrer-policy": "same-origin",
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
        }
        if is_secure:
            fixed["strict-transport-security"] = f"max-age={YEAR_SECONDS}"
        self._fixed = [(name.encode(), value.encode()) for name, value in fixed.items()]
        self._ours = frozenset(name for name, _value in self._fixed) | {b"content-security-policy", b"server"}
        self._policies = [(start, (b"content-security-policy", _policy(words))) for start, words in POLICIES]
        self._personal = tuple(f"{name}=".encode() for name in personal_cookies)

    def complete(self, path: str, status: int, cookies: bytes, headers: Headers) -> list[tuple[bytes, bytes]]:
        """Return ``headers`` with ours in place of any of the same name, and a word about keeping where none stood."""
        found = [header for header in headers if header[0] not in self._ours]
        names = {name for name, _value in found}
        if b"cache-control" not in names and (status >= 400 or b"set-cookie" in names or self._is_personal(cookies)):
            found.append(NOT_KEPT)
        policy = next(policy for start, policy in self._policies if path.startswith(start) or start == "/")
        return [*found, *self._fixed, policy]

    def _is_personal(self, cookies: bytes) -> bool:
        """Whether somebody is known by a cookie: what they see is theirs, and a shared computer must not keep it."""
        return any(name in cookies for name in self._personal)


def edge() -> Edge:
    """Return the edge of this installation."""
    names = (settings.SESSION_COOKIE_NAME, settings.DEVICE_COOKIE_NAME, settings.GUEST_COOKIE_NAME)
    return Edge(is_secure=settings.ENV.is_secure, personal_cookies=names)


def _policy(words: dict[str, str]) -> bytes:
    return "; ".join(f"{name} {value}" for name, value in words.items()).encode()
