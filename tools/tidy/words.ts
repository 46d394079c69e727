import { type Finding, findAll, isCode, isTest, MODULES, type Source } from './source.ts';

type WordRule = {
  readonly pattern: RegExp;
  readonly message: string;
  readonly applies?: (path: string) => boolean;
};

const isModuleCode = (path: string) => path.startsWith(MODULES) && !isTest(path);
/** What the residents' app runs on the web and in mini-programs alike. */
const isShared = (path: string) =>
  /^apps\/resident\/src\/(?!(.*\/)?web\/)/.test(path) && !isTest(path);
const isProduct = (path: string) => isCode(path) && !isTest(path) && !path.startsWith('tools/tidy');

/** The patterns are written so that they do not find themselves. */
const RULES: readonly WordRule[] = [
  {
    pattern: /\b(TO[D]O)\b(?!\(#\d+\)| #\d+)/g,
    message: 'a to-do carries its issue number: TO'.concat('DO #12'),
    applies: isCode,
  },
  { pattern: /\b(FIX[M]E|XX[X]|HA[C]K)\b/g, message: '"$&": mend it or file it', applies: isCode },
  { pattern: /lorem[ ]ipsum/gi, message: 'a product text says something', applies: isCode },
  { pattern: /@ts-(ignore|nocheck)\b(?!')/g, message: '"$&" hides a defect', applies: isProduct },
  {
    pattern: /\b(test|it|describe)\.(only|todo)\(/g,
    message: '"$&" silences the other tests',
    applies: isTest,
  },
  {
    pattern: /\b(class|function|const|interface|type) \w*(Manager|Helper|Utils?|Controller)\b/g,
    message: '"$&": name it after what it does, in a verb of the trade',
    applies: isProduct,
  },
  {
    pattern: /\b(Date\.now\(\)|new Date\(\)|Math\.random\(\))/g,
    message: '"$&": time comes from deps.clock, chance from platform/id',
    applies: isModuleCode,
  },
  {
    pattern: /(\bparseFloat\(|\.toFixed\()/g,
    message: '"$&": money is whole fen, and only packages/money writes yuan',
    applies: (path) => isModuleCode(path) || /^packages\/\w+\/src\//.test(path),
  },
  {
    pattern: /\b(window|document|location|navigator|localStorage|process)\.\w/g,
    message: '"$&": the app runs where there is no browser; what differs is behind #platform',
    applies: (path) => isShared(path) && isCode(path),
  },
  {
    pattern: /<(?:div|span|p|a|button|input|select|img|h[1-6]|ul|li|label|form|svg)[\s>]/g,
    message: '"$&": a page is made of what #ui has',
    applies: (path) => isShared(path) && path.endsWith('.tsx'),
  },
  {
    pattern: /^(?:\*|:root|[a-z][\w-]*(?=[\s,.:[{]))(?![^{;]*;)[^{}]*\{/gm,
    message: '"$&": styles of the app name classes only, which mini-programs know too',
    applies: (path) => isShared(path) && path.endsWith('.css'),
  },
  {
    pattern: /\bcatch(?: \(\w*\))? \{\s*\}/g,
    message: 'an error is handled or passed on, never swallowed',
    applies: isProduct,
  },
  { pattern: /\bregistry\.[a-z][\w-]*\.\w+/g, message: '"$&": the tree names no package registry' },
  {
    pattern: /(?<![\w.*])\/(?:(?:home|Users)\/\w+|root|work)\/[\w.-]*|\.\.\/shared\/\w+/g,
    message: '"$&" is a path of one machine',
  },
];

/** Words and calls that do not belong where they stand. */
export function checkWords(source: Source): Finding[] {
  return RULES.filter(({ applies }) => applies?.(source.path) ?? true).flatMap((rule) =>
    findAll(source, rule.pattern, rule.message),
  );
}
