// Builds the page behind the room code: a template, its styles and scripts.
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

/** Pages that are paid on stay small; pages with fields bring more style and a script of their own. */
export async function buildPage() {
  const page = await minified('src/page.css');
  const fields = await minified('src/fields.css');
  return {
    template: TEMPLATE,
    styles: { page: hashed(page), fields: hashed(page + fields) },
    scripts: { page: await bundles('src/main.ts'), fields: await bundles('src/fields.ts') },
  };
}

/** One script a language: nobody downloads the words of the other one. */
async function bundles(entry) {
  return { zh: await bundle(entry, 'zh'), en: await bundle(entry, 'en') };
}

async function bundle(entry, language) {
  const { outputFiles } = await build({
    entryPoints: [join(HERE, entry)],
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
  return hashed((outputFiles[0]?.text ?? '').trim());
}

async function minified(file) {
  const source = readFileSync(join(HERE, file), 'utf8');
  const { code } = await transform(source, { loader: 'css', minify: true, target: STYLE_TARGET });
  return code.trim();
}

function hashed(text) {
  return { text, hash: hashOf(text) };
}

function hashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  mkdirSync(join(HERE, 'dist'), { recursive: true });
  writeFileSync(join(HERE, 'dist/page.json'), JSON.stringify(await buildPage()));
}
