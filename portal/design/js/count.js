import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";

import { typedText } from "./typed-text.js";

/** Counts as the server does: characters rather than code units, of the text as it is kept. */
export class Count extends CharacterCount {
  updateCount() {
    const words = typedText(this.$textarea.value).match(/\S+/g) ?? [];
    const isLine = this.$textarea.tagName === "INPUT";
    const text = isLine ? words.join(" ") : typedText(this.$textarea.value);
    this.count = this.config.maxwords ? words.length : [...text].length;
  }
}
