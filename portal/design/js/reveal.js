/**
 * Shows a question where the one that it depends on was answered so (`data-when`: the name of its
 * controls, `data-when-keys`: the answers). Questions are looked at in order, so that one that
 * depends on a hidden one is hidden too. Without script all are there, and say when they apply.
 */
function reveal(form) {
  for (const question of form.querySelectorAll("[data-when]")) {
    const { when, whenKeys } = question.dataset;
    const keys = whenKeys.split(" ");
    question.hidden = ![...form.querySelectorAll(`[name="${CSS.escape(when)}"]:checked`)].some(
      (control) => keys.includes(control.value) && !control.closest("[data-when][hidden]"),
    );
  }
}

/** Keeps a form's questions revealed as they apply, also after the browser has restored it. */
export function revealQuestions(form) {
  form.addEventListener("change", () => reveal(form));
  window.addEventListener("pageshow", () => reveal(form));
  reveal(form);
  // A text that belongs to a choice that is not made is not sent.
  form.addEventListener("formdata", ({ formData }) => {
    form
      .querySelectorAll('[class*="__conditional--hidden"] [name]')
      .forEach((control) => formData.delete(control.name));
  });
}
