import { platformErrors } from '../../platform/errors.ts';
import type { Key } from './queries/messages.ts';

/** Where a page ends, as an opaque text. */
export function markOf({ createdAt, id }: Key): string {
  return Buffer.from(`${createdAt.toISOString()} ${id}`).toString('base64url');
}

/** @throws INPUT_INVALID for a mark that the list did not give out */
export function keyOf(mark: string): Key {
  const text = Buffer.from(mark, 'base64url').toString('utf8');
  const found = /^(\S{24}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text);
  const createdAt = new Date(found?.[1] ?? '');
  if (!found || Number.isNaN(createdAt.getTime())) {
    const problem = { field: 'after', reason: '不是本列表给出的翻页位置，请从第一页重新查看' };
    throw platformErrors.INPUT_INVALID({ problems: [problem] });
  }
  return { createdAt, id: found[2] ?? '' };
}
