/** A file of the repository, its path relative to the root, with forward slashes. */
export type Source = { readonly path: string; readonly text: string };

/** What is wrong, where, and what to do. */
export type Finding = { readonly path: string; readonly line: number; readonly message: string };

export const MODULES = 'apps/server/src/modules/';

/** The module that a server file belongs to. */
export function moduleOf(path: string): string | undefined {
  return path.startsWith(MODULES) ? path.slice(MODULES.length).split('/')[0] : undefined;
}

export function isTest(path: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(path) || /(^|\/)tests?\//.test(path);
}

export function isCode(path: string): boolean {
  return /\.(ts|tsx|mjs)$/.test(path);
}

/** One finding for every match of a pattern (which has the flag g). */
export function findAll(source: Source, pattern: RegExp, message: string): Finding[] {
  return [...source.text.matchAll(pattern)].map((match) => ({
    path: source.path,
    line: lineAt(source.text, match.index),
    message: message.replace('$&', match[0].trim()),
  }));
}

export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
