// Progressive enhancement only: every journey works without this file.

import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";

import { autosave } from "./autosave.js";
import { Choices } from "./choices.js";
import { Count } from "./count.js";
import { exitPage } from "./exit-page.js";
import { showOwnTime } from "./own-time.js";
import { printWhole } from "./print.js";
import { revealQuestions } from "./reveal.js";
import { suggest } from "./suggest.js";

// GOV.UK Frontend asks for an inline script here; the content security policy forbids inline
// scripts, so the module sets the classes itself, before any component starts.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

createAll(Button, { preventDoubleClick: true });
for (const component of [Count, Checkboxes, ErrorSummary, NotificationBanner, Choices, SkipLink]) {
  createAll(component);
}

document.querySelectorAll('[data-module="exit-page"]').forEach(exitPage);
document.querySelectorAll("[data-own-time]").forEach(showOwnTime);
new Set([...document.querySelectorAll("form .question")].map((question) => question.closest("form"))).forEach(
  revealQuestions,
);
document.querySelectorAll("form[data-autosave]").forEach(autosave);
document.querySelectorAll("form[data-suggestions]").forEach(suggest);
printWhole();
