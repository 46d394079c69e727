import { type Fen, yuanAmount } from '@wuye-pay/money';
import type { Content, Look } from './document.ts';
import { type HomeView, head } from './head.ts';
import { html, Markup } from './html.ts';
import { textsOf } from './texts.ts';

interface DeviceView {
  readonly home: HomeView;
  /** `/q/<code>/payments/<id>` */
  readonly paymentPath: string;
  readonly amountFen: Fen;
}

/** A code that a wallet scans; the page goes on by itself when the money has come. */
export function codePage(
  view: DeviceView & {
    readonly qrSvg: string;
    readonly label: { readonly zh: string; readonly en: string };
  },
  look: Look,
): Content {
  const t = textsOf(look.language);
  const title = t.scanToPay(view.label[look.language]);
  const main = html`${head(view.home, look)}
    <main data-follow="${view.paymentPath}"><section class="card"><h2>${title}</h2>
    <p><b class="sum">${yuanAmount(view.amountFen)}</b></p>
    <div class="qr" role="img" aria-label="${title}">${new Markup(view.qrSvg)}</div>
    <p class="hint" role="status">${t.codeWaits}</p></section>
    <p><a href="${view.home.path}">${t.back}</a></p></main>`;
  return { title, main, hasScript: true };
}

/** A form of the channel's that the browser posts by itself, and by a button without script. */
export function forwardPage(
  view: DeviceView & {
    readonly action: string;
    readonly fields: Readonly<Record<string, string>>;
  },
  look: Look,
): Content {
  const t = textsOf(look.language);
  const fields = Object.entries(view.fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const main = html`<main><h1>${t.forward}</h1>
    <p><b class="sum">${yuanAmount(view.amountFen)}</b></p>
    <form method="post" action="${view.action}" data-auto="1">${fields}
    <button>${t.goOn}</button></form></main>`;
  return { title: t.forward, main, hasScript: true, formTarget: new URL(view.action).origin };
}

/** Back from the channel's pages: on to our own, which asks our own books. */
export function returnPage(path: string, look: Look): Content {
  const t = textsOf(look.language);
  const main = html`<main><h1>${t.confirming}</h1>
    <p><a class="button" href="${path}">${t.goOn}</a></p></main>`;
  return { title: t.confirming, main, refreshTo: path };
}
