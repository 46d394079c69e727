import type { Fields } from './signature.ts';

/** A reply of the gateway: one line, values as they are; URL-encoding is for requests only. */
export function lineOf(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** A notification or a request: an ordinary form, UTF-8. */
export function formOf(fields: Fields): string {
  return new URLSearchParams(fields).toString();
}

/**
 * A form as a merchant posted it. A field that comes twice is refused: nobody knows which one
 * the signature covers.
 */
export function readForm(body: Buffer): Fields | undefined {
  const fields: Fields = {};
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    if (Object.hasOwn(fields, name)) return undefined;
    fields[name] = value;
  }
  return fields;
}
