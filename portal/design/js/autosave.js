const QUIET = 3000; // milliseconds without a keystroke
const KEEPALIVE_LIMIT = 60000; // browsers refuse more than 64 KiB once the page is gone

/**
 * Sends a form (`data-autosave`) to its own address while it is filled in, with `X-Autosave: 1`.
 *
 * Files, and their removal, wait for the button. The server answers 204, or says by its status why
 * not (403, 409, 422; a text/plain body is shown as the reason). Its `X-Form-State` goes into the
 * form's hidden `[data-autosave-state]`, so that the next sending is not taken for somebody else's.
 * What happened stands in `[data-autosave-status]`. The focus is never touched.
 */
export function autosave(form) {
  const status = form.querySelector("[data-autosave-status]");
  const state = form.querySelector("[data-autosave-state]");
  if (!status) return;
  const words = status.dataset;
  let timer, sending, waiting;
  let changed = false;

  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  function body() {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && !name.endsWith("-remove")) data.append(name, value);
    }
    return data;
  }

  async function send(leaving) {
    clearTimeout(timer);
    if (!changed || sending) return;
    changed = false;
    const sent = body();
    let reason;
    try {
      sending = fetch(form.action, {
        method: "POST",
        headers: { "X-Autosave": "1" },
        body: sent,
        redirect: "manual",
        keepalive: leaving && sent.toString().length < KEEPALIVE_LIMIT,
      });
      const answer = await sending;
      const next = answer.headers.get("X-Form-State");
      if (state && next) state.value = next;
      if (answer.status !== 204) {
        const plain = (answer.headers.get("Content-Type") ?? "").startsWith("text/plain");
        reason =
          (plain && (await answer.text())) || words[`reason-${answer.status}`] || words.reason;
      }
    } catch {
      changed = true;
      reason = words.reasonOffline;
    }
    sending = null;
    if (reason) {
      say(words.failed.replace("{reason}", reason));
    } else {
      const lang = document.documentElement.lang;
      const time = new Date().toLocaleTimeString(lang === "en" ? "en-GB" : lang, {
        timeStyle: "short",
      });
      say(words.saved.replace("{time}", time));
    }
    if (waiting) {
      // The button was pressed meanwhile: now its turn.
      const button = waiting.button;
      changed = false;
      form.requestSubmit(button);
    } else if (changed && !reason) {
      later();
    }
  }

  function later() {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(send, QUIET);
  }

  status.textContent = "";
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send(true);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    changed = false;
    if (sending && form.requestSubmit) {
      event.preventDefault();
      waiting = { button: event.submitter };
    }
  });
}
