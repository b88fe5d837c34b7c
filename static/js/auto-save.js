// <auto-save data-url data-saved data-failed data-conflict> around a form: posts it when the typing rests, says so in
// [data-status], and warns before leaving with unsaved changes. Without data-url it only warns.
// The server answers 204, or 200 with JSON: "version" goes to the field of that name; a new draft gives its "page" and
// its "autosave" address; "unsaved" names the fields that it could not keep as typed. 409: someone else saved first;
// 422: it cannot be kept yet.
const REST = 1500;

customElements.define("auto-save", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector("[data-status]");
    this.dirty = false;
    this.addEventListener("input", () => this.touched());
    this.addEventListener("change", () => this.touched());
    this.form.addEventListener("submit", (event) => this.submitted(event));
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

  // One save at a time: a second one, or the form itself, would carry a version that the first is about to replace.
  save() {
    const mine = (this.saving ?? Promise.resolve()).then(() => this.post()).finally(() => {
      if (this.saving === mine) this.saving = undefined;
    });
    this.saving = mine;
  }

  submitted(event) {
    clearTimeout(this.timer);
    if (this.saving) {
      event.preventDefault();
      const { submitter } = event;
      this.saving.then(() => this.form.requestSubmit(submitter));
      return;
    }
    this.dirty = false;
  }

  async post() {
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
    const { unsaved = [] } = await this.settle(answer);
    if (unsaved.length) return this.say(`${this.dataset.partly} ${unsaved.join(", ")}`);
    if (round === this.round) this.dirty = false;
    return this.say(`${this.dataset.saved} ${new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" })}`);
  }

  // From now on the page is that of the draft: a reload shows it, the next save goes to it.
  async settle(answer) {
    if (answer.status !== 200) return {};
    const kept = await answer.json();
    if (kept.version !== undefined && this.form.elements.version) this.form.elements.version.value = kept.version;
    if (kept.autosave) this.dataset.url = kept.autosave;
    if (kept.page && kept.page !== location.pathname) {
      history.replaceState(history.state, "", kept.page);
      this.form.setAttribute("action", kept.page);
    }
    return kept;
  }

  say(text) {
    this.status.textContent = text;
  }
});
