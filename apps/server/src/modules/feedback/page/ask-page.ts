import { type Content, html, type Look, type Markup } from '../../cashier/index.ts';
import { maxVisitorPhotos } from '../limits.ts';
import { alertOf, choicesAt, hidden, photosField, sendingLine, wordsField } from './parts.ts';
import { type PageTexts, pageTexts } from './texts.ts';

export interface AskView {
  /** Where the form goes, and what it is about behind the question mark. */
  readonly path: string;
  readonly query: string;
  /** Where it was asked. */
  readonly backPath: string;
  readonly place: string;
  readonly categories: readonly {
    readonly id: string;
    readonly name: string;
    readonly nameEn: string;
    readonly isDispute: boolean;
  }[];
  readonly bill: { readonly id: string; readonly title: string } | undefined;
  readonly paymentId: string | undefined;
  readonly errorCode: string | undefined;
  readonly isPhoneNeeded: boolean;
  /** Makes one ticket of a form that is sent twice. */
  readonly key: string;
  /** What was filled in, when something is wrong with it. */
  readonly typed: {
    readonly categoryId?: string | undefined;
    readonly text?: string | undefined;
    readonly phone?: string | undefined;
    readonly photoIds: readonly string[];
  };
  readonly problem: string | undefined;
}

/** A question by somebody who is not signed in, from a room code or a receipt. */
export function askPage(view: AskView, look: Look): Content {
  const t = pageTexts(look.language);
  const { bill, typed } = view;
  const main = html`<header><h1>${t.ask}</h1><p class="hint">${view.place}</p>
    ${choicesAt(view.path + view.query, look, t)}</header>
    <main>${alertOf(view.problem)}<p>${t.askHint}</p>
    ${
      bill
        ? html`<p class="card">${t.aboutBill(bill.title)}<br>
      <small>${t.disputeHint}</small></p>`
        : undefined
    }
    ${view.paymentId ? html`<p class="hint">${t.aboutPayment}</p>` : undefined}
    ${view.errorCode ? html`<p class="hint">${t.aboutError}</p>` : undefined}
    <form method="post" action="${view.path}" enctype="multipart/form-data">
    ${hidden('key', view.key)}${hidden('bill', bill?.id)}
    ${hidden('payment', view.paymentId)}${hidden('error', view.errorCode)}
    ${categoryField(view, look, t)}
    ${wordsField({
      ...{ id: 'text', label: t.text, hint: t.textHint, value: typed.text },
      ...{ most: 2000, isRequired: true },
    })}
    ${photos(view, t)}
    ${phoneField(view, t)}
    ${sendingLine}<button>${t.send}</button>
    <p class="hint">${t.emergency}</p></form>
    <p><a href="${view.backPath}">${t.back}</a></p></main>`;
  return { title: `${t.ask} · ${view.place}`, main, hasScript: true, hasFields: true };
}

function categoryField(view: AskView, { language }: Look, t: PageTexts): Markup {
  const offered = view.categories.filter(({ isDispute }) => view.bill || !isDispute);
  const chosen = view.typed.categoryId;
  const options = offered.map(({ id, name, nameEn }) => {
    const selected = id === chosen ? html`selected` : undefined;
    return html`<option value="${id}" ${selected}>${language === 'en' ? nameEn : name}</option>`;
  });
  return html`<label class="field" for="category">${t.category}</label>
    <select id="category" name="category" required>
    <option value="">${t.choose}</option>${options}</select>`;
}

function photos({ typed: { photoIds } }: AskView, t: PageTexts): Markup {
  if (photoIds.length === 0) return photosField('photo', t.photos(maxVisitorPhotos));
  return html`<p class="card">${t.photosKept(photoIds.length)}</p>
    ${photoIds.map((id) => html`<input type="hidden" name="photoId" value="${id}">`)}`;
}

function phoneField({ isPhoneNeeded, typed }: AskView, t: PageTexts): Markup {
  const required = isPhoneNeeded ? html`required` : undefined;
  const label = isPhoneNeeded ? t.phone : `${t.phone}（${t.optional}）`;
  return html`<label class="field" for="phone">${label}<small>${t.phoneHint}</small></label>
    <input type="tel" id="phone" name="phone" autocomplete="tel" inputmode="numeric" maxlength="20"
    value="${typed.phone ?? ''}" ${required}>`;
}
