// <combo-box data-url [data-many] [data-fills="#id"]> around a text field: the combobox of the ARIA Authoring Practices
// (list, manual selection). GET data-url?q=… answers {"results": [{"label", "value", "kind_label"?}]}: the label goes into
// the field, the value into the one that data-fills names. data-many completes the last of words parted by commas.
const REST = 150;
let serial = 0;

customElements.define("combo-box", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input:not([type=hidden])");
    if (!this.input || this.list) return;
    this.list = Object.assign(document.createElement("ul"), { className: "combo-list", id: `combo-${++serial}`, hidden: true, role: "listbox" });
    this.list.setAttribute("aria-label", this.input.labels[0]?.textContent.trim() ?? "");
    this.append(this.list);
    const aria = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(aria)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", (event) => { if (event.isTrusted) this.later(); });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("li")));
  }

  get words() { return this.hasAttribute("data-many") ? this.input.value.split(/,\s*/) : [this.input.value]; }
  get current() { return this.list.querySelector("[aria-selected=true]"); }

  later() {
    clearTimeout(this.timer);
    if (this.target) this.target.value = "";
    this.timer = setTimeout(() => this.ask(this.words.at(-1).trim()), REST);
  }

  get target() { return this.dataset.fills ? document.querySelector(this.dataset.fills) : null; }

  async ask(text) {
    this.request?.abort();
    if (text.length < 2) return this.close();
    this.request = new AbortController();
    const url = new URL(this.dataset.url, location.href);
    url.searchParams.set("q", text);
    try {
      const answer = await fetch(url, { signal: this.request.signal, headers: { Accept: "application/json" } });
      if (answer.ok) this.show((await answer.json()).results);
    } catch { this.close(); } // no suggestion is better than an error: the field still works
  }

  show(results) {
    this.list.replaceChildren(...results.map((result, i) => {
      const option = Object.assign(document.createElement("li"), { id: `${this.list.id}-${i}`, role: "option", textContent: result.label, result });
      option.setAttribute("aria-selected", "false");
      if (result.kind_label) option.append(Object.assign(document.createElement("span"), { textContent: result.kind_label }));
      return option;
    }));
    this.toggle(results.length > 0 && document.activeElement === this.input);
  }

  toggle(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.input.removeAttribute("aria-activedescendant");
  }

  close() { this.request?.abort(); clearTimeout(this.timer); this.toggle(false); }

  key(event) {
    if (event.key === "Escape" && !this.list.hidden) { event.preventDefault(); return this.close(); }
    if (event.key === "Enter" && !this.list.hidden && this.current) { event.preventDefault(); return this.choose(this.current); }
    if (!["ArrowDown", "ArrowUp"].includes(event.key)) return undefined;
    event.preventDefault();
    if (this.list.hidden) return this.ask(this.words.at(-1).trim());
    const step = event.key === "ArrowDown" ? "nextElementSibling" : "previousElementSibling";
    return this.mark(this.current?.[step] ?? (event.key === "ArrowDown" ? this.list.firstElementChild : this.list.lastElementChild));
  }

  mark(option) {
    this.current?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  choose(option) {
    if (!option) return;
    const { label, value } = option.result;
    this.input.value = this.hasAttribute("data-many") ? [...this.words.slice(0, -1), label, ""].join(", ") : label;
    if (this.target) this.target.value = value;
    this.close();
    for (const name of ["input", "change"]) this.input.dispatchEvent(new Event(name, { bubbles: true }));
  }
});
