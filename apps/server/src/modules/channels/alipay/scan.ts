/**
 * The members of a JSON object, each value as the characters that came: a signature covers them
 * with their own spaces and escapes, so they must not be written anew.
 * @returns undefined for what is no single object, or names a member twice
 */
export function rawMembers(text: string): ReadonlyMap<string, string> | undefined {
  const members = new Map<string, string>();
  let at = afterSpace(text, 0);
  if (text[at] !== '{') return undefined;
  at = afterSpace(text, at + 1);
  if (text[at] === '}') return isEnd(text, at + 1) ? members : undefined;
  for (;;) {
    const nameEnd = endOfString(text, at);
    const name = nameOf(text.slice(at, nameEnd));
    at = afterSpace(text, nameEnd);
    if (name === undefined || text[at] !== ':') return undefined;
    const start = afterSpace(text, at + 1);
    const end = endOfValue(text, start);
    if (end <= start || members.has(name)) return undefined;
    members.set(name, text.slice(start, end));
    at = afterSpace(text, end);
    if (text[at] === '}') return isEnd(text, at + 1) ? members : undefined;
    if (text[at] !== ',') return undefined;
    at = afterSpace(text, at + 1);
  }
}

function isEnd(text: string, at: number): boolean {
  return afterSpace(text, at) === text.length;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return at;
}

/** @returns the place after the closing quotation mark, `from` when there is no whole string */
function endOfString(text: string, from: number): number {
  if (text[from] !== '"') return from;
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return from;
}

/** Brackets are only counted: whoever parses the value finds what does not match. */
function endOfValue(text: string, from: number): number {
  if (text[from] === '"') return endOfString(text, from);
  if (text[from] !== '{' && text[from] !== '[') return endOfWord(text, from);
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      if (end === at) return from;
      at = end - 1;
    } else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return from;
}

/** A number, true, false or null. */
function endOfWord(text: string, from: number): number {
  let at = from;
  while (/[-+.\w]/.test(text[at] ?? '')) at += 1;
  return at;
}

function nameOf(quoted: string): string | undefined {
  try {
    const name: unknown = JSON.parse(quoted);
    return typeof name === 'string' ? name : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
