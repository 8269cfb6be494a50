"""The same question made by GOV.UK's macros, to compare with."""

from __future__ import annotations

from functools import cache

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader, Template

from webapp.questions.fields import QuestionField

_TEMPLATE = """
{% from "govuk_frontend_jinja/components/radios/macro.html" import govukRadios %}
{% from "govuk_frontend_jinja/components/textarea/macro.html" import govukTextarea %}
{% from "govuk_frontend_jinja/components/details/macro.html" import govukDetails %}
{% from "govuk_frontend_jinja/components/checkboxes/macro.html" import govukCheckboxes %}
{% macro name(text) %}{{ text }}<span class="govuk-visually-hidden">: {{ field.title }}</span>{% endmacro %}
{% macro box(part, label, hint, rows) %}
{{ govukTextarea({
  "id": field.id ~ "-" ~ part, "name": field.names[part], "rows": rows, "value": texts[part],
  "label": {"html": name(label)}, "hint": {"text": hint},
  "errorMessage": {"text": messages[part]} if part in messages else none,
}) }}
{% endmacro %}
{% macro radios() %}
{% set items = [] %}
{% for option in field.options %}
{% set reason = {"html": box("reason", "Why it does not apply", "Needed only if you choose “Does not apply”", 2)} %}
{{ items.append({
  "value": option.value, "text": option.label, "checked": option.value == level and level != "",
  "hint": {"text": option.hint} if option.hint else none,
  "conditional": reason if option.value == "NA" else none,
}) or "" }}
{% endfor %}
{{ govukRadios({
  "name": field.names.level, "idPrefix": field.id ~ "-level",
  "classes": "govuk-radios--small app-practice__levels",
  "fieldset": {"legend": {"text": field.statement}}, "items": items,
  "errorMessage": {"text": messages["level"]} if "level" in messages else none,
}) }}
{% endmacro %}
{% macro note() %}{{ box("note", "Note", "What is done now, and what is missing", 3) }}{% endmacro %}
{% macro evidence() %}
{{ box("evidence", "Evidence", "Links, or names of documents: one on each line", 3) }}
{% endmacro %}
{% macro guidance() %}
{{ govukDetails({
  "summaryHtml": name("Why this matters, and what counts as evidence"),
  "classes": "app-practice__guidance", "html": "…",
}) }}
{% endmacro %}
{% macro confirm() %}
{{ govukCheckboxes({
  "name": field.names.confirm, "idPrefix": field.id ~ "-confirm", "classes": "govuk-checkboxes--small",
  "items": [{"value": "yes", "html": name("This is still right"), "checked": confirmed}],
}) }}
{% endmacro %}
{{ wanted() }}
"""


def render_macro(
    part: str,
    field: QuestionField,
    level: str = "",
    *,
    texts: dict[str, str] | None = None,
    messages: dict[str, str] | None = None,
    confirmed: bool = False,
) -> str:
    """One part of a question: ``radios``, ``note``, ``evidence``, ``guidance`` or ``confirm``."""
    values = {"note": "", "evidence": "", "reason": ""} | (texts or {})
    return _template(part).render(field=field, level=level, texts=values, messages=messages or {}, confirmed=confirmed)


@cache
def _template(part: str) -> Template:
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    environment = Environment(loader=loader, autoescape=True, undefined=ChainableUndefined, auto_reload=False)
    return environment.from_string(_TEMPLATE.replace("wanted()", f"{part}()"))
