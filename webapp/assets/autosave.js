// Saves answers as people type, and keeps a draft on this device while they cannot be saved.
// The form says where to (data-autosave-url) and whose they are (data-user, data-assessment); each practice says what
// it is and which version of its answer it shows (data-practice, data-version). README of the contract: autosave.md.

const QUIET = 1500; // milliseconds without typing before it is saved
const APART = 2000; // the least between two savings of one practice
const LONGEST_WAIT = 60000;

class Practice {
  constructor(section, form) {
    this.section = section;
    this.form = form;
    this.status = section.querySelector("[role=status]");
    this.id = section.dataset.practice;
    this.key = `selfassess:draft:${form.dataset.user}:${form.dataset.assessment}:${this.id}`;
    this.shown = this.typed();
    this.failures = 0;
    this.sentAt = 0;
    section.addEventListener("input", () => this.changed(QUIET));
    section.addEventListener("change", ({ target }) => this.changed(target.type === "radio" ? 0 : QUIET));
    this.restore();
  }

  fields() {
    return [...this.section.querySelectorAll("input[name], select[name], textarea[name]")];
  }

  // What is typed, as a form would send it; without the version, which is not typed.
  typed() {
    const values = this.fields()
      .filter((field) => field.type !== "hidden" && (!/radio|checkbox/.test(field.type) || field.checked))
      .map((field) => [field.name, field.value]);
    return new URLSearchParams(values).toString();
  }
}
