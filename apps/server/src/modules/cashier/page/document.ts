import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escaped, type Markup } from './html.ts';

/** What apps/cashier builds. */
interface BuiltPage {
  readonly template: string;
  readonly styles: Readonly<Record<Part, Inline>>;
  readonly scripts: Readonly<Record<Part, Readonly<Record<Look['language'], Inline>>>>;
}

/** Pages with fields to fill in have more style and a script of their own. */
type Part = 'page' | 'fields';

interface Inline {
  readonly text: string;
  readonly hash: string;
}

export interface Look {
  readonly language: 'zh' | 'en';
  readonly isLarge: boolean;
}

export interface Content {
  readonly title: string;
  readonly main: Markup;
  /** Puts our script into the page. */
  readonly hasScript?: boolean;
  /** Has fields to fill in: their style, and with `hasScript` their script. */
  readonly hasFields?: boolean;
  /** Path of a script of this origin; the demo's wallet bridge. */
  readonly bridge?: string | undefined;
  /** An origin besides ours that a form of the page goes to. */
  readonly formTarget?: string;
  /** Where the browser goes by itself at once. */
  readonly refreshTo?: string;
}

export interface Document {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const built = new Map<string, Promise<BuiltPage>>();

/** Fills the template and says what the browser may run of it. */
export async function documentOf(
  directory: string,
  look: Look,
  content: Content,
): Promise<Document> {
  const page = await load(directory);
  const bridge = content.bridge ? `<script async src="${escaped(content.bridge)}"></script>` : '';
  const part = content.hasFields ? 'fields' : 'page';
  const style = page.styles[part];
  const { text, hash } = page.scripts[part][look.language];
  const script = content.hasScript ? `${bridge}<script>${text}</script>` : '';
  const slots: Readonly<Record<string, string>> = {
    lang: look.language === 'zh' ? 'zh-CN' : 'en',
    size: look.isLarge ? 'large' : '',
    title: escaped(content.title),
    style: style.text,
    main: refreshOf(content) + content.main.text,
    script,
  };
  const body = page.template.replace(/\{\{(\w+)\}\}/g, (_match, name: string) => slots[name] ?? '');
  return { body, headers: headersOf(style.hash, hash, content) };
}

function refreshOf({ refreshTo }: Content): string {
  return refreshTo ? `<meta http-equiv="refresh" content="0;url=${escaped(refreshTo)}">` : '';
}

function headersOf(
  styleHash: string,
  scriptHash: string,
  content: Content,
): Readonly<Record<string, string>> {
  const scripts = content.hasScript
    ? `'${scriptHash}'${content.bridge ? " 'self'" : ''}`
    : "'none'";
  const policy = [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src '${styleHash}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    // Older WeChat on iOS carries its bridge calls in a frame of this scheme.
    'frame-src weixin:',
    `form-action 'self'${content.formTarget ? ` ${content.formTarget}` : ''}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  };
}

async function load(directory: string): Promise<BuiltPage> {
  const known = built.get(directory);
  if (known) return await known;
  const reading = readFile(join(directory, 'page.json'), 'utf8').then(
    (text) => JSON.parse(text) as BuiltPage,
  );
  built.set(directory, reading);
  // Not remembered when it failed: the page may be built later.
  reading.catch(() => built.delete(directory));
  return await reading;
}
