"""The way to an organisation and back, as a browser goes it."""

import html
import re
from urllib.parse import urlsplit

import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from leerkracht.accounts.models import Person
from leerkracht.accounts.services.people import trust_address

from .fake_provider import FakeProvider

HERE = "/account/school/entree/"


def leave(client: Client, path: str = HERE, **fields: str) -> str:
    """The address that our page sends the browser to."""
    response = client.post(path, fields)
    assert response.status_code == 200, response
    return html.unescape(re.search(r'data-leave>\s*<a[^>]*href="([^"]+)"', response.content.decode()).group(1))


def there(address: str) -> str:
    """Where the organisation sends the browser back to, as a path of ours."""
    parts = urlsplit(requests.get(address, allow_redirects=False, timeout=5).headers["Location"])
    return f"{parts.path}?{parts.query}"


def come_in(client: Client, path: str = HERE, **fields: str):
    return client.get(there(leave(client, path, **fields)))


def linked(who: Person, provider: FakeProvider, subject: str = "") -> SocialAccount:
    trust_address(person=who, email=who.email)
    return SocialAccount.objects.create(user=who, provider=provider.url, uid=subject or provider.subject)


def whose(client: Client) -> str:
    return client.session.get("_auth_user_id", "")
