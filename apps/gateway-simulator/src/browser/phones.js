// Keeps the phones page up to date. No framework.
(() => {
  const base = document.currentScript.dataset.base;
  const phones = document.getElementById('phones');
  const EVERY_MS = 1500;
  let shown = phones.innerHTML;

  async function refresh() {
    try {
      const answer = await fetch(`${base}/phones/list${location.search}`);
      const text = await answer.text();
      // Replaced only when something is new, so that what is being read does not move.
      if (answer.ok && text !== shown) {
        shown = text;
        phones.innerHTML = text;
      }
    } catch {
      // The simulator restarts; the next round finds it again.
    }
    setTimeout(() => void refresh(), EVERY_MS);
  }

  setTimeout(() => void refresh(), EVERY_MS);
})();
