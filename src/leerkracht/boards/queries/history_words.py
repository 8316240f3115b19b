"""What a line of the log says in words."""

from __future__ import annotations

from django.utils.translation import gettext

from leerkracht.core.rules import gettext_noop as _

TEXT_OF = frozenset({"goal", "action", "note", "section", "measurement"})
_WORDS = {
    "board.open": _("hing het bord op"),
    "board.new_year": _("nam het bord mee naar een nieuw schooljaar"),
    "section.add": _("maakte een vak"),
    "section.rename": _("hernoemde een vak"),
    "section.hide": _("verborg een vak"),
    "section.show": _("haalde een vak terug"),
    "section.move": _("verplaatste een vak"),
    "goal.add": _("schreef een doel"),
    "goal.edit": _("paste een doel aan"),
    "goal.place": _("hing een doel op het bord"),
    "goal.withdraw": _("maakte van een doel weer een concept"),
    "goal.measure": _("noteerde een meting"),
    "goal.close": _("sloot een doel af"),
    "goal.reopen": _("heropende een doel"),
    "action.add": _("schreef een actie"),
    "action.edit": _("paste een actie aan"),
    "action.done": _("zette een actie op klaar"),
    "action.celebrate": _("maakte van een actie een succes"),
    "action.carry": _("schoof een actie door"),
    "action.drop": _("liet een actie los"),
    "action.reopen": _("heropende een actie"),
    "note.add": _("hing een kaart op"),
    "note.edit": _("paste een kaart aan"),
    "note.offer": _("bood hulp aan"),
    "note.close": _("rondde een kaart af"),
    "note.reopen": _("heropende een kaart"),
    "note.remove": _("haalde een kaart weg"),
    "card.move": _("verplaatste een kaart"),
    "session.plan": _("plande een bordsessie"),
    "session.start": _("startte de bordsessie"),
    "session.step": _("ging naar de volgende stap"),
    "session.roles": _("verdeelde de rollen"),
    "session.present": _("noteerde wie er is"),
    "session.round_off": _("schreef een top of een tip"),
    "session.pause": _("sloot de eerste groep af"),
    "session.resume": _("startte de tweede groep"),
    "session.close": _("rondde de bordsessie af"),
    "session.skip": _("sloeg een bordsessie over"),
    "person.move": _("voegde twee collega’s samen"),
    "undo": _("draaide iets terug"),
}


def words_of(kind: str) -> str:
    """Return what an operation of this kind did, after a name; an unknown kind shows as it is stored."""
    return gettext(_WORDS[kind]) if kind in _WORDS else kind


def did_words() -> dict[str, str]:
    """What a screen says right after a change; kinds that are not named say nothing."""
    said = {
        "goal.add": gettext("Doel bewaard: %(text)s"),
        "goal.edit": gettext("Aangepast: %(text)s"),
        "goal.place": gettext("Hangt op het bord: %(text)s"),
        "goal.withdraw": gettext("Weer een concept: %(text)s"),
        "goal.measure": gettext("Meting genoteerd bij: %(text)s"),
        "goal.close": gettext("Afgesloten: %(text)s"),
        "goal.reopen": gettext("Heropend: %(text)s"),
        "action.add": gettext("Actie bewaard: %(text)s"),
        "action.edit": gettext("Aangepast: %(text)s"),
        "action.done": gettext("Klaar: %(text)s"),
        "action.celebrate": gettext("Gelukt! %(text)s"),
        "action.carry": gettext("Doorgeschoven: %(text)s"),
        "action.drop": gettext("Losgelaten: %(text)s"),
        "action.reopen": gettext("Heropend: %(text)s"),
        "note.add": gettext("Hangt op het bord: %(text)s"),
        "note.edit": gettext("Aangepast: %(text)s"),
        "note.offer": gettext("Hulp aangeboden: %(text)s"),
        "note.close": gettext("Afgerond: %(text)s"),
        "note.reopen": gettext("Heropend: %(text)s"),
        "note.remove": gettext("Van het bord gehaald: %(text)s"),
        "card.move": gettext("Verplaatst: %(text)s"),
    }
    spoken = {
        "moved": gettext("‘%(text)s’ staat nu op plek %(place)s van %(count)s bij %(section)s."),
        "undone": gettext("Teruggedraaid."),
    }
    return {f"did {kind}": words for kind, words in said.items()} | spoken
