"""OpenID Connect by the sign-in library, stricter: every proof's signature, nonce and receiver are checked by us.

The library keeps the state of the way there and back, and exchanges the code; it skips the signature of a proof that
came straight from the organisation, knows no nonce, and would make accounts and join them on mail addresses.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from leerkracht.accounts.queries import federation as queries
from leerkracht.accounts.rules.federation import (
    Arrival,
    Federation,
    FederationRefused,
    check_algorithm,
    check_person,
    check_proof,
)
from leerkracht.accounts.services import federation as services

PROTOCOL = "openid_connect"
SIGN_IN, LINK, ACCEPT = "sign_in", "link", "accept"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_NONCE = "leerkracht.accounts.federation.nonce"
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class Arrived(Exception):
    """Somebody is back with a good proof, for another purpose than signing in."""

    def __init__(self, arrival: Arrival, asked_for: Mapping[str, Any], back: str) -> None:
        super().__init__(arrival.slug)
        self.arrival = arrival
        self.asked_for = asked_for
        self.back = back


def nonce_of(state_id: str) -> str:
    """What we send along and want back inside the proof: it follows from the state, which works once in one browser."""
    return salted_hmac(_NONCE, state_id, algorithm="sha256").hexdigest()


class SchoolAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Organisations come from the settings alone; nobody is signed up or joined by what they say."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        return [
            SocialApp(
                provider=PROTOCOL,
                provider_id=known.slug,
                name=known.name,
                client_id=known.client_id,
                secret=known.secret,
                settings={"server_url": known.issuer, "oauth_pkce_enabled": True, "scope": ["openid"]},
            )
            for known in queries.federations()
            if provider in (None, PROTOCOL, known.slug) and client_id in (None, known.client_id)
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Mapping[str, Any]) -> Any:
        return sociallogin.user  # nobody is made from what they say

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Signing in goes on for whoever is linked and welcome; everything else is for the page that asked."""
        arrival, asked_for = sociallogin.arrival, sociallogin.state["data"]
        if asked_for["purpose"] != SIGN_IN:
            raise Arrived(arrival, asked_for, sociallogin.state.get("next", ""))
        if not sociallogin.is_existing:
            raise FederationRefused("unknown_account")
        services.check_welcome(person=sociallogin.user, arrival=arrival, now=timezone.now())

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Cancelled there, no answer, or a state or code that was used before: our own page says which."""
        if error == AuthError.CANCELLED:
            raise FederationRefused("cancelled")
        if isinstance(exception, requests.RequestException):
            raise FederationRefused("unreachable")
        raise FederationRefused("replayed")


class SchoolAccountProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """What of an answer becomes a row: issuer and subject, and nothing else."""

    def extract_uid(self, data: Arrival) -> str:
        return data.subject

    def extract_extra_data(self, data: Arrival) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: Arrival) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: Arrival) -> list[Any]:
        return []

    def get_oauth2_adapter(self, request: HttpRequest) -> SchoolAccountClient:
        return SchoolAccountClient(request, self.app.provider_id)


class SchoolAccountClient(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The way to one organisation and back."""

    @property
    def federation(self) -> Federation:
        known = queries.federation(self.provider_id)
        if known is None:
            raise LookupError(self.provider_id)
        return known

    @property
    def openid_config(self) -> dict[str, Any]:
        if not hasattr(self, "_openid_config"):
            self._openid_config = published_by(self.federation)
        return self._openid_config

    @property
    def basic_auth(self) -> bool:
        methods = self.openid_config.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return "client_secret_post" not in methods

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return settings.BASE_URL + reverse("accounts:federation-back", args=[self.provider_id])

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        try:
            found = super().get_access_token_data(*args, **kwargs)
        except (LookupError, ValueError) as error:  # an answer that the library cannot read
            raise FederationRefused("unreachable") from error
        return dict(found)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        """Check what came back with the code, and return who it is.

        Raises
        ------
        FederationRefused : see ``rules.federation``; ``signature`` and ``subject`` (userinfo of somebody else) are ours
        """
        claims = self._claims(kwargs["response"].get("id_token"))
        nonce = nonce_of(request.GET.get("state", ""))
        arrival = check_proof(
            claims, self.federation, published=self.openid_config["issuer"], nonce=nonce, now=time.time()
        )
        told = claims | (self._more(arrival, token.token) if self.federation.has_more else {})
        arrival = check_person(arrival, told, self.federation)
        login = self.get_provider().sociallogin_from_response(request, arrival)
        login.account.provider = arrival.issuer
        login.arrival = arrival
        return login

    def _claims(self, proof: Any) -> dict[str, Any]:
        """The content of a proof whose signature is right; what it says is not believed yet."""
        try:
            header = jwt.get_unverified_header(proof)
            algorithm = check_algorithm(header)
            key = self._key(header.get("kid"), algorithm)
            found = json.loads(jwt.PyJWS().decode_complete(proof, key=key, algorithms=[algorithm])["payload"])
        except (jwt.InvalidTokenError, ValueError) as error:
            raise FederationRefused("signature") from error
        if not isinstance(found, dict):
            raise FederationRefused("malformed")
        return found

    def _key(self, kid: Any, algorithm: str) -> jwt.PyJWK:
        """Their key of that name; one that is for another kind of signature is no key for this one."""
        found = asked(self.openid_config["jwks_uri"]).get("keys")
        family = "EC" if algorithm.startswith("ES") else "RSA"
        fitting = [
            key
            for key in (found if isinstance(found, list) else [])
            if isinstance(key, dict) and key.get("kty") == family and key.get("use", "sig") == "sig"
        ]
        fitting = [key for key in fitting if key.get("kid") == kid] if kid is not None else fitting
        if len(fitting) != 1 or fitting[0].get("alg", algorithm) != algorithm:
            raise FederationRefused("signature")
        try:
            return jwt.PyJWK(fitting[0], algorithm)
        except jwt.PyJWTError as error:
            raise FederationRefused("signature") from error

    def _more(self, arrival: Arrival, access_token: str) -> dict[str, Any]:
        where = self.openid_config.get("userinfo_endpoint")
        if not isinstance(where, str):
            return {}
        told = asked(where, Authorization=f"Bearer {access_token}")
        if told.get("sub") != arrival.subject:
            raise FederationRefused("subject")
        return told


