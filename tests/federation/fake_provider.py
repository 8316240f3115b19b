"""An organisation's sign-in page on this machine, that says whatever a test wants it to say."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from leerkracht.accounts.rules.federation import Federation

CLIENT, SECRET = "leerkracht/test", "geheim:van@ons"


@cache
def a_key(name: str) -> rsa.RSAPrivateKey:
    """A key by that name, made once: it takes a tenth of a second."""
    return rsa.generate_private_key(65537, 2048)


@dataclass
class FakeProvider:
    """Says who ``subject`` is; ``claims``, ``told`` and ``published`` change what it says (``None`` leaves it out)."""

    url: str = ""
    subject: str = "h4sh@voorbeeldschool"
    claims: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    published: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    signs_with: str = "own"
    code_works_twice: bool = False
    denies: str = ""
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def federation(self, slug: str = "entree") -> Federation:
        return Federation(slug, self.url, CLIENT, SECRET)

    def answer(self, method: str, path: str, query: dict[str, str], authorization: str) -> tuple[int, Any]:
        """Status and JSON; a text is where one is sent on to."""
        self.asked.append(f"{method} {path}")
        if path.endswith("/.well-known/openid-configuration"):
            return 200, self._published()
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(a_key("own").public_key()))
            return 200, {"keys": [public | {"kid": "own", "use": "sig", "alg": "RS256"}]}
        if path == "/authorize":
            return 302, self._authorized(query)
        if path == "/token":
            return self._token(query)
        if path == "/userinfo" and authorization.startswith("Bearer "):
            return 200, _with({"sub": self.subject} | STAFF, self.told)
        return 404, {}

    def _published(self) -> dict[str, Any]:
        addresses = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        told = {f"{name}_endpoint": f"{self.url}/{path}" for name, path in addresses.items()}
        told |= {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}
        return _with(told | {"token_endpoint_auth_methods_supported": ["client_secret_post"]}, self.published)

    def _authorized(self, query: dict[str, str]) -> str:
        if self.denies:
            return f"{query['redirect_uri']}?{urlencode({'error': self.denies, 'state': query['state']})}"
        code = secrets.token_urlsafe(8)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def _token(self, query: dict[str, str]) -> tuple[int, Any]:
        began = self.codes.get(query["code"]) if self.code_works_twice else self.codes.pop(query["code"], None)
        digest = hashlib.sha256(query.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        known = (query.get("client_id"), query.get("client_secret")) == (CLIENT, SECRET)
        if began is None or not known or began.get("code_challenge") != challenge:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "open-sesame", "token_type": "Bearer", "id_token": self._proof(began["nonce"])}

    def _proof(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": self.subject, "nonce": nonce, "iat": now, "exp": now + 300}
        key: Any = {"none": None, "HS256": SECRET * 3}.get(self.algorithm, a_key(self.signs_with))
        return jwt.encode(_with(claims, self.claims), key, algorithm=self.algorithm, headers={"kid": "own"})


STAFF = {"eduPersonAffiliation": "employee", "nlEduPersonHomeOrganizationId": "01AB"}


def _with(said: dict[str, Any], instead: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (said | instead).items() if value is not None}


@contextmanager
def running(provider: FakeProvider) -> Iterator[FakeProvider]:
    """Serve it on a free port of this machine until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say("GET", urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._say("POST", self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _say(self, method: str, text: str) -> None:
            query = {name: values[0] for name, values in parse_qs(text).items()}
            path, authorization = urlsplit(self.path).path, self.headers.get("Authorization", "")
            status, said = provider.answer(method, path, query, authorization)
            body = b"" if isinstance(said, str) else json.dumps(said).encode()
            self.send_response(status)
            if isinstance(said, str):
                self.send_header("Location", said)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
