"""Groups: their names, their organisations, and who may see their results."""

from __future__ import annotations

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from webapp.forms.administration import GroupForm, ReaderForm
from webapp.forms.fields import take_error
from webapp.guards import guard, signed_in_id
from webapp.routes.administration.blueprint import blueprint
from webapp.routes.shown import go_to, show_form
from webapp.store.errors import AlreadyThereError, NotFoundError
from webapp.store.group_places import list_offered, list_placed
from webapp.store.groups import (
    add_group_reader,
    create_group,
    delete_group,
    get_group,
    list_group_readers,
    list_groups,
    remove_group_reader,
    rename_group,
)
from webapp.store.people import find_person_by_email

__all__ = ["ask_to_delete", "delete", "edit", "list_all", "remove_reader", "show_group", "start_group"]


@blueprint.get("/groups")
@guard.administrator
def list_all() -> ResponseReturnValue:
    """The groups."""
    return render_template("administration/groups.html", groups=list_groups())


@blueprint.route("/groups/new", methods=["GET", "POST"])
@guard.administrator
def start_group() -> ResponseReturnValue:
    """Create a group."""
    form = GroupForm()
    if form.validate_on_submit():
        try:
            group_id = create_group(administrator_id=signed_in_id(), name=form.name.data)
        except AlreadyThereError as error:
            take_error(form.name, error)
        else:
            flash(f"The group {form.name.data} has been created.", "success")
            return go_to(".show_group", group_id=group_id)
    return show_form("administration/group_new.html", form)


@blueprint.route("/groups/<group_id>", methods=["GET", "POST"])
@guard.administrator
def show_group(group_id: str) -> ResponseReturnValue:
    """One group: its organisations and its readers; somebody can be named a reader."""
    group, form = get_group(group_id), ReaderForm()
    if form.validate_on_submit() and _add_reader(form, group_id):
        return go_to(".show_group", group_id=group_id)
    return show_form(
        "administration/group.html",
        form,
        group=group,
        readers=list_group_readers(group_id),
        placed=list_placed(group_id),
        offered=list_offered(group_id),
    )


@blueprint.post("/groups/<group_id>/readers/<user_id>/remove")
@guard.administrator
def remove_reader(group_id: str, user_id: str) -> ResponseReturnValue:
    """Let somebody no longer see the group's results."""
    remove_group_reader(administrator_id=signed_in_id(), group_id=group_id, user_id=user_id)
    flash("This person can no longer see the group’s results.", "success")
    return go_to(".show_group", group_id=group_id)


@blueprint.route("/groups/<group_id>/name", methods=["GET", "POST"])
@guard.administrator
def edit(group_id: str) -> ResponseReturnValue:
    """Call the group something else."""
    group = get_group(group_id)
    form = GroupForm(data={"name": group.name})
    if form.validate_on_submit():
        try:
            rename_group(administrator_id=signed_in_id(), group_id=group_id, name=form.name.data)
        except AlreadyThereError as error:
            take_error(form.name, error)
        else:
            flash("The new name has been saved.", "success")
            return go_to(".show_group", group_id=group_id)
    return show_form("administration/group_name.html", form, group=group)


@blueprint.get("/groups/<group_id>/delete")
@guard.administrator
def ask_to_delete(group_id: str) -> ResponseReturnValue:
    """Ask whether the group is to be deleted."""
    return render_template("administration/group_delete.html", group=get_group(group_id))


@blueprint.post("/groups/<group_id>/delete")
@guard.administrator
def delete(group_id: str) -> ResponseReturnValue:
    """Delete the group; its organisations stay."""
    name = get_group(group_id).name
    delete_group(administrator_id=signed_in_id(), group_id=group_id)
    flash(f"The group {name} has been deleted. Its organisations have kept everything.", "success")
    return go_to(".list_all")


def _add_reader(form: ReaderForm, group_id: str) -> bool:
    """Whether the person was added; where not, the form says why."""
    person = find_person_by_email(form.email.data)
    try:
        if person is None:
            raise NotFoundError("Nobody has an account with this address. Ask them to register first")
        add_group_reader(administrator_id=signed_in_id(), group_id=group_id, user_id=person.id)
    except (AlreadyThereError, NotFoundError) as error:
        take_error(form.email, error)
        return False
    flash(f"{person.name} can now see the group’s results.", "success")
    return True
