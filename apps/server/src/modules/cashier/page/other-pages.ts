import type { Wallet } from '../../../platform/http/index.ts';
import type { ScanOffer } from '../use-cases/offers.ts';
import { type BillView, billList } from './bills-page.ts';
import type { Content, Look } from './document.ts';
import { type HomeView, head } from './head.ts';
import { html, Markup } from './html.ts';
import { textsOf } from './texts.ts';

/** Everything is settled. */
export function emptyPage(home: HomeView, look: Look): Content {
  const t = textsOf(look.language);
  const main = html`${head(home, look)}
    <main class="card"><h2>${t.nothingDue}</h2><p>${t.nothingDueHint}</p></main>`;
  return { title: t.nothingDue, main };
}

/** A wallet that nobody can be paid in yet. */
export function closedPage(home: HomeView, bills: readonly BillView[], look: Look): Content {
  const t = textsOf(look.language);
  const main = html`${head(home, look)}
    <main><p class="card">${t.noWallet}</p>${billList(bills, look)}</main>`;
  return { title: t.title, main };
}

/** A wallet that cannot pay here: what is due, and the code to scan with one that can. */
export function scanPage(
  view: {
    readonly home: HomeView;
    readonly bills: readonly BillView[];
    readonly wallet: Wallet;
    /** Wallets that can pay. */
    readonly byScan: readonly ScanOffer[];
    /** An SVG that we drew. */
    readonly qrSvg: string;
  },
  look: Look,
): Content {
  const t = textsOf(look.language);
  const names = view.byScan.map(({ label }) => label[look.language]);
  const main = html`${head(view.home, look)}
    <main><section class="card"><h2>${t.scanTitle(names)}</h2><p>${t.cannot[view.wallet]}</p>
    <p>${t.scanHint(names)}</p>
    <div class="qr" role="img" aria-label="${t.scanTitle(names)}">${new Markup(view.qrSvg)}</div>
    </section>${billList(view.bills, look)}</main>`;
  return { title: t.title, main };
}

/** One sentence that says what is the matter and what to do. */
export function messagePage(
  message: string,
  look: Look,
  links: readonly { readonly href: string; readonly text: string }[] = [],
): Content {
  const t = textsOf(look.language);
  const main = html`<main><h1>${t.title}</h1><p class="card" role="alert">${message}</p>
    ${links.map(({ href, text }) => html`<p><a href="${href}">${text}</a></p>`)}</main>`;
  return { title: t.title, main };
}
