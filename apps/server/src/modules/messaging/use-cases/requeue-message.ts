import type { MessageDetail } from '@wuye-pay/contract';
import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { messagingErrors } from '../errors.ts';
import type { MessagingDeps } from '../open-account.ts';
import { messageById } from '../queries/messages.ts';
import { lockFailed, requeue } from '../store/requeue-store.ts';
import { showMessage } from './show-messages.ts';

/** A message that was sent again is worth delivering for at least this long. */
const leastLifeMs = 24 * 3_600_000;

interface RequeueInput {
  readonly actor: Actor;
  readonly id: string;
  /** Confirms that a message without a clear answer is to be sent once more. */
  readonly mayHaveArrived: boolean;
}

/**
 * Sends a failed message again, through the releaser as before: what is paid meanwhile is dropped.
 * @throws MESSAGE_NOT_FOUND, MESSAGE_NOT_DEAD, MESSAGE_MAY_HAVE_ARRIVED
 */
export async function requeueMessage(
  deps: MessagingDeps,
  { actor, id, mayHaveArrived }: RequeueInput,
): Promise<MessageDetail> {
  const now = deps.clock.now();
  await deps.db.transaction(actor.companyId, async (tx) => {
    const found = await lockFailed(tx, id);
    if (!found) {
      if (await messageById(tx, id)) throw messagingErrors.MESSAGE_NOT_DEAD();
      throw messagingErrors.MESSAGE_NOT_FOUND();
    }
    if (!found.contentThere) throw messagingErrors.MESSAGE_NOT_DEAD();
    if (found.isUnclear && !mayHaveArrived) throw messagingErrors.MESSAGE_MAY_HAVE_ARRIVED();
    const least = new Date(now.getTime() + leastLifeMs);
    await requeue(tx, {
      id,
      at: now,
      expiresAt: found.expiresAt > least ? found.expiresAt : least,
    });
    await recordAudit(tx, deps.clock, {
      ...{ actor, action: 'messaging.requeue', subjectKind: 'message', subjectId: id },
      detail: { mayHaveArrived: found.isUnclear },
    });
  });
  return await showMessage(deps.db, actor.companyId, id);
}
