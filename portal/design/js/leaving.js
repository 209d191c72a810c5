// For a page that takes nothing in and may have to be left at once: the skip link and the way out.

import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";

import { exitPage } from "./exit-page.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(SkipLink);
document.querySelectorAll('[data-module="exit-page"]').forEach(exitPage);
