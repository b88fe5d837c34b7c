// <form-rows data-prefix>: adds a blank row of a Django formset without a trip to the server, and hides a removed one.
// Without this module the "add" button posts the form and the server answers with one more row; rows are removed by
// their DELETE box.
customElements.define("form-rows", class extends HTMLElement {
  connectedCallback() {
    this.total = this.querySelector(`[name="${this.dataset.prefix}-TOTAL_FORMS"]`);
    this.template = this.querySelector("template");
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-add]");
      if (button) {
        event.preventDefault();
        this.addRow(button);
      }
    });
    this.addEventListener("change", (event) => {
      if (event.target.name?.endsWith("-DELETE")) this.markRemoved(event.target);
    });
  }

  addRow(button) {
    const holder = document.createElement("template");
    holder.innerHTML = this.template.innerHTML.replaceAll("__prefix__", this.total.value);
    const row = holder.content.firstElementChild;
    this.insertBefore(row, button.closest("form-rows > div"));
    this.total.value = Number(this.total.value) + 1;
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  markRemoved(box) {
    const row = box.closest("[data-row]");
    row.classList.toggle("soft", box.checked);
    for (const field of row.querySelectorAll("input, select, textarea")) {
      if (field !== box && field.type !== "hidden") field.readOnly = box.checked;
    }
  }
});
