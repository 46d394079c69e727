import type { Look } from './document.ts';
import { html, type Markup } from './html.ts';
import { textsOf } from './texts.ts';

export interface HomeView {
  /** `/q/<code>` */
  readonly path: string;
  readonly companyName: string;
  readonly communityName: string;
  readonly unitLabel: string;
  readonly ownerMasked: string | null;
  /** Of the office. */
  readonly service?: { readonly phone: string; readonly hours: string | null } | null;
  /** Whether size and language are chosen on this page; the app has its own settings. */
  readonly hasChoices?: boolean;
}

/** Whose home this is, so that nobody pays for another one. */
export function head(home: HomeView, look: Look): Markup {
  const t = textsOf(look.language);
  const owner = home.ownerMasked ? `${t.owner} ${home.ownerMasked}` : undefined;
  return html`<header><h1>${home.communityName} ${home.unitLabel}</h1>
    ${owner ? html`<p>${owner}</p>` : undefined}
    <p class="hint">${t.payee(home.companyName)}</p><p class="hint">${t.guard}</p>
    ${home.service ? call(home.service, look) : undefined}
    ${home.hasChoices === false ? undefined : choices(home.path, look)}</header>`;
}

/** Whoever has a question can ask it before they pay. */
function call(service: NonNullable<HomeView['service']>, look: Look): Markup {
  const { phone, hours } = service;
  return html`<p class="hint">${textsOf(look.language).office}
    <a href="tel:${phone.replaceAll(' ', '')}">${phone}</a>${hours ? ` · ${hours}` : ''}</p>`;
}

/** Links, so that they work before and without any script. */
function choices(path: string, look: Look): Markup {
  const t = textsOf(look.language);
  const size = look.isLarge ? 'normal' : 'large';
  const other = look.language === 'zh' ? 'en' : 'zh';
  return html`<nav><a href="${path}?size=${size}">${look.isLarge ? t.normal : t.large}</a>
    <a href="${path}?lang=${other}" lang="${other === 'en' ? 'en' : 'zh-CN'}">
    ${t.otherLanguage}</a><a id="ask" href="${path}/ask">${t.ask}</a></nav>`;
}
