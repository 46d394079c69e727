import type { ResidentTicketDetail } from '@wuye-pay/contract';
import { type Content, html, type Look, type Markup } from '../../cashier/index.ts';
import { maxVisitorPhotos } from '../limits.ts';
import {
  alertOf,
  choicesAt,
  hidden,
  noticeOf,
  photosField,
  sendingLine,
  wordsField,
} from './parts.ts';
import { type PageTexts, pageTexts } from './texts.ts';

export interface LinkedTicketView {
  /** `/t/<company>-<code>` */
  readonly path: string;
  readonly ticket: ResidentTicketDetail;
  readonly companyName: string;
  readonly timeZone: string;
  /** Makes one message of a form that is sent twice. */
  readonly key: string;
  readonly notice: 'received' | 'saved' | undefined;
  readonly problem: string | undefined;
  /** What was written when something is wrong with it, and where. */
  readonly typed: { readonly step: string; readonly text: string } | undefined;
}

/** One ticket for whoever holds its link: what was said and done, and what can be done now. */
export function ticketPage(view: LinkedTicketView, look: Look): Content {
  const { language } = look;
  const t = pageTexts(language);
  const { ticket, path, notice } = view;
  const main = html`<header><h1>${ticket.stateText[language]}</h1>
    <p>${ticket.category[language]} · ${ticket.unitLabel ?? view.companyName}</p>
    <p class="hint">${t.ticket} ${ticket.ticketNo} · ${view.companyName}</p>
    ${choicesAt(path, look, t)}</header>
    <main>${alertOf(view.problem)}${noticeOf(notice && t[notice])}
    ${disputeCard(ticket, t)}
    ${dueLine(view, t)}
    <ol class="card steps">${ticket.entries.map((entry) => step(entry, view, look))}</ol>
    ${actions(view, t)}</main>`;
  const title = `${t.ticket} ${ticket.ticketNo}`;
  return { title, main, hasScript: true, hasFields: true };
}

function dueLine({ ticket, timeZone }: LinkedTicketView, t: PageTexts): Markup | undefined {
  const due = ticket.resolveDueAt;
  return due === null ? undefined : html`<p class="hint">${t.due(instantText(due, timeZone))}</p>`;
}

function disputeCard({ dispute }: ResidentTicketDetail, t: PageTexts): Markup | undefined {
  if (dispute === null) return undefined;
  const { answer, answerText } = dispute;
  const outcome = answer === null ? t.disputeOpen : t.answers[answer];
  return html`<section class="card"><h2>${t.dispute(dispute.title)}</h2><p>${outcome}</p>
    ${answerText ? html`<p>${answerText}</p>` : undefined}</section>`;
}

type Entry = ResidentTicketDetail['entries'][number];

/** Whose words they are, but no names: whoever was sent the link may read it. */
function step(entry: Entry, view: LinkedTicketView, { language }: Look): Markup {
  const t = pageTexts(language);
  const who = entry.from === 'us' ? t.you : entry.from === 'office' ? t.office : undefined;
  const title = [who, entry.title[language]].filter(Boolean).join(' · ');
  return html`<li><b>${title}</b><small>${instantText(entry.at, view.timeZone)}</small>
    ${entry.text === '' ? undefined : html`<p>${entry.text}</p>`}
    ${entry.photos.length === 0 ? undefined : photosOf(entry, view, t)}</li>`;
}

function photosOf({ photos }: Entry, { path }: LinkedTicketView, t: PageTexts): Markup {
  return html`<div class="photos">${photos.map(
    ({ id }, index) =>
      html`<a href="${path}/photos/${id}"><img src="${path}/photos/${id}" loading="lazy"
        alt="${t.photo(index + 1)}"></a>`,
  )}</div>`;
}

function actions(view: LinkedTicketView, t: PageTexts): Markup {
  const { allowedActions: may, rating } = view.ticket;
  return html`${may.message ? messageForm(view, t) : undefined}
    ${rating ? html`<p class="card">${t.rated(rating.score)}</p>` : undefined}
    ${may.rate ? ratingForm(view, t) : undefined}
    ${may.reopen ? reopenForm(view, t) : undefined}
    ${may.withdraw ? withdrawForm(view, t) : undefined}`;
}

function typedIn(view: LinkedTicketView, step: string): string | undefined {
  return view.typed?.step === step ? view.typed.text : undefined;
}

function messageForm(view: LinkedTicketView, t: PageTexts): Markup {
  const value = typedIn(view, 'messages');
  return html`${formOf(view, 'messages')}${hidden('key', view.key)}
    ${wordsField({ id: 'message', label: t.add, value, most: 2000, isRequired: true })}
    ${photosField('photo', t.photos(maxVisitorPhotos))}
    ${sendingLine}<button>${t.addSend}</button>${formEnd}`;
}

function ratingForm(view: LinkedTicketView, t: PageTexts): Markup {
  const scores = t.scores.map((words, index) => {
    const score = index + 1;
    return html`<label><input type="radio" name="score" value="${score}" required>
      <span>${score} ${words}</span></label>`;
  });
  const words = { id: 'rating', label: `${t.rateWords}（${t.optional}）` };
  return html`${formOf(view, 'rating')}
    <fieldset><legend>${t.rate}</legend><div class="scores">${scores}</div></fieldset>
    ${wordsField({ ...words, value: typedIn(view, 'rating'), most: 500, isRequired: false })}
    ${sendingLine}<button>${t.rateSend}</button>${formEnd}`;
}

function reopenForm(view: LinkedTicketView, t: PageTexts): Markup {
  const value = typedIn(view, 'reopening');
  const words = wordsField({
    ...{ id: 'reopen', label: t.reopenWords, value, most: 2000, isRequired: true },
  });
  return html`<details><summary>${t.reopen}</summary>${formOf(view, 'reopening')}
    ${words}${sendingLine}<button>${t.reopenSend}</button>${formEnd}</details>`;
}

function withdrawForm(view: LinkedTicketView, t: PageTexts): Markup {
  return html`<details><summary>${t.withdraw}</summary>${formOf(view, 'withdrawal')}
    <p>${t.withdrawSure}</p>${sendingLine}
    <button class="plain">${t.withdrawSend}</button>${formEnd}</details>`;
}

function formOf({ path }: LinkedTicketView, step: string): Markup {
  return html`<form class="card" method="post" action="${path}/${step}"
    enctype="multipart/form-data">`;
}
const formEnd = html`</form>`;

/** "2026-11-24 18:00" in the company's time zone, for readers of both languages. */
function instantText(at: string, timeZone: string): string {
  const options = { timeZone, dateStyle: 'short', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat('sv-SE', options).format(new Date(at));
}
