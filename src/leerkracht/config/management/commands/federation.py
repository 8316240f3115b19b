"""``leerkracht federation``: whether the sign-in pages of schools answer, and say what they must."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse

from leerkracht.accounts.adapters.federation import asked, published_by
from leerkracht.accounts.queries.federation import federations
from leerkracht.accounts.rules.federation import ALGORITHMS, Federation, FederationRefused


class Command(BaseCommand):
    help = "Ask each organisation that people may sign in with what it publishes; exit 1 when one does not fit."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="do", required=True)
        check = acts.add_parser("check", help="needs the network; signs nobody in")
        check.add_argument("--json", action="store_true", help="print one JSON object per organisation")

    def handle(self, *args: Any, **options: Any) -> None:
        found = [facts_of(known) for known in federations()]
        for facts in found:
            said = "; ".join(facts["problems"]) or "all is well"
            plain = f"{facts['name']} ({facts['issuer']}), back to {facts['redirect']}: {said}."
            self.stdout.write(json.dumps(facts) if options["json"] else plain)
        if not found and not options["json"]:
            self.stdout.write("No organisation is set: people sign in by mail and passkey (docs/operations.md).")
        if any(facts["problems"] for facts in found):
            sys.exit(1)


def facts_of(known: Federation) -> dict[str, Any]:
    """What to register there, and what is wrong with what it publishes; never the secret."""
    return {
        "name": known.name,
        "issuer": known.issuer,
        "client_id": known.client_id,
        "redirect": settings.BASE_URL + reverse("accounts:federation-back", args=[known.slug]),
        "problems": problems_of(known),
    }


def problems_of(known: Federation) -> list[str]:
    try:
        told = published_by(known)
        keys = asked(told["jwks_uri"]).get("keys")
    except FederationRefused as refusal:
        words = {"unreachable": "no answer, or none that we can read"}
        return [words.get(refusal.code, "it publishes another issuer, or an address without TLS")]
    found = []
    if not isinstance(keys, list) or not any(isinstance(key, dict) and key.get("kty") in ("RSA", "EC") for key in keys):
        found.append("it publishes no key to check a signature with")
    if not set(told.get("id_token_signing_alg_values_supported", ALGORITHMS)) & set(ALGORITHMS):
        found.append(f"it signs in none of the ways we accept ({', '.join(ALGORITHMS)})")
    if "code" not in told.get("response_types_supported", ["code"]):
        found.append("it does not know the code flow")
    if known.has_more and "userinfo_endpoint" not in told:
        found.append("it has no userinfo, where role and school should stand")
    return found
