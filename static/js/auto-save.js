// <auto-save data-url data-saved data-failed data-conflict> around a form: posts it when the typing rests, says so in
// [data-status], and warns before leaving with unsaved changes. Without data-url it only warns.
// The server answers 204, or 200 with JSON: "version" goes to the field of that name; a new draft gives its "page" and
// its "autosave" address; "unsaved" names the fields that it could not keep as typed. 409: someone else saved first;
// 422: it cannot be kept yet. A redirect (to the sign-in), 401 or the header X-Session-Ended (its token was renewed in
// another tab) means that the session has ended; any other 403, 404 or 410, that one may not write there any more. Either
// way what is typed is kept in localStorage, by page and account, until it is saved. Only that account sees it again.
const REST = 1500;
const KEPT = 24 * 3600 * 1000;
const UNTYPED = ["csrfmiddlewaretoken", "version", "repris"];

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
    this.bringBack();
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
    // What is sent now is newer than what was kept. After the end of a session the sending leads to the sign-in.
    if (!this.ended) this.forget();
  }

  async post() {
    if (this.barred) return void this.keep();
    const round = this.round;
    let answer;
    try {
      answer = await fetch(this.dataset.url, { method: "POST", body: new FormData(this.form), headers: { "X-Requested-With": "fetch" } });
    } catch {
      return this.say(this.dataset.failed);
    }
    if (answer.redirected || answer.status === 401 || answer.headers.has("X-Session-Ended")) return this.expired();
    if ([403, 404, 410].includes(answer.status)) return this.refused();
    if (answer.status === 409) {
      this.stopped = true;
      return this.say(this.dataset.conflict);
    }
    if (!answer.ok) return answer.status === 422 ? undefined : this.say(this.dataset.failed);
    this.ended = false;
    this.forget();
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

  // The address of the page as it was loaded: a new draft gets another one.
  place() {
    return `unsaved:${this.dataset.owner}:${location.pathname.replace(/^\/en\//, "/")}`;
  }

  typed() {
    const skipped = (name) => UNTYPED.includes(name);
    const isSecret = (name) => this.form.elements[name]?.type === "password";
    return [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !skipped(name) && !isSecret(name));
  }

  expired() {
    if (!this.keep()) return;
    this.say(this.dataset.expired);
    const link = document.createElement("a");
    link.href = `${this.dataset.login}?next=${encodeURIComponent(location.pathname + location.search)}`;
    link.textContent = this.dataset.signIn;
    this.status.append(" ", link);
  }

  // Signing in again would change nothing: it is not asked for.
  refused() {
    this.barred = true;
    if (this.keep()) this.say(this.dataset.refused);
  }

  keep() {
    this.ended = true;
    try {
      localStorage.setItem(this.place(), JSON.stringify({ at: Date.now(), fields: this.typed() }));
    } catch {
      this.say(this.dataset.failed);
      return false;
    }
    this.dirty = false;
    return true;
  }

  forget() {
    try {
      localStorage.removeItem(this.place());
    } catch { /* a browser that stores nothing has nothing to forget */ }
  }

  // Fills the form with what an ended session could not save. The version stays that of the page; nothing is sent until
  // somebody types or presses a button.
  bringBack() {
    // The server has put back what the form itself sent, which is newer (accounts.unsent).
    if (this.form.hasAttribute("data-refilled")) {
      this.forget();
      this.dirty = true;
      return;
    }
    let kept;
    try {
      kept = JSON.parse(localStorage.getItem(this.place()));
    } catch { /* none */ }
    if (!kept) return;
    if (!kept.fields || Date.now() - kept.at > KEPT) {
      this.forget();
      return;
    }
    const values = new Map();
    for (const [name, value] of kept.fields) values.set(name, [...(values.get(name) ?? []), value]);
    for (const field of this.form.elements) {
      if (!field.name || UNTYPED.includes(field.name) || ["file", "password", "submit", "button"].includes(field.type)) continue;
      const known = values.get(field.name);
      if (["checkbox", "radio"].includes(field.type)) field.checked = Boolean(known?.includes(field.value));
      else if (field.multiple) for (const option of field.options) option.selected = Boolean(known?.includes(option.value));
      else if (known?.length) field.value = known.shift();
    }
    this.dirty = true;
    this.say(this.dataset.back);
  }

  say(text) {
    this.status.textContent = text;
  }
});
