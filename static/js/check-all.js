// <check-all data-form="id" data-label="…">: one box that ticks every `ids` box of a form. Nothing without script.
customElements.define("check-all", class extends HTMLElement {
  connectedCallback() {
    const boxes = () => [...document.querySelectorAll(`input[type=checkbox][name=ids][form="${this.dataset.form}"]`)];
    const label = Object.assign(document.createElement("label"), { className: "choice" });
    const all = Object.assign(document.createElement("input"), { type: "checkbox" });
    label.append(all, Object.assign(document.createElement("span"), { textContent: this.dataset.label }));
    this.replaceChildren(label);
    all.addEventListener("change", () => { for (const box of boxes()) box.checked = all.checked; });
    document.addEventListener("change", (event) => {
      if (event.target.name === "ids") all.checked = boxes().every((box) => box.checked);
    });
  }
});
