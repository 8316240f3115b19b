"""Icons and the product's own marks: stairs, rhythm strip, faces, initials."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .html import attributes, element, hidden

register = template.Library()

MOUTHS = {
    "low": "M13 27q7-6 14 0",
    "neutral": "M13 25.5h14",
    "happy": "M12.5 24q7.5 8 15 0",
    "bright": "M11 22.5q9 11 18 0",
}
EYES = '<circle class="eye" cx="14" cy="17" r="2"/><circle class="eye" cx="26" cy="17" r="2"/>'
WEEK = 16


@register.filter
def spoken(text: str) -> str:
    """Say a word that was marked elsewhere (a holiday, a piece of advice) in the reader's language."""
    return _(text) if text else ""


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw a Lucide icon from the sprite; without a label it is decoration."""
    says: dict[str, object] = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    return mark_safe(f'<svg class="icon"{attributes(says)}><use href="{static("core/icons.svg")}#{name}"></use></svg>')


@register.simple_tag
def stairs(done: int = 4, steps: int = 4, label: str = "") -> SafeString:
    """Draw the stairs: ``done`` of ``steps`` bars filled, the last step in the sun once it is reached."""
    width, low, high = 7, 8, 26
    bars = []
    for number in range(steps):
        height = low + (high - low) * number / max(1, steps - 1)
        kind = "ahead" if number >= done else "top-step" if number == steps - 1 else "up"
        place = f'x="{number * (width + 3)}" y="{high - height:g}" width="{width}" height="{height:g}"'
        bars.append(f'<rect class="{kind}" {place} rx="2"/>')
    words: dict[str, object] = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    return mark_safe(
        f'<svg class="stairs" viewBox="0 0 {steps * (width + 3) - 3} {high}"{attributes(words)}>{"".join(bars)}</svg>'
    )


@register.simple_tag
def rhythm_strip(weeks: Iterable[str], label: str = "", now: int | None = None) -> SafeString:
    """Draw a mark a week: ``held``, ``planned``, ``missed`` or ``holiday``; ``now`` is the position of this week."""
    states = [str(week) for week in weeks]
    paths: dict[str, list[str]] = {"held": [], "planned": [], "missed": [], "holiday": []}
    for number, state in enumerate(states):
        paths[state].append(_week(state, number * WEEK + 6.5))
    marks = "".join(f'<path class="{state}" d="{"".join(parts)}"/>' for state, parts in paths.items() if parts)
    if now is not None:
        marks += f'<circle class="now" cx="{now * WEEK + 6.5}" cy="18" r="2.2"/>'
    words = label or rhythm_words(states)
    width = max(len(states), 1) * WEEK - 3
    return mark_safe(
        f'<svg class="rhythm" viewBox="0 0 {width} 13"{attributes({"role": "img", "aria_label": words})}>{marks}</svg>'
    )


def _week(state: str, x: float) -> str:
    if state == "holiday":
        return f"M{x - 4:g} 9.5h8"
    radius = 5.5 if state == "held" else 4.5
    ring = f"M{x - radius:g} 6.5a{radius} {radius} 0 1 0 {2 * radius:g} 0a{radius} {radius} 0 1 0 {-2 * radius:g} 0z"
    return ring + (f"M{x - 3:g} 9.5l6-6" if state == "missed" else "")


def rhythm_words(states: list[str]) -> str:
    """Say the strip: how many of the weeks that counted were held."""
    count = Counter(states)
    weeks = count["held"] + count["missed"]
    said = [_("%(held)s van %(weeks)s weken gehouden") % {"held": count["held"], "weeks": weeks}]
    if count["missed"]:
        said.append(_("%(count)s gemist") % {"count": count["missed"]})
    if count["planned"]:
        said.append(_("%(count)s gepland") % {"count": count["planned"]})
    if count["holiday"]:
        said.append(
            ngettext("%(count)s week vakantie", "%(count)s weken vakantie", count["holiday"])
            % {"count": count["holiday"]}
        )
    return ", ".join(said)


@register.simple_tag
def face(mood: str, label: str = "") -> SafeString:
    """Draw a face: ``low``, ``neutral``, ``happy`` or ``bright``."""
    says: dict[str, object] = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    skin = '<circle class="skin" cx="20" cy="20" r="17"/>'
    mouth = f'<path class="mouth" d="{MOUTHS[mood]}"/>'
    return mark_safe(
        f'<svg class="face" data-mood="{mood}" viewBox="0 0 40 40"{attributes(says)}>{skin}{EYES}{mouth}</svg>'
    )


def mood_words() -> dict[str, str]:
    return {"low": _("niet zo lekker"), "neutral": _("gaat wel"), "happy": _("goed")}


@register.simple_tag
def faces(low: int | str = 0, neutral: int | str = 0, happy: int | str = 0) -> SafeString:
    """Show the check-in's totals: three faces with their counts; ``"–"`` stands for not yet shown."""
    counts = {"low": low, "neutral": neutral, "happy": happy}
    cells = [
        element("li", face(mood), element("b", counts[mood]), element("span", word))
        for mood, word in mood_words().items()
    ]
    return element("ul", *cells, class_="faces")


@register.simple_tag
def face_keys(name: str = "mood", chosen: str = "", disabled: bool = False) -> SafeString:
    """Ask the check-in: three submit buttons inside a form of yours; the value is low, neutral or happy."""
    keys = [
        element(
            "button", face(mood), element("span", word),
            type="submit", name=name, value=mood, aria_pressed=str(mood == chosen).lower(), disabled=disabled,
        )
        for mood, word in mood_words().items()
    ]  # fmt: skip
    return element("div", *keys, class_="faces", role="group", aria_label=_("Hoe zit je erbij?"))


def initials(name: str) -> str:
    """Return two letters for the small round mark."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()]
    letters = (words[0][0] + words[-1][0]) if len(words) > 1 else (words[0][:2] if words else "?")
    return letters.upper()


@register.simple_tag
def who(name: object, size: str = "", full: bool = False) -> SafeString:
    """Show somebody as initials, the name for who listens or hovers; ``full`` writes the name beside it."""
    words = str(name)
    letters = element("span", initials(words), aria_hidden="true")
    if full:
        mark = element("span", letters, class_="who", data_size=size or None, data_name=True)
        return element("span", mark, element("span", words, data_name=True), class_="who-line")
    return element("span", letters, hidden(words), class_="who", data_size=size or None, data_name=True, title=words)


@register.simple_tag
def whos(names: Iterable[object], most: int = 5, size: str = "") -> SafeString:
    """Show several people; beyond ``most`` the rest is a number, its names for who listens or hovers."""
    people = [str(name) for name in names]
    shown = [element("li", who(name, size)) for name in people[:most]]
    rest = people[most:]
    if rest:
        said = _("en %(names)s") % {"names": ", ".join(rest)}
        more = element("span", f"+{len(rest)}", aria_hidden="true")
        shown.append(
            element(
                "li",
                element("span", more, hidden(said), class_="who", data_more=True, data_size=size or None, title=said),
            )
        )
    return element("ul", *shown, class_="whos")


@register.simple_tag
def name(person: object) -> SafeString:
    """Write a name that the key "Namen verbergen" covers."""
    return element("span", str(person), data_name=True)


@register.simple_tag
def qr(svg: str, label: str, caption: str = "") -> SafeString:
    """Show a QR code (segno's SVG, marked safe here) with what it opens; always dark on white."""
    code = element("div", mark_safe(svg), class_="qr-code", role="img", aria_label=label)
    return element("figure", code, element("figcaption", caption) if caption else "", class_="qr")
