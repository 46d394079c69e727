import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { requireContent } from '../domain/check-content.ts';
import type { NewMessage } from '../message.ts';
import { sealContent } from '../seal-content.ts';
import { insertMessages } from '../store/message-store.ts';

/**
 * Puts messages into the queue, in the caller's transaction. The same id again changes nothing.
 * @returns how many were new
 * @throws Error for a template or a variable that does not exist
 */
export async function enqueueMessages(
  tx: Tx,
  { secrets, clock }: Pick<Deps, 'secrets' | 'clock'>,
  messages: readonly NewMessage[],
): Promise<number> {
  if (messages.length === 0) return 0;
  const rows = messages.map(({ content, ...message }) => {
    requireContent(message.templateKey, content);
    return {
      ...message,
      language: content?.language ?? null,
      contentCipher: content ? sealContent(secrets, tx.companyId, content) : null,
    };
  });
  return await insertMessages(tx, rows, clock.now());
}
