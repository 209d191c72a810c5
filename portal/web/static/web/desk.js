/*
 * Keys for screening. Every button that has a key shows it, and works by mouse and without this.
 * Nothing happens while somebody is in a field; keys can be turned off (WCAG 2.1.4).
 */
(() => {
  const bar = document.querySelector(".desk-bar");
  if (!bar) return;
  const desk = bar.parentElement;
  const KEPT = "desk-keys-off";
  // So long after a page has come no key acts: a second press was meant for the page before.
  const PAUSE = 400;
  let isReady = false;
  let isSent = false;

  const panels = [...desk.querySelectorAll("details.desk-act")];
  const opened = () => panels.find((panel) => panel.open);
  const isField = (element) =>
    element.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
    (element.tagName === "INPUT" && !/^(radio|checkbox|button|submit)$/.test(element.type));

  // -- whether keys are wanted ---------------------------------------------------------------
  const wanted = desk.querySelector("[data-keys-on]");
  const kept = () => {
    try {
      return localStorage.getItem(KEPT);
    } catch {
      return null;
    }
  };
  const show = () => desk.classList.toggle("desk-without-keys", !wanted.checked);
  wanted.closest("label").hidden = false;
  wanted.checked = kept() !== "yes";
  show();
  wanted.addEventListener("change", () => {
    try {
      if (wanted.checked) localStorage.removeItem(KEPT);
      else localStorage.setItem(KEPT, "yes");
    } catch {
      // Then it holds for this page alone.
    }
    show();
  });

  // -- one press, one act ----------------------------------------------------------------------
  desk.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault();
    isSent = true;
  });
  window.addEventListener("pageshow", () => {
    isSent = false;
  });

  const open = (panel) => {
    panels.forEach((other) => {
      other.open = other === panel;
    });
    const within = "input:checked, input[type=radio], textarea, select, button, [data-keys-on]";
    const found = panel.querySelector(":scope input:checked") || panel.querySelector(`:scope > :not(summary) :is(${within})`);
    if (found) found.focus({ preventScroll: true });
  };

  const close = (panel) => {
    panel.open = false;
    panel.querySelector("summary").focus();
  };

  const press = (target) => {
    if (target.tagName !== "SUMMARY") target.click();
    else if (target.parentElement.open) close(target.parentElement);
    else open(target.parentElement);
  };

  // -- keys --------------------------------------------------------------------------------------
  const choose = (panel, number) => {
    const choice = panel.querySelectorAll("input[type=radio]")[number - 1];
    if (!choice) return false;
    choice.checked = true;
    choice.focus();
    return true;
  };

  const act = (event, panel) => {
    if (panel && /^[1-9]$/.test(event.key)) return choose(panel, Number(event.key));
    if (panel && event.key === "Enter" && event.target.type === "radio") {
      panel.querySelector("form").requestSubmit();
      return true;
    }
    const key = event.key.toLowerCase();
    const target = [...desk.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
    // Inside an open form only what belongs to it counts.
    const isElsewhere = panel && panel.contains(document.activeElement) && !panel.contains(target || null);
    if (!target || isElsewhere || !isReady) return false;
    press(target);
    return true;
  };

  // Before Wagtail's own keys, which open its help by the same one.
  window.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const panel = opened();
    if (event.key === "Escape" && panel) {
      close(panel);
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (!wanted.checked || isField(event.target)) return;
    if (event.target.closest("dialog, [role=dialog]")) return;
    if (act(event, panel)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  panels.forEach((panel) => {
    panel.addEventListener("toggle", () => {
      if (panel.open) panels.filter((other) => other !== panel).forEach((other) => { other.open = false; });
    });
  });
  document.addEventListener("click", (event) => {
    const panel = opened();
    if (panel && !panel.contains(event.target) && !bar.contains(event.target)) panel.open = false;
  });

  setTimeout(() => {
    isReady = true;
    desk.dataset.ready = "";
  }, PAUSE);
})();
