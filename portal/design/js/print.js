/** Makes every text area as tall as its text before the page is printed: paper does not scroll. */
export function printWhole() {
  if (CSS.supports("field-sizing", "content")) return; // the stylesheet does it
  window.addEventListener("beforeprint", () => {
    for (const area of document.querySelectorAll("textarea")) {
      area.style.minHeight = `${area.scrollHeight}px`;
    }
  });
}
