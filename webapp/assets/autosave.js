// Saves each practice by itself as people type, and keeps a draft on this device until the site has it.
// The form says where to save (data-autosave-url) and whose answers these are (data-user, data-assessment).

import { findDraft, forgetDraft, keepDraft, keyOf, rememberSent } from "./drafts.js";

const QUIET = 1500; // milliseconds without typing before a practice is saved
const APART = 2000; // at least so long between two savings of a practice, and before a second try
const LONGEST = 60000;
const PATIENCE = 5000; // how long a form waits for a saving that is on its way

const SIGNED_OUT = "Not saved yet: you are signed out. What you typed is kept on this device.";
const SIGN_IN = { className: "govuk-link", href: "/sign-in", target: "_blank", textContent: "Sign in (in a new tab)" };
const COMPARE = { className: "app-link-button", textContent: "Save and compare" };

class Practice {
  constructor(section, form) {
    Object.assign(this, { section, form, failures: 0, sentAt: -APART, note: "" });
    this.status = section.querySelector("[role=status]");
    this.key = keyOf(form.dataset.user, form.dataset.assessment, section.dataset.practice);
    this.fields = [...section.querySelectorAll("input[name]:not([type=hidden]), textarea[name]")];
    // What the page came with, not what the browser may have put back since.
    this.saved = this.typed("defaultValue", "defaultChecked");
    section.addEventListener("input", () => this.changed());
    section.addEventListener("change", ({ target }) => target.type === "radio" && this.changed(0));
    this.restore();
  }

  typed(value = "value", checked = "checked") {
    const chosen = this.fields.filter((field) => !isChoice(field) || field[checked]);
    const pairs = chosen.map((field) => [field.name, isChoice(field) ? field.value : field[value]]);
    return new URLSearchParams(pairs).toString();
  }

  changed(delay = QUIET) {
    this.note = "";
    keepDraft(this.key, { typed: this.typed(), version: this.section.dataset.version });
    this.plan(delay);
  }

  plan(delay) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.save(), Math.max(delay, this.tooEarly()));
  }

  tooEarly() {
    return Math.ceil(this.sentAt + APART - performance.now());
  }

  save(leaving = false) {
    const typed = this.typed();
    if (this.stopped || this.sending || typed === this.saved) return;
    if (this.tooEarly() > 0) return this.plan(0);
    this.sentAt = performance.now();
    this.sending = this.send(typed, leaving).then((reply) => this.receive(typed, reply));
  }

  receive(typed, reply) {
    this.sending = null;
    this.settle(typed, reply);
    if (this.typed() !== typed) this.changed();
  }

  async send(typed, keepalive) {
    const { practice, version } = this.section.dataset;
    const body = new URLSearchParams(typed);
    const about = { practice, version, user: this.form.dataset.user, csrf_token: this.form.elements.csrf_token.value };
    for (const [name, value] of Object.entries(about)) body.set(name, value);
    body.set(`${practice}.version`, version);
    const options = { method: "POST", body, keepalive, redirect: "manual", headers: { Accept: "application/json" } };
    try {
      const response = await fetch(this.form.dataset.autosaveUrl, options);
      // To be sent elsewhere is to be sent to the sign-in page.
      const status = response.type === "opaqueredirect" ? 401 : response.status;
      return { ...(await response.json().catch(() => null)), status };
    } catch {
      return { status: 0 };
    }
  }

  settle(typed, { status, version, saved, message }) {
    // 400: the page's token belongs to a session that has ended.
    this.signedOut = status === 401 || status === 400;
    if (status === 200) this.acknowledge(typed, version, saved);
    else if (this.signedOut) this.show(SIGNED_OUT, "a", SIGN_IN);
    else if (status === 409) {
      this.stopped = true;
      this.show(message, "button", COMPARE);
    } else if (status && status < 500 && status !== 429) this.show(message ?? "Not saved yet: check this answer.");
    else {
      this.show(`Not saved yet: ${status ? "the site is busy" : "no connection"}. We will try again.`);
      this.plan(Math.min(APART * 2 ** this.failures++, LONGEST));
    }
  }

  acknowledge(typed, version, saved) {
    this.failures = 0;
    this.saved = typed;
    this.setVersion(version);
    this.show(this.note + saved);
    forgetDraft(this.key);
  }

  setVersion(version) {
    this.section.dataset.version = version;
    for (const field of this.section.querySelectorAll("input[type=hidden][name$='.version']")) field.value = version;
  }

  // Said once: a status that is written again is read out again.
  show(text, tag, properties) {
    if (this.shown === text) return;
    this.shown = text;
    this.status.textContent = text;
    if (tag) this.status.append(" ", Object.assign(document.createElement(tag), properties));
  }

  restore() {
    const draft = findDraft(this.key);
    if (draft && draft.typed !== this.saved) this.putBack(draft);
    else forgetDraft(this.key);
    if (this.typed() !== this.saved) this.plan(QUIET);
  }

  putBack({ typed, version }) {
    const values = new URLSearchParams(typed);
    for (const field of this.fields) {
      if (isChoice(field)) field.checked = values.getAll(field.name).includes(field.value);
      else field.value = values.get(field.name) ?? "";
    }
    // The version that was typed over: if somebody has changed the answer since, saving it will say so.
    this.setVersion(version);
    this.note = "What you typed here before was put back. ";
    this.show(this.note);
  }
}

function isChoice(field) {
  return field.type === "radio" || field.type === "checkbox";
}

// After signing in again in another tab, the token of a page loaded now holds for this page too.
async function renewToken() {
  const response = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  if (!response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const token = page.querySelector("form[data-autosave-url] [name=csrf_token]")?.value;
  for (const field of token ? document.querySelectorAll("[name=csrf_token]") : []) field.value = token;
}

// As the button would have sent it: form.submit() leaves the button out.
function submitAs(form, button) {
  if (button?.name) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
  }
  form.submit();
}

function start(form) {
  const practices = [...form.querySelectorAll("[data-practice]")].map((section) => new Practice(section, form));
  const saveAll = (leaving) => practices.forEach((practice) => practice.save(leaving));
  const stopTimers = () => practices.forEach((practice) => clearTimeout(practice.timer));
  let submitted = false;

  form.addEventListener("submit", (event) => {
    const again = submitted;
    submitted = true;
    stopTimers();
    rememberSent(practices.map((practice) => practice.key));
    const sending = practices.map((practice) => practice.sending).filter(Boolean);
    if (!sending.length) return;
    // Two savings of the same text at once would look like two people's. So the first is let finish.
    event.preventDefault();
    if (again) return;
    const enough = new Promise((done) => setTimeout(done, PATIENCE));
    Promise.race([Promise.all(sending), enough]).then(() => {
      stopTimers();
      submitAs(form, event.submitter);
    });
  });
  addEventListener("pageshow", () => (submitted = false));
  addEventListener("pagehide", () => submitted || saveAll(true));
  addEventListener("online", () => saveAll());
  document.addEventListener("visibilitychange", async () => {
    if (!document.hidden && practices.some((practice) => practice.signedOut)) await renewToken();
    if (!submitted) saveAll(document.hidden);
  });
}

document.querySelectorAll("form[data-autosave-url]").forEach(start);
