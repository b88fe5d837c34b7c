// <auto-save data-url data-saved data-failed data-conflict> around a form: posts it when the typing rests, says so in
// [data-status], and warns before leaving with unsaved changes. Without data-url it only warns.
// The server answers 204 (or 200 with JSON {"version": n}), 409 when someone else saved first, 422 when it cannot keep it yet.
const REST = 1500;

customElements.define("auto-save", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector("[data-status]");
    this.dirty = false;
    this.addEventListener("input", () => this.touched());
    this.addEventListener("change", () => this.touched());
    this.form.addEventListener("submit", () => { this.dirty = false; clearTimeout(this.timer); });
    this.guard = (event) => { if (this.dirty) event.preventDefault(); };
    window.addEventListener("beforeunload", this.guard);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    window.removeEventListener("beforeunload", this.guard);
  }

  touched() {
    this.dirty = true;
    this.round = (this.round ?? 0) + 1;
    clearTimeout(this.timer);
    if (this.dataset.url && !this.stopped) this.timer = setTimeout(() => this.save(), REST);
  }

  async save() {
    const round = this.round;
    let answer;
    try {
      answer = await fetch(this.dataset.url, { method: "POST", body: new FormData(this.form), headers: { "X-Requested-With": "fetch" } });
    } catch {
      return this.say(this.dataset.failed);
    }
    if (answer.status === 409) {
      this.stopped = true;
      return this.say(this.dataset.conflict);
    }
    if (!answer.ok) return answer.status === 422 ? undefined : this.say(this.dataset.failed);
    await this.keepVersion(answer);
    if (round === this.round) this.dirty = false;
    this.say(`${this.dataset.saved} ${new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" })}`);
  }

  async keepVersion(answer) {
    if (answer.status !== 200) return;
    const { version } = await answer.json();
    if (version !== undefined && this.form.elements.version) this.form.elements.version.value = version;
  }

  say(text) {
    this.status.textContent = text;
  }
});
