// <scan-field> around a form with one text field: the field a barcode reader types into. What is typed outside any
// field goes there, each answer empties it and gives it the keyboard again (or what the answer marks data-next). Its
// [data-camera] button shows where the browser itself can read QR codes.
const REPEAT = 4000;

customElements.define("scan-field", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector("input[type=text]");
    this.catch = (event) => this.caught(event);
    this.answered = (event) => this.ready(event);
    document.addEventListener("keydown", this.catch);
    document.addEventListener("htmx:afterSettle", this.answered);
    this.form.addEventListener("htmx:sendError", () => this.form.submit());
    this.offerCamera();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.catch);
    document.removeEventListener("htmx:afterSettle", this.answered);
    this.stop();
  }

  caught(event) {
    if (event.key.length !== 1 || event.altKey || event.ctrlKey || event.metaKey || event.key === " ") return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    this.input.focus();
  }

  ready(event) {
    if (event.target.id !== "answer") return;
    this.input.value = "";
    (event.target.querySelector("[data-next]") ?? this.input).focus();
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
