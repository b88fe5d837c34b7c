// <key-links> around links with data-key: the arrow follows the link, unless one is typing, scrolling sideways or
// reading in a frame. Arrows, not letters: a letter would clash with assistive tools (WCAG 2.1.4).
customElements.define("key-links", class extends HTMLElement {
  connectedCallback() {
    this.follow = (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
      if (event.target.closest("input, textarea, select, [contenteditable], [tabindex='0']")) return;
      this.querySelector(`[data-key="${event.key}"]`)?.click();
    };
    document.addEventListener("keydown", this.follow);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.follow);
  }
});
