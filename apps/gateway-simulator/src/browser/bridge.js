// Stands in for the bridge that WeChat puts into its pages: window.WeixinJSBridge.
(() => {
  const base = document.currentScript.src.replace(/\/wechat-pay\/bridge\.js.*$/, '');

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
    fieldset { margin: 12px 0 0; padding: 0; border: 0; }
    legend, .label { padding: 0; color: #595959; font-size: 14px; }
    fieldset label { display: flex; align-items: center; gap: 10px; min-height: 44px; }
    input[type="radio"] { width: 20px; height: 20px; }
    .label { display: block; margin-top: 8px; }
    input[type="password"] { box-sizing: border-box; width: 100%; min-height: 44px;
      padding: 8px 12px; border: 1px solid #8c8c8c; border-radius: 8px; font: inherit;
      letter-spacing: 6px; }
    button { display: block; width: 100%; min-height: 48px; margin-top: 12px; padding: 8px 16px;
      border: 1px solid #8c8c8c; border-radius: 8px; background: #fff; color: #1f2329;
      font: inherit; cursor: pointer; }
    button.primary { border-color: #067a3e; background: #067a3e; color: #fff; font-weight: 600; }
    button:focus-visible, summary:focus-visible, input:focus-visible { outline: 3px solid #0b57d0; outline-offset: 2px; }
    button:disabled { opacity: .6; cursor: default; }
    summary { min-height: 44px; margin-top: 8px; color: #595959; line-height: 44px;
      text-align: center; cursor: pointer; }
  `;

  async function ask(path, body) {
    const answer = await fetch(`${base}/wechat-pay/bridge/${path}`, {
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
    dialog.setAttribute('aria-label', '模拟微信支付');
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

  /**
   * Shows the payment sheet. `kind` says who asks: a page (jsapi), a mini-program or an app.
   * @param finish hears the wallet's answer, or `undefined` and why nothing was paid
   */
  async function requestPayment(kind, parameters, finish) {
    let choose = () => end(undefined, 'cancel');
    const { dialog, close } = openSheet(() => choose('cancel'));
    const end = (answer, reason) => {
      close();
      finish(answer, reason);
    };
    dialog.append(heading('微信支付'), element('p', { textContent: '正在打开…' }));
    const fail = (reason) => {
      choose = () => end(undefined, reason);
      const text = element('p', { className: 'reason', textContent: reason });
      text.setAttribute('role', 'alert');
      const button = element('button', { textContent: '关闭', onclick: () => choose() });
      dialog.replaceChildren(heading('无法支付'), text, button);
      button.focus();
    };
    const noAnswer = (error) => fail(`模拟网关没有应答：${error.message}`);
    try {
      const order = await ask('open', { kind, parameters });
      if (order.reason) return fail(order.reason);
      const show = (problem) => {
        choose = (outcome) => {
          const typed = readSheet(dialog);
          for (const button of dialog.querySelectorAll('button')) button.disabled = true;
          choose = () => {};
          ask('pay', { kind, parameters, outcome, ...typed }).then((paid) => {
            if (paid.reason) fail(paid.reason);
            else if (paid.problem) show(paid.problem);
            else end(paid);
          }, noAnswer);
        };
        showOrder(dialog, order, (outcome) => choose(outcome), problem);
      };
      show();
    } catch (error) {
      noAnswer(error);
    }
  }

  function readSheet(dialog) {
    const method = dialog.querySelector('input[name="method"]:checked')?.value;
    return { method, password: dialog.querySelector('input[name="password"]').value };
  }

  function methodChoice(methods) {
    const choices = methods.map(({ id, name }, index) => {
      const input = { type: 'radio', name: 'method', value: id, checked: index === 0 };
      return element('label', {}, element('input', input), name);
    });
    return element('fieldset', {}, element('legend', { textContent: '支付方式' }), ...choices);
  }

  function passwordField() {
    const input = element('input', {
      type: 'password',
      name: 'password',
      inputMode: 'numeric',
      maxLength: 6,
      autocomplete: 'off',
    });
    const text = '支付密码（六位数字；留空为指纹支付）';
    return element('label', { className: 'label', textContent: text }, input);
  }

  function showOrder(dialog, order, choose, problem) {
    const button = (outcome, text, className = '') =>
      element('button', { textContent: text, className, onclick: () => choose(outcome) });
    const more = Object.entries(order.outcomes).filter(([outcome]) => outcome.startsWith('paid-'));
    const pay = button('paid', '支付', 'primary');
    const alert = element('p', { className: 'reason', textContent: problem ?? '' });
    if (problem) alert.setAttribute('role', 'alert');
    dialog.replaceChildren(
      heading('微信支付'),
      element('p', { textContent: order.merchantName }),
      element('p', { className: 'amount', textContent: order.amount }),
      element('p', { className: 'detail', textContent: order.description }),
      element('p', { className: 'detail', textContent: `付款人：${order.payer}` }),
      alert,
      methodChoice(order.methods),
      passwordField(),
      pay,
      button('cancel', '取消'),
      button('fail', '模拟支付失败'),
      element(
        'details',
        {},
        element('summary', { textContent: '更多结果' }),
        ...more.map(([outcome, text]) => button(outcome, text)),
      ),
    );
    pay.focus();
  }

  function payAsPage(parameters, callback) {
    const [name, FAIL] = ['get_brand_wcpay_request', 'get_brand_wcpay_request:fail'];
    void requestPayment('jsapi', parameters, (answer, reason) => {
      if (answer) callback({ err_msg: answer.errMsg });
      else if (reason === 'cancel') callback({ err_msg: `${name}:cancel` });
      else callback({ err_msg: FAIL, err_desc: reason });
    });
  }

  /** A mini-program hands over its parameters with three callbacks beside them. */
  function payAsMiniProgram({ success, fail, complete, ...parameters }) {
    void requestPayment('mini-program', parameters, (answer, reason) => {
      const errMsg =
        answer?.errMsg ?? `requestPayment:fail ${reason === 'cancel' ? 'cancel' : reason}`;
      if (errMsg === 'requestPayment:ok') success?.({ errMsg });
      else fail?.({ errMsg });
      complete?.({ errMsg });
    });
  }

  /** `wx.login` of the mini-program with this app id. */
  function login(appid, { success, fail }) {
    ask('login', { appid }).then(
      ({ code, reason }) =>
        code ? success?.({ code, errMsg: 'login:ok' }) : fail?.({ errMsg: `login:fail ${reason}` }),
      (error) => fail?.({ errMsg: `login:fail ${error.message}` }),
    );
  }

  window.WeixinJSBridge = {
    invoke(name, parameters, callback = () => {}) {
      if (name === 'getBrandWCPayRequest') payAsPage(parameters, callback);
      else setTimeout(() => callback({ err_msg: `${name}:function not exist` }));
    },
    call() {},
    on() {},
  };
  // What a mini-program or an app would call, for pages that stand in for one.
  window.simulatedWechat = {
    miniProgram: (appid) => ({
      login: (callbacks) => login(appid, callbacks),
      requestPayment: payAsMiniProgram,
    }),
    app: {
      pay: (parameters, callback) =>
        requestPayment('app', parameters, (answer, reason) =>
          callback(answer ?? { errCode: reason === 'cancel' ? -2 : -1, errStr: reason }),
        ),
    },
  };
  setTimeout(() => document.dispatchEvent(new Event('WeixinJSBridgeReady')));
})();
