// Comfort on top of pages that work without it. What only some pages need is a module of its own, brought by the template
// that needs it (`{% module %}`). It defines a custom element, so that what htmx brings in later comes to life by itself.

// A form that comes back with errors: start at the summary, which links to each field.
document.querySelector("[data-focus]")?.focus();

// A second click on a submit button must not post twice.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  const button = event.submitter;
  if (button) setTimeout(() => { button.setAttribute("aria-disabled", "true"); button.disabled = true; });
});
// Back from another page, the browser may show this one as it was left.
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[aria-disabled=true]")) {
    button.disabled = false;
    button.removeAttribute("aria-disabled");
  }
});
