/* Put a mark in place of the words that are selected: by a button, or by its number. */
(() => {
  const page = document.querySelector("[data-marking]");
  const text = page && page.querySelector("textarea");
  if (!text) return;
  const told = page.querySelector("[data-told]");
  const buttons = [...page.querySelectorAll("[data-mark]")];

  // White space at either end of what is selected stays.
  const selected = () => {
    let { selectionStart: from, selectionEnd: to } = text;
    while (from < to && /\s/.test(text.value[from])) from += 1;
    while (to > from && /\s/.test(text.value[to - 1])) to -= 1;
    return [from, to];
  };

  const put = (mark) => {
    const [from, to] = selected();
    if (from === to) {
      told.textContent = told.dataset.none;
      return;
    }
    const words = text.value.slice(from, to);
    text.focus();
    text.setSelectionRange(from, to);
    // In this way the browser's own undo takes it back.
    if (!document.execCommand("insertText", false, mark)) text.setRangeText(mark, from, to, "end");
    told.textContent = `${told.dataset.marked} ${words.length > 60 ? `${words.slice(0, 60)}…` : words}`;
  };

  page.querySelector("[data-marks]").hidden = false;
  buttons.forEach((button) => button.addEventListener("click", () => put(button.dataset.mark)));
  // Over a selection a number is never a word of the answer: no word can be added here.
  text.addEventListener("keydown", (event) => {
    const button = buttons[Number(event.key) - 1];
    if (!button || event.ctrlKey || event.metaKey || event.altKey) return;
    const [from, to] = selected();
    if (from === to) return;
    event.preventDefault();
    put(button.dataset.mark);
  });

  // Where it was refused, the words that differ are selected.
  if (page.dataset.from) {
    text.focus();
    text.setSelectionRange(Number(page.dataset.from), Number(page.dataset.to));
  }
})();
