/**
 * Splits a migration into its statements: a cluster refuses several in one message.
 * Knows line and block comments, quoted text and names, and dollar-quoted bodies.
 */
export function splitStatements(source: string): string[] {
  const statements: string[] = [];
  let start = 0;
  let at = 0;
  while (at < source.length) {
    const end = endOfToken(source, at);
    if (source[at] === ';') {
      statements.push(source.slice(start, at));
      start = end;
    }
    at = end;
  }
  statements.push(source.slice(start));
  return statements.map((text) => text.trim()).filter((text) => withoutComments(text) !== '');
}

function endOfToken(source: string, at: number): number {
  const rest = source.slice(at, at + 64);
  if (rest.startsWith('--')) return after(source, '\n', at + 2);
  if (rest.startsWith('/*')) return after(source, '*/', at + 2);
  if (rest.startsWith("'")) return after(source, "'", at + 1);
  if (rest.startsWith('"')) return after(source, '"', at + 1);
  const tag = /^\$[A-Za-z_]*\$/.exec(rest)?.[0];
  return tag === undefined ? at + 1 : after(source, tag, at + tag.length);
}

function after(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  return found === -1 ? source.length : found + mark.length;
}

function withoutComments(text: string): string {
  return text
    .replace(/--[^\n]*/g, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .trim();
}
