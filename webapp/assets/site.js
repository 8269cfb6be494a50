// Starts the components of govuk-frontend that the site uses; every page works without it. What radios reveal is left
// to the style sheet (see _parts.scss): their script marks them up in a way that WAI-ARIA does not allow.

import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { ServiceNavigation } from "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";

import { forgetAllDrafts, forgetSent, hasDrafts } from "./drafts.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

const components = [Button, ErrorSummary, NotificationBanner, PasswordInput, ServiceNavigation, SkipLink];
for (const component of components) {
  createAll(component);
}

if (document.querySelector("[data-answers-saved]")) forgetSent();

const UNSAVED =
  "Answers that you typed on this device are not saved yet. If you sign out, they are deleted.\n\n" +
  "To keep them, choose Cancel, open the theme again and save. Sign out all the same?";

// Drafts are for the person who is signed in, and for nobody after them.
for (const form of document.querySelectorAll("form[data-clears-drafts]")) {
  form.addEventListener("submit", (event) => {
    if (hasDrafts() && !window.confirm(UNSAVED)) event.preventDefault();
    else forgetAllDrafts();
  });
}
