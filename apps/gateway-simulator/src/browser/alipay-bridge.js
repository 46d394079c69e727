// Stands in for the bridge that Alipay puts into its pages: window.AlipayJSBridge.
(() => {
  const base = document.currentScript.src.replace(/\/alipay\/bridge\.js.*$/, '');

  const STYLE = `
    dialog { box-sizing: border-box; width: min(100%, 420px); max-width: none; max-height: 92vh;
      margin: auto auto 0; padding: 20px 20px 24px; overflow: auto; border: 0;
      border-radius: 16px 16px 0 0; background: #fff; color: #1f2329;
      font: 16px/1.6 -apple-system, BlinkMacSystemFont, "PingFang SC", "HarmonyOS Sans SC",
        "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
    @media (min-width: 600px) { dialog { margin: auto; border-radius: 16px; } }
    dialog::backdrop { background: rgb(0 0 0 / 55%); }
    h2 { margin: 0 0 12px; font-size: 17px; font-weight: 600; text-align: center; }
    .mark { padding: 2px 6px; border: 1px solid #8a4b00; border-radius: 4px; color: #8a4b00;
      font-size: 12px; font-weight: 400; vertical-align: 2px; }
    p { margin: 0; text-align: center; overflow-wrap: anywhere; }
    .amount { margin: 4px 0 12px; font-size: 34px; font-weight: 600;
      font-variant-numeric: tabular-nums; }
    .detail { color: #595959; font-size: 14px; }
    .reason { color: #b3261e; }
    fieldset { margin: 12px 0; padding: 0; border: 0; }
    legend, .label { font-weight: 600; }
    .choice { display: flex; align-items: center; gap: 10px; min-height: 44px;
      border-bottom: 1px solid #e5e7eb; }
    .choice input { width: 20px; height: 20px; }
    .label { display: block; }
    .password { box-sizing: border-box; display: block; width: 100%; min-height: 48px;
      margin-top: 6px; padding: 8px 12px; border: 1px solid #8c8c8c; border-radius: 8px;
      font: inherit; letter-spacing: .4em; }
    button { display: block; width: 100%; min-height: 48px; margin-top: 12px; padding: 8px 16px;
      border: 1px solid #8c8c8c; border-radius: 8px; background: #fff; color: #1f2329;
      font: inherit; cursor: pointer; }
    button.primary { border-color: #0b57d0; background: #0b57d0; color: #fff; font-weight: 600; }
    :focus-visible { outline: 3px solid #0b57d0; outline-offset: 2px; }
    button:disabled { opacity: .6; cursor: default; }
    summary { min-height: 44px; margin-top: 8px; color: #595959; line-height: 44px;
      text-align: center; cursor: pointer; }
  `;

  async function ask(path, body) {
    const answer = await fetch(`${base}/alipay/bridge/${path}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return answer.json();
  }

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /** Opens a modal sheet; the browser keeps the focus in it and the page behind inert. */
  function openSheet(onEscape) {
    const host = document.body.appendChild(document.createElement('div'));
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const dialog = root.appendChild(document.createElement('dialog'));
    dialog.setAttribute('aria-label', '模拟支付宝付款');
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      onEscape();
    });
    dialog.showModal();
    return { dialog, close: () => host.remove() };
  }

  function heading(text) {
    const mark = element('span', { className: 'mark', textContent: '模拟' });
    return element('h2', {}, `${text} `, mark);
  }

  async function tradePay(parameters, callback) {
    let choose = () => finish({ resultCode: '6001', memo: '用户取消' });
    const { dialog, close } = openSheet(() => choose('cancel'));
    const finish = (result) => {
      close();
      callback(result);
    };
    const fail = (reason) => {
      choose = () => finish({ resultCode: '4000', memo: reason });
      const text = element('p', { className: 'reason', textContent: reason });
      text.setAttribute('role', 'alert');
      const button = element('button', { textContent: '关闭', onclick: () => choose() });
      dialog.replaceChildren(heading('无法付款'), text, button);
      button.focus();
    };
    dialog.append(heading('确认付款'), element('p', { textContent: '正在打开…' }));
    try {
      const order = await ask('open', { parameters });
      if (order.reason) return fail(order.reason);
      const sheet = showOrder(dialog, order, (outcome) => choose(outcome));
      const settle = async (outcome) => {
        const answer = await ask('pay', { parameters, outcome, ...sheet.entered() });
        if (answer.reason) return fail(answer.reason);
        if (answer.resultCode) return finish({ resultCode: answer.resultCode });
        sheet.wait(false);
        sheet.complain(answer.problem);
      };
      choose = (outcome) => {
        sheet.wait(true);
        settle(outcome).catch((error) => fail(`模拟网关没有应答：${error.message}`));
      };
    } catch (error) {
      fail(`模拟网关没有应答：${error.message}`);
    }
  }

  function passwordField(onEnter) {
    const password = element('input', {
      type: 'password',
      className: 'password',
      inputMode: 'numeric',
      maxLength: 6,
      autocomplete: 'off',
    });
    password.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') onEnter();
    });
    return password;
  }

  function showOrder(dialog, order, choose) {
    const text = (id) => order.outcomes.find((one) => one.id === id).text;
    const button = (id, className = '') =>
      element('button', { textContent: text(id), className, onclick: () => choose(id) });
    const problem = element('p', { className: 'reason' });
    problem.setAttribute('role', 'alert');
    const password = passwordField(() => choose('paid'));
    const choice = (source, index) =>
      element(
        'label',
        { className: 'choice' },
        element('input', { type: 'radio', name: 'source', value: source.id, checked: !index }),
        source.name,
      );
    const others = order.outcomes.filter((one) => one.id !== 'paid' && one.id !== 'cancel');
    dialog.replaceChildren(
      heading('确认付款'),
      element('p', { textContent: order.merchantName }),
      element('p', { className: 'amount', textContent: order.amount }),
      element('p', { className: 'detail', textContent: order.subject }),
      element('p', { className: 'detail', textContent: `付款账户：${order.payer}` }),
      element(
        'fieldset',
        {},
        element('legend', { textContent: '付款方式' }),
        ...order.sources.map(choice),
      ),
      element('label', { className: 'label' }, '支付密码（任意六位数字）', password),
      problem,
      button('paid', 'primary'),
      button('cancel'),
      element(
        'details',
        {},
        element('summary', { textContent: '更多结果' }),
        ...others.map((one) => button(one.id)),
      ),
    );
    password.focus();
    return {
      entered: () => ({
        password: password.value,
        source: dialog.querySelector('input[name=source]:checked')?.value,
      }),
      wait: (isWaiting) => {
        for (const one of dialog.querySelectorAll('button')) one.disabled = isWaiting;
      },
      complain: (reason) => {
        problem.textContent = reason;
        password.value = '';
        password.focus();
      },
    };
  }

  window.AlipayJSBridge = {
    call(name, parameters, callback = () => {}) {
      const done = typeof parameters === 'function' ? parameters : callback;
      if (name === 'tradePay') void tradePay(parameters, done);
      else setTimeout(() => done({ error: 1, errorMessage: `${name}：接口不存在` }));
    },
  };
  setTimeout(() => document.dispatchEvent(new Event('AlipayJSBridgeReady')));
})();
