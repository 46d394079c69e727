import { dirname, join } from 'node:path/posix';
import { type Finding, isCode, isTest, lineAt, moduleOf, type Source } from './source.ts';

const IMPORT =
  /^(?:import|export) (type )?([\w*{][^'"`;=()]*?)\bfrom '([^'\n]+)'|^import '([^'\n]+)'/gm;
const CONSOLE = 'apps/console/src/';

/** What dependency-cruiser cannot see: type-only imports, and the imports of TSX files. */
export function checkImports(source: Source, modules: ReadonlySet<string>): Finding[] {
  if (!isCode(source.path)) return [];
  return [...source.text.matchAll(IMPORT)].flatMap((match) => {
    const [, type, names = '', named, bare] = match;
    const target = named ?? bare ?? '';
    const message =
      refuseExtension(target) ??
      (isTypeOnly(type, names) ? undefined : refuseInDomain(source.path, target)) ??
      refuseInConsole(source.path, target, modules);
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
