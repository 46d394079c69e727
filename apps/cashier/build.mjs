// Builds the page behind the room code: one template with its style inside, and one script.
// The server's cashier module fills the template and names the hashes in its security policy.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';

const HERE = import.meta.dirname;
/** Phones of the last seven years, the wallets' own browsers among them. */
const SCRIPT_TARGET = 'es2019';
const STYLE_TARGET = ['chrome80', 'safari13'];

/** The server fills what stands in double braces; end tags that HTML does not need are left out. */
const TEMPLATE = [
  '<!doctype html><html lang="{{lang}}" class="{{size}}"><meta charset="utf-8">',
  '<meta name="viewport" content="width=device-width,initial-scale=1">',
  '<meta name="format-detection" content="telephone=no"><meta name="robots" content="noindex">',
  '<link rel="icon" href="data:,"><title>{{title}}</title>',
  '<style>{{style}}</style><body>{{main}}{{script}}',
].join('');

export async function buildPage() {
  const style = await minifiedStyle();
  return {
    template: TEMPLATE.replace('{{style}}', () => style),
    styleHash: hashOf(style),
    scripts: { zh: await bundle('zh'), en: await bundle('en') },
  };
}

/** One script a language: nobody downloads the words of the other one. */
async function bundle(language) {
  const { outputFiles } = await build({
    entryPoints: [join(HERE, 'src/main.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: SCRIPT_TARGET,
    // Chinese as it is: escaped it would take six bytes a character.
    charset: 'utf8',
    define: { LANGUAGE: JSON.stringify(language) },
    logLevel: 'warning',
  });
  const text = (outputFiles[0]?.text ?? '').trim();
  return { text, hash: hashOf(text) };
}

async function minifiedStyle() {
  const source = readFileSync(join(HERE, 'src/page.css'), 'utf8');
  const { code } = await transform(source, { loader: 'css', minify: true, target: STYLE_TARGET });
  return code.trim();
}

function hashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  mkdirSync(join(HERE, 'dist'), { recursive: true });
  writeFileSync(join(HERE, 'dist/page.json'), JSON.stringify(await buildPage()));
}