def published_by(federation: Federation) -> dict[str, Any]:
    """What an organisation publishes about itself, with addresses that we dare to use.

    Raises
    ------
    FederationRefused : ``unreachable``, or ``published`` when it speaks for another issuer or without TLS
    """
    told = asked(f"{federation.issuer}/.well-known/openid-configuration")
    if not isinstance(told.get("issuer"), str) or not federation.takes_issuer(told["issuer"].rstrip("/")):
        raise FederationRefused("published")
    for name in ENDPOINTS:
        if not is_safe(told.get(name), federation.issuer):
            raise FederationRefused("published")
    if "userinfo_endpoint" in told and not is_safe(told["userinfo_endpoint"], federation.issuer):
        raise FederationRefused("published")
    return told


def is_safe(address: Any, issuer: str) -> bool:
    """Whether an address has TLS; on this machine itself, where only tests live, it need not."""
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    here = parts.hostname in _HERE and urlsplit(issuer).hostname in _HERE
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and here))


def asked(address: str, **headers: str) -> dict[str, Any]:
    """The JSON object at an address of an organisation, within five seconds and without being sent on.

    Raises
    ------
    FederationRefused : ``unreachable``
    """
    try:
        response = requests.get(address, headers=headers, timeout=5, allow_redirects=False)
        found = response.json() if response.status_code == 200 else None
    except (requests.RequestException, ValueError) as error:
        raise FederationRefused("unreachable") from error
    if not isinstance(found, dict):
        raise FederationRefused("unreachable")
    return found
