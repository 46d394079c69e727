import { html, type Look, type Markup } from '../../cashier/index.ts';
import type { PageTexts } from './texts.ts';

/** Size and language by links, as on the page behind the room code. */
export function choicesAt(path: string, look: Look, t: PageTexts): Markup {
  const size = look.isLarge ? 'normal' : 'large';
  const other = look.language === 'zh' ? 'en' : 'zh';
  const query = path.includes('?') ? '&' : '?';
  return html`<nav><a href="${path}${query}size=${size}">${look.isLarge ? t.normal : t.large}</a>
    <a href="${path}${query}lang=${other}" lang="${other === 'en' ? 'en' : 'zh-CN'}">
    ${t.language}</a></nav>`;
}

export function hidden(name: string, value: string | undefined): Markup | undefined {
  return value === undefined
    ? undefined
    : html`<input type="hidden" name="${name}" value="${value}">`;
}

export function alertOf(text: string | undefined): Markup | undefined {
  return text === undefined ? undefined : html`<p class="alert" role="alert">${text}</p>`;
}

export function noticeOf(text: string | undefined): Markup | undefined {
  return text === undefined ? undefined : html`<p class="alert good" role="status">${text}</p>`;
}

/** A field for words of at most so many letters. */
export function wordsField(field: {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string | undefined;
  readonly most: number;
  readonly isRequired: boolean;
}): Markup {
  const { id, label, hint, value = '', most } = field;
  const required = field.isRequired ? html`required` : undefined;
  return html`<label class="field" for="${id}">${label}
    ${hint === undefined ? undefined : html`<small>${hint}</small>`}</label>
    <textarea id="${id}" name="text" maxlength="${most}" ${required}>${value}</textarea>`;
}

export function photosField(id: string, label: string): Markup {
  return html`<label class="field" for="${id}">${label}</label>
    <input type="file" id="${id}" name="photo" accept="image/jpeg,image/png,image/webp" multiple>`;
}

/** What the script says while a form travels. */
export const sendingLine = html`<p class="hint" role="status"></p>`;
