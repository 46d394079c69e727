import { html, type Look, type Markup } from '../../cashier/index.ts';
import { wordsField } from './parts.ts';
import { pageTexts } from './texts.ts';

/**
 * How paying went, on the receipt: one tap answers, and then there is room for words.
 * @param path of the payment, `/q/<code>/payments/<id>`
 */
export function surveyCard(
  { path, step }: { readonly path: string; readonly step: 'score' | 'words' },
  { language }: Look,
): Markup {
  const t = pageTexts(language);
  if (step === 'words') {
    const words = { id: 'words', label: t.surveyWords, most: 500, isRequired: false };
    return html`<form class="card" method="post" action="${path}/survey"
      enctype="multipart/form-data"><p role="status">${t.surveyThanks}</p>
      ${wordsField(words)}<button class="plain">${t.surveySend}</button></form>`;
  }
  const scores = t.scores.map(
    (words, index) => html`<button name="score" value="${index + 1}">${words}</button>`,
  );
  return html`<form class="card" method="post" action="${path}/survey"
    enctype="multipart/form-data"><fieldset><legend>${t.survey}</legend>
    <div class="scores">${scores}<button name="score" value="0">${t.surveyNo}</button></div>
    </fieldset></form>`;
}
