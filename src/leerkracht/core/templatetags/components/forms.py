"""Forms that look right in one line: a field, its help and its errors, tied together for who listens."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .actions import token
from .html import element, join
from .marks import face
from .marks import icon as draw_icon

register = template.Library()

# What the browser's own pickers send; Django reads these in every language.
PICKERS = {
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.TimeInput: ("time", "%H:%M"),
}
MOODS = ("low", "neutral", "happy", "bright")


@register.simple_tag
def field(bound: BoundField, label: str = "", help: str = "", **more: Any) -> SafeString:  # noqa: A002
    """Write one field of a form: label, help, errors and the control, whatever its widget.

    ``grid=True`` lays choices beside one another, ``faces=True`` puts faces before up to four of them;
    ``optional=False`` leaves out "(mag leeg blijven)". The rest becomes attributes of the control.
    """
    grid, with_faces, optional = more.pop("grid", False), more.pop("faces", False), more.pop("optional", True)
    attrs = {key.replace("_", "-"): value for key, value in more.items()}
    if bound.is_hidden:
        return bound.as_widget(attrs=attrs)
    bound.help_text = help or bound.help_text
    words = join(label or bound.label, _optional_mark(bound) if optional else "")
    if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _choices(bound, words, attrs, grid=grid, with_faces=with_faces)
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return _check(bound, label or bound.label, attrs)
    _use_picker(bound.field.widget)
    control = element("div", bound.as_widget(attrs=attrs), class_="control")
    parts = [element("label", words, for_=bound.id_for_label), _help(bound), control, _errors(bound)]
    return element("div", *parts, class_="field", data_state="error" if bound.errors else None)


def _optional_mark(bound: BoundField) -> SafeString | str:
    return "" if bound.field.required else join(" ", element("span", _("(mag leeg blijven)"), class_="optional"))


def _help(bound: BoundField) -> SafeString | str:
    return element("div", bound.help_text, class_="helptext", id=f"{bound.auto_id}_helptext") if bound.help_text else ""


def _errors(bound: BoundField) -> SafeString | str:
    if not bound.errors:
        return ""
    lines = [element("li", draw_icon("circle-alert"), element("span", error)) for error in error_words(bound)]
    return element("ul", *lines, class_="errorlist", id=f"{bound.auto_id}_error")


def error_words(bound: BoundField) -> list[str]:
    """Return what is still to be done in a field; Django's word for "required" says only that a rule exists."""
    plain = str(forms.Field.default_error_messages["required"])
    kinds = (forms.ChoiceField, forms.ModelChoiceField)
    ask = _("Kies hier nog iets.") if isinstance(bound.field, kinds) else _("Vul dit nog in.")
    if isinstance(bound.field, forms.BooleanField):
        ask = _("Vink dit aan om verder te gaan.")
    return [ask if str(error) == plain else str(error) for error in bound.errors]


def _use_picker(widget: forms.Widget) -> None:
    for kind, (input_type, pattern) in PICKERS.items():
        if isinstance(widget, kind) and widget.input_type == "text" and widget.format is None:
            widget.input_type, widget.format = input_type, pattern
            return


def _choices(bound: BoundField, words: str, attrs: dict[str, Any], *, grid: bool, with_faces: bool) -> SafeString:
    options = []
    for number, option in enumerate(bound.subwidgets):
        option.data["attrs"].update(attrs)
        mark = face(MOODS[number]) if with_faces and number < len(MOODS) else ""
        options.append(element("label", option.tag(), mark, element("span", option.choice_label), class_="choice"))
    parts = [
        element("legend", words),
        _help(bound),
        element("div", *options, class_="choices", data_grid=grid),
        _errors(bound),
    ]
    return element(
        "fieldset", *parts,
        class_="field", id=bound.auto_id, aria_describedby=bound.aria_describedby or None,
        data_state="error" if bound.errors else None,
    )  # fmt: skip


def _check(bound: BoundField, words: object, attrs: dict[str, Any]) -> SafeString:
    line = element("label", bound.as_widget(attrs=attrs), element("span", words, class_="check-words"), class_="check")
    return element(
        "div",
        line,
        _help(bound),
        _errors(bound),
        class_="field",
        data_kind="check",
        data_state="error" if bound.errors else None,
    )


@register.simple_tag
def form_fields(form: forms.BaseForm) -> SafeString:
    """Write all fields of a form, one under the other."""
    return mark_safe("".join(field(bound) for bound in form))


@register.simple_tag
def form_errors(form: forms.BaseForm, focus: bool = True) -> SafeString:
    """Say above a refused form what is still to be done, with a link to each field; takes the focus."""
    if not form.errors:
        return SafeString("")
    lines = [element("li", error) for error in form.non_field_errors()]
    for bound in form:
        target = f"#{bound.auto_id}" if isinstance(bound.field.widget, forms.RadioSelect) else f"#{bound.id_for_label}"
        name = str(bound.label).rstrip(" .:")
        name += "" if name.endswith("?") else ":"
        lines += [element("li", element("a", f"{name} {error}", href=target)) for error in error_words(bound)]
    title = ngettext("Kijk nog naar één ding", "Kijk nog naar %(count)s dingen", len(lines)) % {"count": len(lines)}
    body = element(
        "div", element("h2", title, class_="title"), element("ul", *lines, class_="error-lines"), class_="callout-body"
    )
    return element(
        "div", draw_icon("hand"), body,
        class_="callout error-summary", data_kind="refused", role="alert", tabindex="-1", autofocus=focus,
    )  # fmt: skip


@register.simple_block_tag(takes_context=True)
def post_form(context: Context, content: str, action: str = "", draft: str = "", **more: object) -> SafeString:
    """Hold a form that posts, with its token; ``draft`` (a key) keeps long texts until they are saved."""
    kept = ""
    if draft:
        kept = element(
            "p",
            _("Je was hier al iets aan het typen; dat staat er weer."),
            class_="kept",
            data_draft_kept=True,
            hidden=True,
        )
    look = {"class_": "form", "novalidate": True} | more
    return element(
        "form", token(context), kept, content, method="post", action=action or None, data_draft=draft or None, **look
    )
