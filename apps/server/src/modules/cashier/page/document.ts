import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escaped, type Markup } from './html.ts';

/** What apps/cashier builds. */
interface BuiltPage {
  readonly template: string;
  readonly script: string;
  readonly styleHash: string;
  readonly scriptHash: string;
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
  /** Path of a script of this origin; the demo's wallet bridge. */
  readonly bridge?: string | undefined;
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
  const script = content.hasScript ? `${bridge}<script>${page.script}</script>` : '';
  const slots: Readonly<Record<string, string>> = {
    lang: look.language === 'zh' ? 'zh-CN' : 'en',
    size: look.isLarge ? 'large' : '',
    title: escaped(content.title),
    main: content.main.text,
    script,
  };
  const body = page.template.replace(/\{\{(\w+)\}\}/g, (_match, name: string) => slots[name] ?? '');
  return { body, headers: headersOf(page, content) };
}

function headersOf(page: BuiltPage, content: Content): Readonly<Record<string, string>> {
  const scripts = content.hasScript
    ? `'${page.scriptHash}'${content.bridge ? " 'self'" : ''}`
    : "'none'";
  const policy = [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src '${page.styleHash}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    // Older WeChat on iOS carries its bridge calls in a frame of this scheme.
    'frame-src weixin:',
    "form-action 'self'",
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
