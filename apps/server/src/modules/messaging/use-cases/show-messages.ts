import type { MessageDetail, MessageView } from '@wuye-pay/contract';
import type { Database } from '../../../platform/database/index.ts';
import { type ListPage, markForms, pageOf, readMark } from '../../../platform/list-page.ts';
import { messagingErrors } from '../errors.ts';
import {
  attemptRecords,
  listMessages,
  type MessageFilter,
  type MessageRecord,
  messageById,
} from '../queries/messages.ts';
import { adviceFor } from '../reason-words.ts';

const defaultLimit = 50;

export async function showMessages(
  db: Database,
  companyId: string,
  query: MessageFilter & { after?: string | undefined; limit?: number | undefined },
): Promise<ListPage<MessageView>> {
  const limit = query.limit ?? defaultLimit;
  const after = readMark(query.after, [markForms.instant, markForms.id]);
  const rows = await db.read(companyId, (tx) =>
    listMessages(tx, { filter: query, after, limit: limit + 1 }),
  );
  return pageOf(rows, limit, viewOf, ({ createdAt, id }) => [createdAt.toISOString(), id]);
}

/** @throws MESSAGE_NOT_FOUND */
export async function showMessage(
  db: Database,
  companyId: string,
  id: string,
): Promise<MessageDetail> {
  return await db.read(companyId, async (tx) => {
    const [row, attempts] = await Promise.all([messageById(tx, id), attemptRecords(tx, id)]);
    if (!row) throw messagingErrors.MESSAGE_NOT_FOUND();
    const isDead = row.state === 'failed';
    return {
      ...viewOf(row),
      attempts: attempts.map(({ provider, ...attempt }) => ({
        ...attempt,
        advice: attempt.code === null ? null : adviceFor(provider, attempt.code),
        startedAt: attempt.startedAt.toISOString(),
        answeredAt: attempt.answeredAt?.toISOString() ?? null,
        reportedAt: attempt.reportedAt?.toISOString() ?? null,
      })),
      allowedActions: isDead ? ['requeue' as const] : [],
      mayHaveArrived: isDead && attempts.some(({ state }) => state === 'uncertain'),
    };
  });
}

function viewOf({ provider, ...row }: MessageRecord): MessageView {
  return {
    ...row,
    reasonText: row.reason === null ? null : adviceFor(provider, row.reason),
    createdAt: row.createdAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    acceptedAt: row.acceptedAt?.toISOString() ?? null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
