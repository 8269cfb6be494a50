"""Practices as HTML."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selfassess.model.standard import Standard
from tests.webapp.questions.conftest import all_fields
from tests.webapp.questions.macros import render_macro
from tests.webapp.questions.markup import Element, parse
from webapp.questions.fields import QuestionField, scale_of
from webapp.questions.fragments import Link, Slots, render_practice, render_scale, render_theme
from webapp.questions.inputs import Inputs
from webapp.questions.posted import errors_in, read_posted

HOSTILE = "</textarea></p><script>alert('1')</script>\" onclick=\"x & &amp; \x00 {{ 7 * 7 }} {% raw %}"
SLOTS = Slots(
    assigned="Sam Jones",
    comments=Link("2 comments", "/comments?a=1&b=2"),
    history=Link("Earlier answers", "/history"),
    changed_by="Alex Smith",
    changed_at="22 November 2026, 3:15pm",
    status="Saved at 3:15pm",
)


def _section(
    field: QuestionField, inputs: Inputs | None = None, *, slots: Slots | None = None, locked: bool = False
) -> Element:
    given = {field.id: slots} if slots else None
    return parse(render_theme([field], {field.id: inputs} if inputs else {}, slots=given, locked=locked))


def _radios(root: Element) -> Element:
    """The form group around the radios."""
    groups = [each for each in root.walk() if "govuk-form-group" in each.attributes.get("class", "").split()]
    return next(each for each in groups if each.find_all("fieldset"))


def _group_of(root: Element, tag: str, own_id: str) -> Element:
    """The innermost form group that holds an input."""
    groups = [each for each in root.walk() if "govuk-form-group" in each.attributes.get("class", "").split()]
    return [each for each in groups if each.find_all(tag, id=own_id)][-1]


def _without_script(root: Element) -> Element:
    """The macro's radios without what GOV.UK's script needs; here the style sheet shows and hides the reason."""
    for each in root.walk():
        each.attributes.pop("data-aria-controls", None)
        names = each.attributes.get("class", "").split()
        if names:
            each.attributes["class"] = " ".join(n for n in names if n != "govuk-radios__conditional--hidden")
    return root


def test_radios_of_every_practice_are_those_of_the_macro(fields: list[QuestionField]) -> None:
    for field in fields:
        made = _radios(parse(render_practice(field, Inputs(level="2"))))
        assert made == _radios(_without_script(parse(render_macro("radios", field, "2"))))


@pytest.mark.parametrize("level", ["", "0", "1", "2", "3", "DK", "NA"])
def test_radios_of_every_level_are_those_of_the_macro(with_na: QuestionField, level: str) -> None:
    inputs = Inputs(level=level, reason=HOSTILE.replace("\x00", ""))
    made = _radios(parse(render_practice(with_na, inputs)))
    macro = parse(render_macro("radios", with_na, level, texts={"reason": inputs.reason}))
    assert made == _radios(_without_script(macro))


@pytest.mark.parametrize("part", ["note", "evidence"])
def test_textarea_is_that_of_the_macro(with_na: QuestionField, part: str) -> None:
    made = parse(render_practice(with_na, Inputs(note="A <b>\n\nB", evidence="c & d")))
    macro = parse(render_macro(part, with_na, texts={"note": "A <b>\n\nB", "evidence": "c & d"}))
    own_id = f"{with_na.id}-{part}"
    assert _group_of(made, "textarea", own_id) == _group_of(macro, "textarea", own_id)


def test_details_are_those_of_the_macro(with_na: QuestionField) -> None:
    made = _section(with_na).find("details")
    made.find("div", class_="govuk-details__text").children = ["…"]
    assert made == parse(render_macro("guidance", with_na)).find("details")


@pytest.mark.parametrize("confirmed", [True, False])
def test_confirmation_is_that_of_the_macro(with_na: QuestionField, confirmed: bool) -> None:
    made = _section(with_na, Inputs(level="2", to_confirm=True, confirmed=confirmed))
    macro = parse(render_macro("confirm", with_na, confirmed=confirmed))
    own_id = f"{with_na.id}-confirm"
    assert _group_of(made, "input", own_id) == _group_of(macro, "input", own_id)


def test_errors_are_those_of_the_macro(with_na: QuestionField) -> None:
    names = with_na.names
    form = {names.version: "1", names.level: "9", names.note: "n" * 10_001, names.evidence: "e\n" * 51}
    errors = errors_in(read_posted([with_na], form))
    messages = dict(errors[with_na.id].messages)
    assert list(messages) == ["level", "note", "evidence"]
    made = parse(render_theme([with_na], {}, errors))
    texts = {"note": form[names.note], "evidence": form[names.evidence].strip()}
    macro = {part: parse(render_macro(part, with_na, texts=texts, messages=messages)) for part in ("note", "evidence")}
    for part, root in macro.items():
        own_id = f"{with_na.id}-{part}"
        assert _group_of(made, "textarea", own_id) == _group_of(root, "textarea", own_id)
    radios = parse(render_macro("radios", with_na, "9", messages=messages))
    assert _radios(made) == _radios(_without_script(radios))


def test_missing_reason_is_shown_at_the_reason(with_na: QuestionField) -> None:
    form = {with_na.names.version: "1", with_na.names.level: "NA"}
    errors = errors_in(read_posted([with_na], form))
    made = parse(render_theme([with_na], {}, errors))
    macro = parse(render_macro("radios", with_na, "NA", messages=dict(errors[with_na.id].messages)))
    assert _radios(made) == _radios(_without_script(macro))
    assert "does not apply" in made.find("p", id=f"{with_na.id}-reason-error").text


def test_page_with_an_error_does_not_change_the_next_page(with_na: QuestionField) -> None:
    before = render_practice(with_na, Inputs())
    form = {with_na.names.version: "1", with_na.names.level: "NA"}
    errors = errors_in(read_posted([with_na], form))[with_na.id]
    assert render_practice(with_na, Inputs(), errors) != before
    assert render_practice(with_na, Inputs()) == before


def test_spliced_page_is_the_same_when_rendered_again(fields: list[QuestionField]) -> None:
    answers = {field.id: Inputs(level="2", note=field.title, version=3) for field in fields[:12]}
    first = render_theme(fields[:12], answers)
    render_theme(fields[:12], {})
    assert render_theme(fields[:12], answers) == first


def test_ids_and_names_are_unique_on_a_page_of_all_practices(page: list[QuestionField]) -> None:
    answers = {field.id: Inputs(to_confirm=True) for field in page}
    root = parse(render_theme(page, answers, slots={field.id: SLOTS for field in page}))
    ids = [each.attributes["id"] for each in root.walk() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    inputs = [each for each in root.walk() if "name" in each.attributes]
    names = [each.attributes["name"] for each in inputs if each.attributes.get("type") != "radio"]
    assert len(names) == len(set(names))
    groups = {each.attributes["name"] for each in inputs if each.attributes.get("type") == "radio"}
    assert groups == {field.names.level for field in page}


def test_every_input_has_a_label_and_every_description_is_there(page: list[QuestionField]) -> None:
    root = parse(render_theme(page, {field.id: Inputs(to_confirm=True) for field in page}))
    ids = {each.attributes["id"] for each in root.walk() if "id" in each.attributes}
    labelled = {each.attributes["for"] for each in root.find_all("label")}
    visible = [each for each in root.walk() if each.tag in ("input", "textarea")]
    shown = [each for each in visible if each.attributes.get("type") != "hidden"]
    assert {each.attributes["id"] for each in shown} == labelled
    described = {name for each in shown for name in each.attributes.get("aria-describedby", "").split()}
    assert described <= ids


def test_labels_outside_the_radios_differ_between_practices(fields: list[QuestionField]) -> None:
    root = parse(render_theme(fields, {field.id: Inputs(to_confirm=True) for field in fields}))
    labels = [each.text for each in root.find_all("label") if "govuk-radios__label" not in each.attributes["class"]]
    assert len(labels) == len(set(labels))


def test_no_inline_style_script_or_handler_is_made(page: list[QuestionField]) -> None:
    root = parse(render_theme(page, {}))
    assert not root.find_all("script")
    assert not root.find_all("style")
    for each in root.walk():
        assert not [name for name in each.attributes if name == "style" or name.startswith("on")]


def test_section_says_practice_and_version_for_autosave(with_na: QuestionField) -> None:
    section = _section(with_na, Inputs(version=7)).find("section")
    wanted = {"id": with_na.id, "data-practice": with_na.id, "data-version": "7", "class": "app-practice"}
    assert section.attributes == wanted
    assert section.find("input", type="hidden").attributes["value"] == "7"
    assert section.find("p", class_="app-practice__status").attributes["role"] == "status"


@pytest.mark.parametrize("level", ["0", "1", "2", "3", "DK", "NA"])
def test_only_the_chosen_level_is_checked(with_na: QuestionField, level: str) -> None:
    radios = _section(with_na, Inputs(level=level)).find_all("input", type="radio")
    assert [each.attributes["value"] for each in radios if "checked" in each.attributes] == [level]


@pytest.mark.parametrize("level", ["", "9", "checked"])
def test_nothing_is_checked_beforehand(with_na: QuestionField, level: str) -> None:
    radios = _section(with_na, Inputs(level=level)).find_all("input", type="radio")
    assert len(radios) == 7
    assert not [each for each in radios if "checked" in each.attributes]


def test_no_code_of_the_answers_is_read_by_people(fields: list[QuestionField]) -> None:
    words = parse(render_theme(fields, {})).text.split()
    assert not {"NA", "DK"} & set(words)


def test_reason_is_asked_only_where_it_may_not_apply(with_na: QuestionField, without_na: QuestionField) -> None:
    assert _section(with_na).find_all("textarea", name=with_na.names.reason)
    assert not _section(without_na).find_all("textarea", name=without_na.names.reason)


def test_quick_layout_asks_for_nothing_but_the_answer(prison_standard: Standard) -> None:
    field = next(f for f in all_fields(prison_standard, "prison", "quick") if f.na_allowed)
    section = _section(field)
    assert [each.attributes["name"] for each in section.find_all("textarea")] == [field.names.reason]
    assert not section.find_all("p", role="status")


def test_carried_over_answer_asks_to_confirm_it(with_na: QuestionField) -> None:
    section = _section(with_na, Inputs(level="2", to_confirm=True))
    assert "carried over" in section.find("p", class_="app-practice__carried").text
    assert not _section(with_na, Inputs(level="2")).find_all("input", type="checkbox")


def test_slots_are_shown_as_given(with_na: QuestionField) -> None:
    section = _section(with_na, slots=SLOTS)
    assert section.find("span", class_="app-practice__assigned").text == "Assigned to Sam Jones"
    links = [(each.attributes["href"], each.text) for each in section.find_all("a")]
    wanted = [("/comments?a=1&b=2", "2 comments"), ("/history", "Earlier answers")]
    assert links == [(url, f"{text}: {with_na.title}") for url, text in wanted]
    assert "Alex Smith, 22 November 2026, 3:15pm" in section.text
    assert section.find("p", role="status").text == "Saved at 3:15pm"


def test_empty_slots_leave_nothing_behind(with_na: QuestionField) -> None:
    section = _section(with_na, slots=Slots(status="Saved"))
    assert not section.find_all("a")
    assert "Assigned" not in section.text
    assert "Last changed" not in section.text


@pytest.mark.parametrize("locked", [True, False])
def test_hostile_text_is_never_interpreted(with_na: QuestionField, locked: bool) -> None:
    link = Link(HOSTILE, HOSTILE)
    slots = Slots(HOSTILE, link, link, HOSTILE, HOSTILE, HOSTILE)
    inputs = Inputs("NA", HOSTILE, HOSTILE, f"https://a.example/{HOSTILE}\n{HOSTILE}", 1)
    plain = Slots("a", Link("a", "/a"), Link("a", "/a"), "a", "a", "a")
    made = _section(with_na, inputs, slots=slots, locked=locked)
    harmless = _section(with_na, Inputs("NA", "a", "a", "a", 1), slots=plain, locked=locked)
    assert [(e.tag, sorted(e.attributes)) for e in made.walk()] == [
        (e.tag, sorted(e.attributes)) for e in harmless.walk()
    ]
    assert "49" not in made.text.replace(with_na.why, "")


def test_hostile_address_is_a_link_and_nothing_more(with_na: QuestionField) -> None:
    address = 'https://a.example/?a=1&amp;b="><img/src=x><!--'
    value = _section(with_na, Inputs("2", evidence=address), locked=True).find_all("dd")[-1]
    assert [each.tag for each in value.walk()] == ["dd", "a"]
    assert value.text == address


def test_locked_answer_is_read_only(with_na: QuestionField) -> None:
    inputs = Inputs("NA", "A note", "No partners", "https://a.example/x\njavascript:alert(1)")
    section = _section(with_na, inputs, slots=SLOTS, locked=True)
    assert not [each for each in section.walk() if each.tag in ("input", "textarea", "button")]
    keys = [each.text for each in section.find_all("dt")]
    values = [each.text for each in section.find_all("dd")]
    assert keys == ["Answer", "Why it does not apply", "Note", "Evidence"]
    assert values[:3] == ["Does not apply", "No partners", "A note"]
    addresses = [each.attributes["href"] for each in section.find_all("dd")[3].find_all("a")]
    assert addresses == ["https://a.example/x"]
    assert "javascript:alert(1)" in values[3]


@pytest.mark.parametrize("level", ["0", "1", "2", "3", "DK", "NA"])
def test_locked_answer_is_said_in_the_standards_words(with_na: QuestionField, level: str) -> None:
    section = _section(with_na, Inputs(level=level), locked=True)
    assert section.find("dd").text == with_na.labels[level]


def test_locked_practice_without_answer_says_so(with_na: QuestionField) -> None:
    assert _section(with_na, locked=True).find("dd").text == "Not answered"


def test_level_that_is_not_offered_any_more_counts_as_no_answer(without_na: QuestionField) -> None:
    assert _section(without_na, Inputs(level="NA"), locked=True).find("dd").text == "Not answered"
    radios = _section(without_na, Inputs(level="NA")).find_all("input", type="radio")
    assert not [each for each in radios if "checked" in each.attributes]


def test_guidance_says_why_evidence_and_whom_to_ask(fields: list[QuestionField]) -> None:
    for field in fields:
        text = " ".join(_section(field).find("details").text.split())
        assert all(part in text for part in (field.why, *field.evidence, field.tier_reason))
        assert f"Who to ask{field.ask_people}" in text


def test_guidance_without_anybody_to_ask_leaves_that_out(with_na: QuestionField) -> None:
    silent = replace(with_na, key=("other", *with_na.key[1:]), ask_people="")
    assert "Who to ask" not in _section(silent).text


def test_scale_explains_every_answer(prison_standard: Standard) -> None:
    scale = scale_of(prison_standard)
    made = parse(render_scale(scale, opened=True))
    assert [each.text for each in made.find_all("dt")] == [option.label for option in scale]
    assert all(option.meaning in made.text for option in scale)
    assert "open" in made.find("details").attributes
    assert "open" not in parse(render_scale(scale)).find("details").attributes
