"""Answering: what the quick check is about, its pages of questions, and all answers to look through."""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from webapp.auth import limits
from webapp.forms.quickcheck import BeginForm
from webapp.guards import guard
from webapp.pages.kinds import kind_hints, kind_titles
from webapp.pages.quickcheck import QuickPage, check_pages, count_answered, make_quick_pages
from webapp.pages.start import make_start
from webapp.questions.fields import scale_of
from webapp.questions.fragments import as_markup, render_scale, render_theme
from webapp.questions.inputs import inputs_of
from webapp.questions.posted import Posted, PostedAnswer, errors_in, list_errors, read_posted, typed_in
from webapp.routes.quickcheck.blueprint import blueprint
from webapp.routes.quickcheck.visit import begin_or_change, find_held, held_token, with_held
from webapp.routes.shown import go_to, show_form
from webapp.store.quickchecks import HOURS, QuickCheckRecord, save_quick_answers
from webapp.store.standards import main_standard

__all__: list[str] = []


@blueprint.route("/quick-check", methods=["GET", "POST"])
@guard.public
def begin() -> ResponseReturnValue:
    """What a quick check is, and what kind of organisation answers; also to change that later."""
    held = find_held()
    form = BeginForm(data={"kind": held.kind, "organisation": held.organisation} if held else None)
    form.kind.choices = list(kind_titles().items())
    if form.validate_on_submit():
        limits.spend(limits.QUICK_CHECK, limits.place())
        begin_or_change(held, kind=form.kind.data, organisation=form.organisation.data or "")
        return go_to(".ask", number="1")
    return show_form(
        "quickcheck/begin.html",
        form,
        held=held,
        counts=count_answered(_pages(held), held.answers) if held else None,
        start=make_start(main_standard()),
        kind_hints=kind_hints(),
        hours=HOURS,
    )


@blueprint.get("/quick-check/questions/<int:number>")
@guard.public
@with_held
def ask(held: QuickCheckRecord, number: int) -> ResponseReturnValue:
    """A page of questions."""
    return _show_page(held, _page(held, number), {})


@blueprint.post("/quick-check/questions/<int:number>")
@guard.public
@with_held
def save(held: QuickCheckRecord, number: int) -> ResponseReturnValue:
    """Keep the answers of a page; what is right of a page with errors is kept too."""
    page = _page(held, number)
    limits.spend(limits.ANSWERS, held_token())
    posted = read_posted(page.fields, request.form)
    answers = {key: each.answer for key, each in posted.items() if isinstance(each, PostedAnswer)}
    save_quick_answers(token=held_token(), answers=answers)
    if errors_in(posted):
        return _show_page(held, page, posted), 422
    if number == len(_pages(held)) or _comes_from_check():
        return go_to(".check")
    return go_to(".ask", number=str(number + 1))


@blueprint.get("/quick-check/check")
@guard.public
@with_held
def check(held: QuickCheckRecord) -> ResponseReturnValue:
    """All answers, each with a way to change it."""
    pages = _pages(held)
    return render_template(
        "quickcheck/check.html",
        held=held,
        kind=kind_titles()[held.kind],
        checked=check_pages(pages, held.answers),
        counts=count_answered(pages, held.answers),
    )


def _pages(held: QuickCheckRecord) -> tuple[QuickPage, ...]:
    return make_quick_pages(held.standard, held.kind)


def _page(held: QuickCheckRecord, number: int) -> QuickPage:
    found = next((page for page in _pages(held) if page.number == number), None)
    return found or abort(404)


def _comes_from_check() -> bool:
    return request.args.get("from") == "check"


def _show_page(held: QuickCheckRecord, page: QuickPage, posted: dict[str, Posted]) -> str:
    """The page with what is kept, or with what was typed where something was wrong."""
    kept = {practice: inputs_of(answer) for practice, answer in held.answers.items()}
    inputs, errors, pages = kept | typed_in(posted), errors_in(posted), _pages(held)
    return render_template(
        "quickcheck/questions.html",
        held=held,
        page=page,
        pages=len(pages),
        asked=pages[-1].last,
        scale=render_scale(scale_of(held.standard)),
        questions=[(theme, as_markup(render_theme(theme.fields, inputs, errors))) for theme in page.themes],
        problems=list_errors(posted),
        has_errors=bool(errors),
        is_change=_comes_from_check(),
    )
