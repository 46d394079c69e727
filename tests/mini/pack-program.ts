import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { miniRequire } from '../../tools/mini.mjs';
import { type AppJson, type Pack, type PageJson, type Platform, scriptNames } from './host/pack.ts';

type TemplateProblem = { level: number; code: number; message: string; [more: string]: unknown };
type TmplGroup = {
  addTmpl(path: string, source: string): TemplateProblem[] | undefined;
  addScript(path: string, source: string): void;
  getTmplGenObjectGroups(): string;
};

/** `programs` is an expression whose value is `Programs`. */
export type Packed = { pack: Pack; programs: string };

/**
 * Reads a build and compiles its templates with WeChat's own compiler, which is a check of their
 * grammar on the way. Throws with everything that the compiler complains about.
 */
export function packMiniProgram(folder: string, platform: Platform): Packed {
  const { TmplGroup } = miniRequire('glass-easel-template-compiler') as {
    TmplGroup: new () => TmplGroup;
  };
  const group = new TmplGroup();
  const pack: Pack = {
    platform,
    app: JSON.parse(readFileSync(join(folder, 'app.json'), 'utf8')) as AppJson,
    settings: {},
    styles: {},
    images: {},
  };
  const scripts: string[] = [];
  const problems: string[] = [];
  for (const path of filesBelow(folder)) {
    const [, name = '', extension = ''] = /^(.*)\.(\w+)$/.exec(path) ?? [];
    const read = () => readFileSync(join(folder, path), 'utf8');
    if (extension === 'js') scripts.push(functionOf(name, read()));
    else if (extension === 'json') pack.settings[name] = JSON.parse(read()) as PageJson;
    else if (extension === 'wxss' || extension === 'acss')
      pack.styles[name] = styleOf(withImports(folder, path));
    else if (extension === 'wxml' || extension === 'axml') {
      const source = extension === 'axml' ? inWords(read()) : read();
      for (const problem of group.addTmpl(name, source) ?? []) {
        problems.push(`${path}: ${JSON.stringify(problem)}`);
      }
    } else if (extension === 'wxs' || extension === 'sjs') {
      group.addScript(name, read().replace(/^export default/m, 'module.exports ='));
    } else if (extension in IMAGE_TYPES) {
      const data = readFileSync(join(folder, path)).toString('base64');
      pack.images[path] = `data:${IMAGE_TYPES[extension]};base64,${data}`;
    }
  }
  if (problems.length > 0) throw new Error(`templates are not good:\n${problems.join('\n')}`);
  const programs = `{templates:${group.getTmplGenObjectGroups()},scripts:{${scripts.join(',')}}}`;
  return { pack, programs };
}

function functionOf(name: string, source: string): string {
  return `${JSON.stringify(name)}:function(${scriptNames.join(',')}){${source}\n}`;
}

const IMAGE_TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  svg: 'image/svg+xml',
};

/** A style with those that it imports in their place. */
function withImports(folder: string, path: string): string {
  const source = readFileSync(join(folder, path), 'utf8');
  return source.replace(/@import\s*["']([^"']+)["'];?/g, (_, wanted) =>
    withImports(folder, join(dirname(path), String(wanted))),
  );
}

/**
 * One rpx is 1/750 of the width of the screen, a vh is of the page between the wallet's bars, and
 * `page` is the root of a page.
 */
function styleOf(source: string): string {
  return source
    .replace(/(-?[\d.]+)rpx/g, 'calc($1*100vw/750)')
    .replace(/(?<![\w-])(-?[\d.]+)vh\b/g, 'calc($1*var(--page-vh))')
    .replace(/(^|[},\s])page(?=[\s,{])/g, '$1wx-page');
}

/** Alipay's template language in the words of WeChat's, whose engine runs both here. */
function inWords(source: string): string {
  return source
    .replace(/<import-sjs\s+name="([^"]*)"\s+from="([^"]*)"\s*\/>/g, (_, name, from) => {
      return `<wxs module="${name}" src="${String(from).replace(/\.sjs$/, '.wxs')}" />`;
    })
    .replace(/\.axml"/g, '.wxml"')
    .replace(/\ba:(if|elif|else|for|for-item|for-index|key)\b/g, 'wx:$1')
    .replace(/\bonLongTap=/g, 'bindlongpress=')
    .replace(/\bcatch([A-Z]\w*)=/g, (_, name) => `catch${String(name).toLowerCase()}=`)
    .replace(/\bon([A-Z]\w*)=/g, (_, name) => `bind${String(name).toLowerCase()}=`);
}

function filesBelow(folder: string, root = folder): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path, root) : [relative(root, path)];
  });
}
