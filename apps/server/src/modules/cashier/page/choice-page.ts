import { wayText } from '../domain/ways.ts';
import type { Offer, ScanOffer } from '../use-cases/offers.ts';
import { type BillView, billList } from './bills-page.ts';
import type { Content, Look } from './document.ts';
import { type HomeView, head } from './head.ts';
import { html, Markup } from './html.ts';
import { textsOf } from './texts.ts';

export interface ChoiceView {
  readonly home: HomeView;
  readonly bills: readonly BillView[];
  readonly here: readonly Offer[];
  readonly byScan: readonly ScanOffer[];
  /** An SVG that we drew, of this page's address. */
  readonly qrSvg: string;
  /** The demo's stand-ins for a phone. */
  readonly demos: readonly { readonly url: string; readonly label: ScanOffer['label'] }[];
}

/** An ordinary browser: what is due, the ways to pay here, and the code for a wallet to scan. */
export function choicePage(view: ChoiceView, look: Look): Content {
  const t = textsOf(look.language);
  const { language } = look;
  const { home, here, byScan, demos } = view;
  const names = byScan.map(({ label }) => label[language]);
  const main = html`${head(home, look)}
    <main>${billList(view.bills, look)}
    ${
      here.length > 0
        ? html`<h2>${t.choose}</h2><ul class="ways">${here.map(
            ({ choice }) => html`<li><a class="button" href="${home.path}?way=${wayText(choice)}">
            ${t.payWith(choice.label[language], choice.product)}</a></li>`,
          )}</ul>`
        : undefined
    }
    ${
      names.length > 0
        ? html`<section class="card"><h2>${t.scanTitle(names)}</h2><p>${t.scanHint(names)}</p>
        <div class="qr" role="img" aria-label="${t.scanTitle(names)}">
        ${new Markup(view.qrSvg)}</div>
        ${demos.map(
          ({ url, label }) =>
            html`<p><a class="button" href="${url}">${t.demoWallet(label[language])}</a></p>`,
        )}</section>`
        : undefined
    }</main>`;
  return { title: t.title, main };
}
