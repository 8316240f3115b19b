"""What an act of the audit trail is called on a screen; each room adds its own at start-up."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from leerkracht.core.rules import gettext_noop as _

_words: dict[str, str] = {
    "accounts.person_made": _("Persoon toegevoegd"),
    "accounts.profile_changed": _("Naam of taal gewijzigd"),
    "accounts.registered": _("Zelf geregistreerd"),
    "accounts.signed_in": _("Ingelogd"),
    "accounts.signed_out": _("Uitgelogd"),
    "accounts.signed_out_elsewhere": _("Op andere plekken uitgelogd"),
    "accounts.address_changed": _("E-mailadres gewijzigd"),
    "accounts.second_factor_added": _("Tweede sleutel toegevoegd"),
    "accounts.second_factor_removed": _("Tweede sleutel verwijderd"),
    "accounts.school_account_linked": _("Schoolaccount gekoppeld"),
    "accounts.school_account_unlinked": _("Schoolaccount ontkoppeld"),
    "accounts.sign_in_refused": _("Inloggen met schoolaccount geweigerd"),
    "accounts.link_made": _("Inloglink gemaakt"),
    "accounts.list_exported": _("Lijst gedownload"),
    "accounts.person_erased": _("Persoon gewist"),
    "accounts.own_data_taken": _("Eigen gegevens meegenomen"),
    "accounts.people_shown": _("Persoonsgegevens bekeken"),
    "accounts.content_forgotten": _("Inhoud van regels gewist"),
    "accounts.restore_accepted": _("Teruggezette reservekopie aanvaard"),
    "accounts.anchor_begun": _("Anker van de logboeken begonnen"),
    "accounts.chain_verified": _("Verzegeling nagelopen: alles klopt"),
    "accounts.chain_broken": _("Verzegeling nagelopen: er klopt iets niet"),
}


def register_acts(words: Mapping[str, str]) -> None:
    """Add act → msgid; a room calls this in ``AppConfig.ready``."""
    _words.update(words)


def words_of(act: str) -> str:
    """Return the act in the reader's language; an act without words shows as it is stored."""
    return gettext(_words[act]) if act in _words else act


def acts_in_order() -> list[tuple[str, str]]:
    """Every act with its words in the reader's language, in the order of the words."""
    return sorted(((act, words_of(act)) for act in _words), key=lambda pair: pair[1].casefold())


def acts_that_say(word: str) -> list[str]:
    """Return the acts whose words, in the reader's language, hold ``word``."""
    return [act for act in _words if word.casefold() in words_of(act).casefold()]
