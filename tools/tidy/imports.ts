import { dirname, join } from 'node:path/posix';
import { type Finding, isCode, isTest, lineAt, moduleOf, type Source } from './source.ts';

const IMPORT =
  /^(?:import|export) (type )?([\w*{][^'"`;=()]*?)\bfrom '([^'\n]+)'|^import '([^'\n]+)'/gm;
const CONSOLE = 'apps/console/src/';
const RESIDENT = 'apps/resident/src/';

/** What dependency-cruiser cannot see: type-only imports, and the imports of TSX files. */
export function checkImports(source: Source, modules: ReadonlySet<string>): Finding[] {
  if (!isCode(source.path)) return [];
  return [...source.text.matchAll(IMPORT)].flatMap((match) => {
    const [, type, names = '', named, bare] = match;
    const target = named ?? bare ?? '';
    const message =
      refuseExtension(target) ??
      (isTypeOnly(type, names) ? undefined : refuseInDomain(source.path, target)) ??
      refuseInConsole(source.path, target, modules) ??
      refuseInResident(source.path, target, isTypeOnly(type, names));
    return message ? [{ path: source.path, line: lineAt(source.text, match.index), message }] : [];
  });
}

function isTypeOnly(type: string | undefined, names: string): boolean {
  if (type) return true;
  const list = /^\s*\{([^}]*)\}\s*$/.exec(names)?.[1]?.split(',') ?? [];
  const filled = list.map((name) => name.trim()).filter(Boolean);
  return filled.length > 0 && filled.every((name) => name.startsWith('type '));
}

function refuseExtension(target: string): string | undefined {
  if (!target.startsWith('.') || /\.\w+(\?\w+)?$/.test(target)) return undefined;
  return `'${target}': an import of our own file names its extension`;
}

/** Rules are values in, values out: no I/O, no clock, no randomness. */
function refuseInDomain(path: string, target: string): string | undefined {
  const module = moduleOf(path);
  const domain = /^(.*\/domain)\//.exec(path)?.[1];
  if (!module || !domain || isTest(path)) return undefined;
  if (target === '@wuye-pay/money' || target === 'temporal-polyfill') return undefined;
  const resolved = target.startsWith('.') ? join(dirname(path), target) : '';
  if (resolved.startsWith(`${domain}/`)) return undefined;
  if (resolved === `apps/server/src/modules/${module}/errors.ts`) return undefined;
  return `domain/ takes values only from itself, errors.ts and packages/money, not '${target}'`;
}

/** A folder of the console is a module's; it imports no other module's, nor another app. */
function refuseInConsole(
  path: string,
  target: string,
  modules: ReadonlySet<string>,
): string | undefined {
  if (!path.startsWith(CONSOLE) || !target.startsWith('.')) return undefined;
  const resolved = join(dirname(path), target);
  if (!resolved.startsWith(CONSOLE)) return `'${target}': no app imports another`;
  const [from = '', to = ''] = [path, resolved].map((p) => p.slice(CONSOLE.length).split('/')[0]);
  if (from === to || !modules.has(to)) return undefined;
  if (modules.has(from)) return `console/${from} does not import console/${to}; share through ui/`;
  if (from === 'ui') return `ui/ knows no module, so not ${to}`;
  return undefined;
}

/** What every surface of the residents' app can load; the schemas of the contract are too large. */
const shared = ['#ui', '#platform', 'react', '@wuye-pay/money', '@wuye-pay/contract/failure'];

/**
 * A page of the residents' app runs on the web and in mini-programs, with two versions of React:
 * what differs is behind #ui and #platform, which only web/ and mini/ may go around.
 */
function refuseInResident(path: string, target: string, isType: boolean): string | undefined {
  if (!path.startsWith(RESIDENT) || isTest(path)) return undefined;
  const isWeb = /\/web\//.test(path);
  if (!target.startsWith('.')) {
    if (shared.includes(target)) return undefined;
    if (isType && ['@wuye-pay/contract', 'typebox'].includes(target)) return undefined;
    if (isWeb && /^(react-dom|@wuye-pay\/contract\/wallet-bridge$)/.test(target)) return undefined;
    return `the app takes what differs from #ui and #platform, not '${target}'`;
  }
  const resolved = join(dirname(path), target);
  if (!resolved.startsWith(RESIDENT)) return `'${target}': no app imports another`;
  if (!isWeb && /\/web\//.test(resolved))
    return `'${target}' is the web's own: use #ui or #platform`;
  const [from, to] = [path, resolved].map((p) => /\/src\/pages\/([^/]+)\//.exec(p)?.[1]);
  if (to === undefined || from === to || isWeb) return undefined;
  return `pages/${to} is a page of its own: share through ui/, data/ or format/`;
}
