/*
 * A condition in the editor of a questionnaire: the question is chosen from those that stand before
 * it, also those not saved yet, and its answers from those that it has. What is sent is what the
 * fields beneath hold: the id of the question and the words of its answers, one a line. Everything
 * is read from the page anew when it may have changed, so that moving and renaming keep it right.
 */
(() => {
  const NAME = /^(.*?)-(\d+)-value-(?:questions-(\d+)-value-)?condition-question$/;
  const OR = new Intl.ListFormat(document.documentElement.lang || "en", { type: "disjunction" });
  const fold = (text) => text.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean).join(" ");

  class EarlierQuestion extends window.StimulusModule.Controller {
    connect() {
      const parts = this.element.name.match(NAME);
      if (!parts || this.select) return;
      [, this.stream] = parts;
      this.own = this.element.name.replace(/-condition-question$/, "");
      this.kinds = JSON.parse(this.element.dataset.kinds);
      this.words = JSON.parse(this.element.dataset.words);
      this.answers = this.field("-condition-answers", this.own);
      this.asked = this.field("-condition-asked", this.own);
      this.form = this.element.form || document;
      if (!this.answers || !this.asked) return;
      this.build();
      this.refresh = this.refresh.bind(this);
      this.later = () => { clearTimeout(this.timer); this.timer = setTimeout(this.refresh, 150); };
      for (const kind of ["input", "change", "click"]) this.form.addEventListener(kind, this.later);
      this.form.addEventListener("submit", this.refresh, true);
      this.observer = new MutationObserver(this.later);
      const root = document.querySelector(`[name="${CSS.escape(this.stream)}-count"]`);
      if (root) this.observer.observe(root.parentElement, { childList: true, subtree: true });
      this.refresh(); // the blocks that come after this one may not be drawn yet
      this.later();
    }

    disconnect() {
      clearTimeout(this.timer);
      this.observer?.disconnect();
      for (const kind of ["input", "change", "click"]) this.form?.removeEventListener(kind, this.later);
      this.form?.removeEventListener("submit", this.refresh, true);
    }

    field(end, prefix) {
      return document.querySelector(`[name="${CSS.escape(prefix + end)}"]`);
    }

    value(end, prefix) {
      return this.field(end, prefix)?.value || "";
    }

    build() {
      this.select = document.createElement("select");
      this.select.id = `${this.element.id}-list`;
      this.element.hidden = true;
      this.element.after(this.select);
      document.querySelector(`label[for="${this.element.id}"]`)?.setAttribute("for", this.select.id);
      this.boxes = document.createElement("div");
      this.boxes.className = "condition-answers";
      this.boxes.setAttribute("role", "group");
      this.boxes.setAttribute("aria-label", this.words.answers);
      this.answers.hidden = true;
      this.answers.after(this.boxes);
      this.said = document.createElement("p");
      this.said.className = "condition-said";
      this.said.setAttribute("aria-live", "polite");
      const asked = this.asked.closest("[data-contentpath]") || this.asked;
      asked.hidden = true;
      const help = this.answers.closest("[data-contentpath]")?.querySelector(".w-field__help, .help");
      if (help) help.hidden = true; // it tells how to type what is now ticked
      const content = this.element.closest(".w-panel__content"); // the sentence is read while it is folded
      if (content) content.before(this.said);
      else this.boxes.after(this.said);
      this.select.addEventListener("change", () => this.choose());
    }

    /* Whether a block or one that holds it is deleted: it is still in the page, marked so. */
    isDeleted(prefix) {
      return prefix.split(/-value-/).some((_, at, all) =>
        this.value("-deleted", all.slice(0, at + 1).join("-value-")) === "1");
    }

    /* The questions that stand before this one, or before this section, in the order of the page. */
    earlier() {
      const end = CSS.escape("-id");
      const found = [];
      const inside = new RegExp(`^${this.stream.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}-\\d+-value-questions-\\d+-id$`);
      const isSection = !/-questions-\d+-value$/.test(this.own);
      for (const id of this.form.querySelectorAll(`input[name^="${CSS.escape(this.stream)}"][name$="${end}"]`)) {
        if (!inside.test(id.name)) continue;
        const prefix = id.name.slice(0, -3);
        if (`${prefix}-value` === this.own || (isSection && prefix.startsWith(`${this.own}-`))) break;
        if (!(this.element.compareDocumentPosition(id) & Node.DOCUMENT_POSITION_PRECEDING)) break;
        if (this.isDeleted(prefix)) continue;
        found.push({ id, prefix, kind: this.value("-type", prefix), text: this.value("-value-text", prefix).trim() });
      }
      found.forEach((each, at) => { each.number = at + 1; });
      return found;
    }

    /* What a question can be answered with: where the words stand that are sent, and are shown. */
    offered(question) {
      const own = [];
      const name = CSS.escape(`${question.prefix}-value-options-`);
      for (const input of this.form.querySelectorAll(`[name^="${name}"][name$="-value"]`)) {
        if (this.value("-deleted", input.name.slice(0, -6)) === "1" || !input.value.trim()) continue;
        own.push({ of: input, sent: input.value.trim(), shown: input.value.trim() });
      }
      const other = this.field("-value-allow_other", question.prefix);
      for (const [key, shown] of this.kinds[question.kind]) {
        if (key !== "other" || other?.checked) own.push({ of: key, sent: key, shown });
      }
      return own;
    }

    refresh() {
      const found = this.earlier().filter((each) => each.kind in this.kinds && each.text);
      const typed = this.element.value.trim();
      const meant = found.find((each) => each.id.value && each.id.value === typed)
        || found.find((each) => String(each.number) === typed || fold(each.text) === fold(typed));
      if (meant !== undefined && this.last !== meant.id) {
        this.last = meant.id;
        this.ticked = null;
      }
      const entries = [["", this.words.everybody]];
      for (const each of found) entries.push([each.prefix, `${each.number}. ${each.text}`]);
      if (typed && !meant) entries.push(["gone", this.words.gone.replace("{question}", this.asked.value || typed)]);
      const drawn = JSON.stringify(entries);
      if (drawn !== this.drawn) {
        this.drawn = drawn;
        this.select.replaceChildren(...entries.map(([value, text]) => new Option(text, value)));
      }
      this.select.value = meant ? meant.prefix : typed ? "gone" : "";
      if (meant) {
        if (!meant.id.value) meant.id.value = crypto.randomUUID();
        this.set(this.element, meant.id.value);
        this.set(this.asked, meant.text);
      }
      this.tick(meant);
    }

    choose() {
      const prefix = this.select.value;
      if (prefix === "gone") return;
      const id = prefix && this.field("-id", prefix);
      if (id && !id.value) id.value = crypto.randomUUID(); // Wagtail gives one only at saving
      this.set(this.element, id ? id.value : "");
      this.set(this.answers, "");
      this.set(this.asked, "");
      this.last = id || null;
      this.ticked = new Set();
      this.refresh();
    }

    /* Draw the answers. What is ticked is held by its option, so that new words go on with it. */
    tick(question) {
      const offered = question ? this.offered(question) : [];
      if (question && !this.ticked) {
        const said = new Set(this.answers.value.split("\n").map(fold));
        const chosen = offered.filter((each) => said.has(fold(each.sent)) || said.has(fold(each.shown)));
        this.ticked = new Set(chosen.map((each) => each.of));
        this.strange = this.answers.value.split("\n").filter((line) => line.trim()
          && !chosen.some((each) => [fold(each.sent), fold(each.shown)].includes(fold(line))));
      }
      const chosen = offered.filter((each) => this.ticked?.has(each.of));
      if (question) this.set(this.answers, [...chosen.map((each) => each.sent), ...(this.strange || [])].join("\n"));
      const drawn = JSON.stringify([question?.prefix, offered.map((each) => each.shown), chosen.map((each) => each.shown), this.strange]);
      if (drawn === this.drawnAnswers) return;
      this.drawnAnswers = drawn;
      this.boxes.replaceChildren(...offered.map((each, at) => this.box(each, at)));
      // A line that no answer has is left to be seen, and refused by the server with a reason.
      this.answers.hidden = !this.strange?.length;
      this.answers.closest("[data-contentpath]").hidden = !question && !this.answers.value.trim();
      const words = chosen.map((each) => this.words.quoted.replace("{answer}", each.shown));
      this.said.textContent = !question ? "" : !words.length ? this.words.none : this.words.shown
        .replace("{question}", question.text).replace("{answers}", OR.format(words));
    }

    box(answer, at) {
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.id = `${this.answers.id}-${at}`;
      box.checked = this.ticked.has(answer.of);
      box.addEventListener("change", () => {
        this.ticked[box.checked ? "add" : "delete"](answer.of);
        this.strange = [];
        this.refresh();
        document.getElementById(box.id)?.focus();
      });
      label.append(box, " ", answer.shown);
      return label;
    }

    /* Set a field, and tell Wagtail, which asks before unsaved changes are left. */
    set(field, value) {
      if (field.value === value) return;
      field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  const register = () => window.wagtail.app.register("earlier-question", EarlierQuestion);
  if (window.wagtail?.app) register();
  else document.addEventListener("DOMContentLoaded", register);
})();
