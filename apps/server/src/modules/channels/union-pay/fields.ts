/** A message of the gateway: names and values, as they are signed. */
export type Fields = Readonly<Record<string, string>>;

const closing: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** A body of `application/x-www-form-urlencoded`, every value percent-encoded. */
export function encodeForm(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

/** A notice as it is posted. @returns undefined when a name comes twice: it is nobody's */
export function readForm(body: string): Fields | undefined {
  return once([...new URLSearchParams(body)]);
}

/**
 * A reply of the gateway: one line `k=v&k=v`, not encoded. Values may hold `&` and `=` inside
 * braces and brackets, and `=` anywhere.
 */
export function readReply(body: string): Fields | undefined {
  const pairs: [string, string][] = [];
  for (const part of splitOutsideBrackets(body.trim())) {
    const at = part.indexOf('=');
    if (at < 1) return undefined;
    pairs.push([part.slice(0, at), part.slice(at + 1)]);
  }
  return once(pairs);
}

function splitOutsideBrackets(text: string): string[] {
  const parts: string[] = [];
  const open: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    const end = closing[sign];
    if (end !== undefined) open.push(end);
    else if (sign === open.at(-1)) open.pop();
    else if (sign === '&' && open.length === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function once(pairs: readonly (readonly [string, string])[]): Fields | undefined {
  const fields = Object.fromEntries(pairs);
  return Object.keys(fields).length === pairs.length ? fields : undefined;
}
