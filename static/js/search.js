// The result page after an answer in place: what the reader had opened stays open, the keyboard stays where it was, and
// the link to the other language follows. The page works without any of it.
const opened = new Set();
let chip = -1;

document.addEventListener("toggle", ({ target }) => {
  if (target.matches("#facets details")) opened[target.open ? "add" : "delete"](target.id);
}, true);

// Half a word finds nothing: the server then leaves the list as it is, until the word is whole.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const { type, isTrusted } = detail.triggeringEvent ?? {};
  if (type === "input" && isTrusted) detail.headers["X-Typing"] = "true";
});

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.requestConfig.triggeringEvent?.type === "submit") document.getElementById("filtres").hidePopover?.();
  chip = [...document.querySelectorAll("#chips a")].indexOf(detail.elt);
});

document.addEventListener("htmx:afterSettle", () => {
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  if (chip >= 0) {
    const chips = document.querySelectorAll("#chips a");
    (chips[Math.min(chip, chips.length - 1)] ?? document.getElementById("q")).focus();
    chip = -1;
  }
  for (const link of document.querySelectorAll(".site-tools a[hreflang]")) link.search = location.search;
});
