const PATIENCE = 5000; // milliseconds in which the next press of the shift key still counts

/**
 * "Exit this page": covers the page at once when its form (`data-module="exit-page"`) is sent, and
 * sends it when the shift key is pressed and let go three times, with no other key between.
 *
 * What is said to those who hear the page stands in the form's `data-` attributes.
 */
export function exitPage(form) {
  const words = form.dataset;
  const said = form.appendChild(document.createElement("span"));
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  let presses = 0;
  let withAnother = false;
  let timer, cover;

  function count(number, text) {
    clearTimeout(timer);
    presses = number;
    form.dataset.presses = number;
    said.textContent = text;
    if (number) timer = setTimeout(count, PATIENCE, 0, words.over);
  }

  form.addEventListener("submit", () => {
    count(0, "");
    cover = document.body.appendChild(document.createElement("div"));
    cover.className = "exit-page-cover";
    cover.setAttribute("role", "alert");
    cover.textContent = words.leaving;
  });

  document.addEventListener(
    "keyup",
    (event) => {
      if (event.key !== "Shift") {
        if (presses) count(0, words.over);
      } else if (!withAnother) {
        if (presses === 2) form.requestSubmit();
        else count(presses + 1, presses ? words.oneMore : words.twoMore);
      }
      withAnother = event.shiftKey;
    },
    true,
  );

  // Brought back as it was left, by a browser that keeps pages.
  addEventListener("pageshow", () => cover?.remove());
}
