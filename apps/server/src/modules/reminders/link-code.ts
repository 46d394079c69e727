import { createHash } from 'node:crypto';
import type { Deps } from '../../platform/deps.ts';
import { linkCode } from './domain/link.ts';

/** The same for the same message, and known to nobody without our keys. */
export function linkCodeOf(
  { secrets }: Pick<Deps, 'secrets'>,
  shortCode: string,
  messageId: string,
): string {
  const signature = secrets.sign('reminders.link', messageId);
  return linkCode(shortCode, createHash('sha256').update(signature).digest());
}
