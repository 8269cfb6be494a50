"""The choice of the organisation that a quick check's answers are for."""

from __future__ import annotations

from webapp.forms.quickcheck import NEW, BeginForm, KeepForm
from webapp.site import Site
from webapp.store.organisations import OwnOrganisation
from webapp.store.scope import Role


def own(number: int, name: str, reference: str | None = None) -> OwnOrganisation:
    return OwnOrganisation(f"id{number}", name, "prison", reference, None, Role.OWNER)


def labels(app: Site, *organisations: OwnOrganisation) -> dict[str, str]:
    with app.test_request_context():
        form = KeepForm()
        form.offer(organisations)
        return dict(form.organisation.choices)


def test_organisations_of_one_name_are_told_apart_by_their_references(app: Site) -> None:
    found = labels(app, own(1, "HMP Example", "E1"), own(2, "HMP Example"), own(3, "HMP Oakenfell", "O1"))
    assert found == {
        "id1": "HMP Example (E1)",
        "id2": "HMP Example",
        "id3": "HMP Oakenfell",
        NEW: "A new organisation",
    }


def test_new_organisation_is_chosen_where_there_is_no_other(app: Site) -> None:
    with app.test_request_context():
        form = KeepForm()
        form.offer(())
        assert form.is_new


def test_name_is_cleaned_of_what_no_page_can_hold(app: Site) -> None:
    with app.test_request_context(method="POST", data={"organisation": " HMP \x00 Example\u2028 "}):
        assert BeginForm().organisation.data == "HMP Example"
