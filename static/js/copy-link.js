// <copy-link data-url data-done>: shown only where the clipboard can be written.
customElements.define("copy-link", class extends HTMLElement {
  connectedCallback() {
    this.hidden = !navigator.clipboard;
    const said = this.querySelector("span");
    const label = said.textContent;
    this.onclick = async () => {
      await navigator.clipboard.writeText(new URL(this.dataset.url, location.href).href);
      said.textContent = this.dataset.done;
      setTimeout(() => { said.textContent = label; }, 3000);
    };
  }
});
