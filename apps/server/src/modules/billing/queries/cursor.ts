import { platformErrors } from '../../../platform/errors.ts';

/** What each part of a key may look like, so that a forged cursor is refused and not a 500. */
export const keyPart = {
  id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
  text: /^[^\0]{0,200}$/,
} as const;

/** The key of a page's last row, for `next`. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** @throws INPUT_INVALID when the cursor is not one of ours */
export function decodeCursor(cursor: string, parts: readonly RegExp[]): string[] {
  const values = parse(cursor);
  const fits =
    values.length === parts.length && parts.every((part, index) => part.test(values[index] ?? ''));
  if (!fits) {
    const reason = '分页参数无效，请从第一页重新查询';
    throw platformErrors.INPUT_INVALID({ problems: [{ field: 'after', reason }] });
  }
  return values;
}

function parse(cursor: string): string[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(values) ? values.map(String) : [];
  } catch {
    return []; // Not JSON: refused like any other cursor that is not ours.
  }
}
