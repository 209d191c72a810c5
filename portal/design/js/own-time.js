/**
 * Adds the reader's own time to a deadline, where it differs from the zone that is shown.
 *
 * The element carries `data-own-time` (an ISO 8601 moment), `data-zone` (the zone already shown) and
 * `data-text` (a translated sentence holding `{time}`); it stays hidden without this script.
 */
export function showOwnTime(element) {
  const { ownTime, zone, text } = element.dataset;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!own || own === zone || own === "UTC") return;
  const lang = document.documentElement.lang;
  // The portal's English is British; "en" alone would write dates the American way.
  const time = new Intl.DateTimeFormat(!lang || lang === "en" ? "en-GB" : lang, {
    dateStyle: "long",
    timeStyle: "short",
  }).format(new Date(ownTime));
  element.textContent = text.replace("{time}", `${time} (${own})`);
  element.hidden = false;
}
