import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";

/** Counts as the server does: characters rather than code units, composed, without blank edges. */
export class Count extends CharacterCount {
  updateCount() {
    const text = this.$textarea.value.normalize().trim();
    this.count = this.config.maxwords ? (text.match(/\S+/g) ?? []).length : [...text].length;
  }
}
