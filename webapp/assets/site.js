// Starts the components of govuk-frontend that the site uses; every page works without it.

import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { ServiceNavigation } from "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [Button, ErrorSummary, NotificationBanner, PasswordInput, Radios, ServiceNavigation, SkipLink]) {
  createAll(component);
}

// Drafts kept by autosave.js on this device are for the person who is signed in, and for nobody after them.
for (const form of document.querySelectorAll("form[data-clears-drafts]")) {
  form.addEventListener("submit", () => {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("selfassess:draft:")) localStorage.removeItem(key);
    }
  });
}
