const PAUSE = 150; // milliseconds without a keystroke
const SHORTEST = 2; // characters

/**
 * Offers entries by title while somebody types into a search form (`data-suggestions`: where to ask).
 *
 * An editable combobox with a listbox popup, after the ARIA Authoring Practices Guide: arrow keys
 * choose, Enter goes to the entry, Escape closes and keeps the text; nothing is chosen unasked, so
 * Enter alone always sends the form. `data-name` names the list; `data-say` is announced with the
 * number for `{count}`.
 */
export function suggest(form) {
  const input = form.querySelector("input[type=search]");
  const { suggestions: address, name, say } = form.dataset;
  const list = document.createElement("ul");
  const status = document.createElement("div");
  let entries = [];
  let active = -1;
  let timer, asking;

  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", name);
  status.className = "govuk-visually-hidden";
  status.setAttribute("role", "status");
  form.append(list, status);
  for (const [attribute, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  })) {
    input.setAttribute(attribute, value);
  }

  function choose(index) {
    active = index;
    [...list.children].forEach((option, place) => {
      option.setAttribute("aria-selected", String(place === index));
    });
    if (index < 0) {
      input.removeAttribute("aria-activedescendant");
    } else {
      input.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    }
  }

  function show(found) {
    entries = found;
    list.replaceChildren(
      ...found.map(({ title, kind, language }, place) => {
        const option = document.createElement("li");
        const text = document.createElement("span");
        const what = document.createElement("span");
        option.id = `${list.id}-${place}`;
        option.className = "suggestions__option";
        option.setAttribute("role", "option");
        text.textContent = title;
        text.lang = language;
        text.dir = "auto";
        what.className = "suggestions__kind";
        what.textContent = kind;
        option.append(text, " ", what);
        return option;
      }),
    );
    choose(-1);
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = list.hidden ? "" : say.replace("{count}", found.length);
  }

  function stop() {
    clearTimeout(timer);
    asking?.abort();
  }

  function close() {
    stop();
    show([]);
  }

  async function ask() {
    const text = input.value.trim();
    stop();
    if ([...text].length < SHORTEST) return show([]);
    const mine = (asking = new AbortController());
    try {
      const answer = await fetch(`${address}?${new URLSearchParams({ q: text })}`, {
        signal: mine.signal,
      });
      const found = answer.ok ? await answer.json() : [];
      if (!mine.signal.aborted) show(found);
    } catch {
      // The network is away, or more has been typed by now: the form works as it is.
      if (!mine.signal.aborted) show([]);
    }
  }

  input.addEventListener("input", () => {
    stop();
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.isComposing) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) {
        ask();
      } else {
        // The text itself is one of the places, between the last entry and the first.
        const places = entries.length + 1;
        choose(((active + 1 + (key === "ArrowDown" ? 1 : places - 1)) % places) - 1);
      }
    } else if (key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(entries[active].url);
    } else if (key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) {
      choose(-1);
    }
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  // Pressing an entry must not take the focus away first.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("li");
    if (option) location.assign(entries[[...list.children].indexOf(option)].url);
  });
}
