// Tells the payer what became of the code on the page, every second.
(() => {
  const base = document.currentScript.dataset.base;
  const { code } = document.getElementById('code').dataset;
  const state = document.getElementById('code-state');
  const confirm = document.getElementById('code-confirm');
  const EVERY_MS = 1_000;

  async function refresh() {
    try {
      const answer = await fetch(`${base}/wechat-pay/code/state?code=${code}`);
      const known = await answer.json();
      if (state.textContent !== known.text) state.textContent = known.text;
      confirm.hidden = known.link === null;
      if (known.link !== null) confirm.href = known.link;
      if (known.state === 'paid' || known.state === 'failed') return;
    } catch {
      state.textContent = '模拟网关没有应答，正在重试。';
    }
    setTimeout(() => void refresh(), EVERY_MS);
  }

  void refresh();
})();
