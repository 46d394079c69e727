import type { Wallet } from '../domain/wallet.ts';
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

/** A browser that cannot pay: what is due, and the code to scan with a wallet that can. */
export function scanPage(
  view: {
    readonly home: HomeView;
    readonly bills: readonly BillView[];
    readonly wallet: Wallet;
    /** An SVG that we drew. */
    readonly qrSvg: string;
    /** The demo's stand-in for a phone. */
    readonly demoUrl: string | undefined;
  },
  look: Look,
): Content {
  const t = textsOf(look.language);
  const { demoUrl } = view;
  const main = html`${head(view.home, look)}
    <main><section class="card"><h2>${t.scanTitle}</h2><p>${t.instructions[view.wallet]}</p>
    <div class="qr" role="img" aria-label="${t.scanTitle}">${new Markup(view.qrSvg)}</div>
    ${demoUrl ? html`<p><a class="button" href="${demoUrl}">${t.demoWallet}</a></p>` : undefined}
    </section>${billList(view.bills, look)}</main>`;
  return { title: t.title, main };
}

/** One sentence that says what is the matter and what to do. */
export function messagePage(
  message: string,
  look: Look,
  again?: { readonly href: string; readonly text: string },
): Content {
  const t = textsOf(look.language);
  const main = html`<main><h1>${t.title}</h1><p class="card" role="alert">${message}</p>
    ${again ? html`<p><a href="${again.href}">${again.text}</a></p>` : undefined}</main>`;
  return { title: t.title, main };
}
