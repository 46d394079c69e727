// Keeps the inspector page up to date and switches faults on. No framework.
(() => {
  const base = document.currentScript.dataset.base;
  const byId = (id) => document.getElementById(id);
  const SHOWN_MOST = 300;
  let lastId = 0;

  async function call(method, path, body) {
    const answer = await fetch(`${base}/control/${path}`, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const result = await answer.json();
    if (!answer.ok) throw new Error(result.error ?? `HTTP ${answer.status}`);
    return result;
  }

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function clock(at) {
    return new Date(at + 8 * 3600_000).toISOString().slice(11, 23);
  }

  const SIGNATURES = { ok: '验签通过', bad: '验签失败', none: '无需签名', 'not checked': '未验签' };

  function signatureText(one) {
    if (one.direction === 'out')
      return one.signature ? `用 ${one.signature.slice(0, 16)}… 签名` : '';
    return SIGNATURES[one.signature] ?? one.signature;
  }

  function shownBody(text) {
    try {
      return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      return text;
    }
  }

  function part(title, headers, body) {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const text = [...lines, '', shownBody(body)].join('\n').trim();
    return [
      element('h3', { textContent: title }),
      element('pre', { textContent: text || '（空）', tabIndex: 0 }),
    ];
  }

  function row(one) {
    const isGood = one.status >= 200 && one.status < 400;
    const cell = (text, className = '') => element('span', { textContent: text, className });
    const summary = element(
      'summary',
      {},
      cell(clock(one.at)),
      cell(one.direction === 'in' ? '收' : '发'),
      cell(one.status === 0 ? '无应答' : one.status, isGood ? 'good' : 'bad'),
      cell(`${one.method} ${one.path}`),
      cell(one.outTradeNo ?? ''),
      cell(
        [signatureText(one), one.fault && `故障 ${one.fault}`].filter(Boolean).join(' · '),
        one.signature === 'bad' || one.fault ? 'bad' : '',
      ),
    );
    const inside = element(
      'div',
      { className: 'inside' },
      element('p', { textContent: `用时 ${one.durationMs} 毫秒` }),
      ...part('请求', one.requestHeaders, one.requestBody),
      ...part('应答', one.responseHeaders, one.responseBody),
    );
    return element('details', { className: 'exchange' }, summary, inside);
  }

  async function refresh() {
    const outTradeNo = byId('filter').value.trim();
    const filter = outTradeNo ? `&outTradeNo=${encodeURIComponent(outTradeNo)}` : '';
    const { requests } = await call('GET', `requests?after=${lastId}${filter}`);
    const log = byId('log');
    for (const one of requests) {
      lastId = one.id;
      log.prepend(row(one));
    }
    while (log.childElementCount > SHOWN_MOST) log.lastElementChild.remove();
    byId('empty').hidden = log.childElementCount > 0;
  }

  function showFaults({ armed, seeded }) {
    const texts = armed.map((one) => {
      const only =
        (one.channel ? `，只在${nameOf('channel', one.channel)}` : '') +
        (one.outTradeNo ? `，只对 ${one.outTradeNo}` : '');
      const names = `${nameOf('at', one.at)}·${nameOf(`fault-${one.at}`, one.fault)}`;
      return `${names}（${one.times} 次${only}）`;
    });
    if (seeded) texts.push(`随机：种子 ${seeded.seed}，${seeded.ratePercent}%`);
    byId('armed').className = texts.length > 0 ? 'bad' : '';
    byId('armed').textContent =
      texts.length > 0 ? `已打开：${texts.join('；')}` : '没有打开的故障。';
  }

  const form = byId('fault-form');
  function nameOf(field, value) {
    return form[field].querySelector(`[value="${value}"]`)?.textContent ?? value;
  }

  form.at.addEventListener('change', () => {
    for (const select of form.querySelectorAll('select[name^="fault-"]')) {
      select.hidden = select.name !== `fault-${form.at.value}`;
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const outTradeNo = form.outTradeNo.value.trim();
    const fault = {
      at: form.at.value,
      fault: form[`fault-${form.at.value}`].value,
      times: Number(form.times.value),
      ...(outTradeNo ? { outTradeNo } : {}),
      ...(form.channel.value ? { channel: form.channel.value } : {}),
    };
    call('POST', 'faults', fault).then(showFaults, showProblem);
  });
  byId('clear-faults').addEventListener('click', () => {
    call('DELETE', 'faults').then(showFaults, showProblem);
  });
  byId('filter').addEventListener('change', () => {
    lastId = 0;
    byId('log').replaceChildren();
    refresh().catch(showProblem);
  });

  function showProblem(error) {
    byId('armed').className = 'bad';
    byId('armed').textContent = `没有成功：${error.message}`;
  }

  async function poll() {
    try {
      if (byId('live').checked) {
        await refresh();
        showFaults(await call('GET', 'faults'));
      }
    } catch (error) {
      showProblem(error);
    }
    setTimeout(() => void poll(), 1_000);
  }
  void poll();
})();
