// <scan-field data-offline="…"> around a form with one text field: the field a barcode reader types into. What is typed
// outside any field goes there; each answer gives it the keyboard again (or what the answer marks data-next). Its
// [data-camera] button shows where the browser itself can read QR codes.
const REPEAT = 4000;

customElements.define("scan-field", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector("input[type=text]");
    this.listeners = {
      keydown: (event) => this.caught(event),
      "htmx:beforeRequest": (event) => this.sent(event),
      "htmx:afterSettle": (event) => this.answered(event),
      "htmx:responseError": (event) => this.refused(event),
      "htmx:sendError": () => this.lost(),
    };
    for (const [name, listener] of Object.entries(this.listeners)) document.addEventListener(name, listener);
    this.offerCamera();
  }

  disconnectedCallback() {
    for (const [name, listener] of Object.entries(this.listeners)) document.removeEventListener(name, listener);
    this.stop();
  }

  caught(event) {
    if (event.key.length !== 1 || event.altKey || event.ctrlKey || event.metaKey || event.key === " ") return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    this.input.focus();
  }

  // The next badge may be read while this one is on its way.
  sent(event) {
    if (event.detail.elt !== this.form) return;
    this.typed = this.input.value;
    this.input.value = "";
  }

  answered(event) {
    if (event.target.id !== "answer") return;
    this.say("");
    (event.target.querySelector("[data-next]") ?? this.input).focus();
  }

  // Such as a pass that ended: the whole page says why.
  refused(event) {
    if (event.detail.elt === this.form) this.input.value = this.typed;
    event.detail.elt.submit?.();
  }

  lost() {
    this.input.value = this.typed ?? "";
    this.say(this.dataset.offline);
    this.input.focus();
  }

  say(text) {
    const status = this.querySelector("[data-status]");
    if (!status) return;
    status.textContent = text;
    status.hidden = !text;
  }

  async offerCamera() {
    const button = this.querySelector("[data-camera]");
    if (!button || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
    if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return;
    button.hidden = false;
    button.addEventListener("click", () => (this.stream ? this.stop() : this.watch()));
  }

  async watch() {
    const view = this.querySelector("[data-view]");
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch { return; } // refused: the field still works
    view.srcObject = this.stream;
    view.hidden = false;
    await view.play();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    this.timer = setInterval(async () => {
      const [code] = await detector.detect(view).catch(() => []);
      if (code) this.read(code.rawValue);
    }, 200);
  }

  // A badge stays before the camera for a while: it is read once.
  read(text) {
    if (text === this.last && Date.now() - this.at < REPEAT) return;
    this.last = text;
    this.at = Date.now();
    this.input.value = text;
    this.form.requestSubmit();
  }

  stop() {
    clearInterval(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
    const view = this.querySelector("[data-view]");
    if (view) view.hidden = true;
  }
});
