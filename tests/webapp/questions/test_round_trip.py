"""What is rendered, posted untouched and read again is the same answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from selfassess.catalogue import load_standard
from selfassess.model.answer import Answer, Code
from tests.webapp.questions.conftest import all_fields
from tests.webapp.questions.markup import parse, post
from webapp.questions.fields import QuestionField
from webapp.questions.fragments import render_theme
from webapp.questions.inputs import clean_answer, inputs_of
from webapp.questions.posted import PostedAnswer, read_posted

FIELDS = [
    field
    for kind in ("prison", "voluntary_organisation")
    for field in all_fields(load_standard("prison-volunteering"), kind)
]

TEXTS = st.text(max_size=60) | st.sampled_from(["\n\nfirst", "a\r\nb\r", "</textarea>", "&lt;", "“ŵ” 😀", "\x00\x0b"])


@st.composite
def answers(draw: st.DrawFn) -> tuple[QuestionField, Answer]:
    field = draw(st.sampled_from(FIELDS))
    level: Code | None = draw(st.sampled_from(list(field.codes.values())))
    reason = draw(TEXTS.filter(lambda text: clean_answer(Answer(reason=text)).reason)) if level == "NA" else ""
    evidence = draw(st.lists(TEXTS.filter(str.strip), max_size=4))
    return field, Answer(level=level, note=draw(TEXTS), reason=reason, evidence=tuple(evidence))


@given(answers(), st.integers(0, 999_999_999), st.booleans())
def test_answer_posted_untouched_comes_back(
    given_: tuple[QuestionField, Answer], version: int, to_confirm: bool
) -> None:
    field, answer = given_
    inputs = {field.id: inputs_of(answer, version=version, to_confirm=to_confirm)}
    form = post(parse(render_theme([field], inputs)))
    posted = read_posted([field], form, inputs)[field.id]
    assert isinstance(posted, PostedAnswer)
    assert posted.answer == clean_answer(answer)
    assert (posted.version, posted.confirmed, posted.typed.to_confirm) == (version, False, to_confirm)
    again = post(parse(render_theme([field], {field.id: posted.typed})))
    assert read_posted([field], again, inputs)[field.id] == posted


@given(answers())
def test_clean_answer_stays_as_it_is(given_: tuple[QuestionField, Answer]) -> None:
    cleaned = clean_answer(given_[1])
    assert clean_answer(cleaned) == cleaned
