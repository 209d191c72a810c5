// Ticks the rows of a list where all on the page are chosen; without it the server does the same.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-choose]");
  if (!form) return;
  const all = form.querySelectorAll("input[name=all]");
  const rows = form.querySelectorAll(".listing-row__choose input[type=checkbox]");
  if (event.target.name === "all") {
    all.forEach((box) => { if (box !== event.target) box.checked = false; });
    rows.forEach((box) => { box.checked = event.target.checked; });
  } else if (!event.target.checked) {
    all.forEach((box) => { box.checked = false; });
  }
});
