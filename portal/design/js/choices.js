import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";

/** GOV.UK's radios without `aria-expanded`, which a radio may not have (ARIA 1.2). */
export class Choices extends Radios {
  syncConditionalRevealWithInputState($input) {
    super.syncConditionalRevealWithInputState($input);
    $input.removeAttribute("aria-expanded");
  }
}
