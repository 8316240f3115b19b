"""What a session shows: its steps, the clock, how far a goal is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .html import attributes, element
from .marks import icon as draw_icon
from .marks import rhythm_strip, rhythm_words, stairs

register = template.Library()


@register.simple_block_tag
def step_bar(content: str, steps: Iterable[dict[str, Any]], label: str = "") -> SafeString:
    """Show the steps of a session: dicts of title, detail, state (done, now, next), href; content is the clock."""
    cells = [_step(step) for step in steps]
    return element(
        "nav", element("ol", *cells, class_="step-list"), content,
        class_="step-bar", aria_label=label or _("Stappen van de sessie"), tabindex="0",
    )  # fmt: skip


def _step(step: dict[str, Any]) -> SafeString:
    state = step.get("state", "next")
    done = draw_icon("check", _("klaar:")) if state == "done" else ""
    words = [element("b", done, step["title"]), element("span", step.get("detail", ""), data_step_detail=True)]
    inner = element("a", *words, href=step["href"]) if step.get("href") else element("div", *words)
    return element("li", inner, class_="step", data_state=state, aria_current="step" if state == "now" else None)


@register.simple_tag
def clock(value: str, label: str = "", size: str = "", **more: object) -> SafeString:
    """Show a time that runs; the room's own module fills it through ``data_…`` (it is silent to a screen reader)."""
    small = element("small", label) if label else ""
    return element(
        "div",
        element("span", value, data_clock_value=True),
        small,
        class_="clock",
        data_size=size or None,
        role="timer",
        **more,
    )


@register.simple_tag
def progress(
    value: float, most: float = 100, label: str = "", detail: str = "", target: float | None = None
) -> SafeString:
    """Show how far something is: a bar with its words; the sun when ``target`` (or ``most``) is reached."""
    reached = value >= (most if target is None else target)
    bar = mark_safe(f"<progress{attributes({'value': value, 'max': most, 'aria-label': label or detail})}></progress>")
    words = ""
    if label or detail:
        words = element(
            "div", element("span", label), element("span", detail) if detail else "", class_="progress-words"
        )
    return element("div", bar, words, class_="progress", data_reached=reached)


@register.simple_tag
def stairs_line(done: int, steps: int, words: str) -> SafeString:
    """Show progress through a few steps as stairs with its words beside it."""
    return element("span", stairs(done, steps), words, class_="stairs-line")


@register.simple_tag
def rhythm(weeks: Iterable[str], now: int | None = None) -> SafeString:
    """Show the rhythm strip with its sentence in sight, for a panel of its own."""
    states = [str(week) for week in weeks]
    strip = rhythm_strip(states, now=now)
    return element(
        "div", strip, element("div", rhythm_words(states), class_="meta", aria_hidden="true"), class_="rhythm-box"
    )
