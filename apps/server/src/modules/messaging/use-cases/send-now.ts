import { randomUUID } from 'node:crypto';
import type { Tx } from '../../../platform/database/index.ts';
import { loadBook } from '../book.ts';
import { requireContent } from '../domain/check-content.ts';
import { chooseAttempt } from '../domain/choose-attempt.ts';
import type { MessageContent, NewMessage, SendAnswer } from '../message.ts';
import type { MessagingDeps } from '../open-account.ts';
import { sealContent } from '../seal-content.ts';
import type { Sending } from '../sending.ts';
import { putAside, startAttempts } from '../store/decision-store.ts';
import { insertMessages } from '../store/message-store.ts';
import { attemptsOf, lockMessage, type StandingRow } from '../store/queue-store.ts';
import { recordAnswers } from './record-answers.ts';
import { leaseMs, started } from './release-batch.ts';
import { call } from './send-attempts.ts';

/** Somebody waits: after so many refusals another try brings nothing. */
const maxTries = 4;

/**
 * Sends a message while somebody waits for it: no queue, no quiet hours, no caps. The same id again
 * sends nothing more and tells what came of it. Call it outside a transaction.
 */
export async function sendNow(
  deps: MessagingDeps,
  companyId: string,
  message: NewMessage & { readonly content: MessageContent },
): Promise<SendAnswer> {
  const { content, ...rest } = message;
  requireContent(rest.templateKey, content);
  const now = deps.clock.now();
  const contentCipher = sealContent(deps.secrets, companyId, content);
  // Its own time of being due lies in the future, so that no worker takes it meanwhile.
  const row = { ...rest, dueAt: message.expiresAt, language: content.language, contentCipher };
  await deps.db.transaction(companyId, (tx) => insertMessages(tx, [row], now));
  for (let tries = 0; tries < maxTries; tries += 1) {
    const step = await deps.db.transaction(companyId, (tx) => begin(deps, tx, message));
    if ('state' in step) return step;
    const outcome = await call(deps, companyId, step, 'send');
    await recordAnswers(deps, companyId, [{ ...step, outcome }], { dueAt: message.expiresAt });
  }
  return await deps.db.transaction(companyId, (tx) => end(deps, tx, message));
}

type Sent = NewMessage & { readonly content: MessageContent };

/** The next attempt, or how it stands. */
async function begin(deps: MessagingDeps, tx: Tx, message: Sent): Promise<Sending | SendAnswer> {
  const found = await lockMessage(tx, message.id);
  if (!found) throw new Error(`the message is gone: ${message.id}`);
  if (found.state !== 'queued') return answerOf(found);
  const { content } = message;
  const [book, tried] = await Promise.all([loadBook(tx), attemptsOf(tx, [message.id])]);
  const candidates = content.routes.map((route) =>
    book.candidates(message.templateKey, content.language, route),
  );
  const now = deps.clock.now();
  const chosen = chooseAttempt(candidates, tried.get(message.id) ?? [], now);
  if (chosen.kind !== 'attempt') return await end(deps, tx, message);
  const ready = { row: found, content };
  const { start, sending } = started(deps, tx, { book, ready, now, ...chosen });
  const until = new Date(now.getTime() + leaseMs);
  await startAttempts(tx, [start], {
    ...{ token: randomUUID(), until, at: now },
    begins: true,
  });
  return sending;
}

/** No way is left: it ends as failed, unless it has ended already. */
async function end(deps: MessagingDeps, tx: Tx, { id }: Sent): Promise<SendAnswer> {
  const found = await lockMessage(tx, id);
  if (!found) throw new Error(`the message is gone: ${id}`);
  if (found.state !== 'queued') return answerOf(found);
  const tried = (await attemptsOf(tx, [id])).get(id) ?? [];
  const code = tried.findLast((each) => each.code !== null)?.code ?? 'no-account';
  await putAside(tx, [{ id, state: 'failed', dueAt: null, reason: code }], deps.clock.now());
  return { state: 'failed', code };
}

function answerOf({ state, via, reason }: StandingRow): SendAnswer {
  if (state === 'accepted' || state === 'delivered')
    return { state: 'accepted', via: via ?? 'sms' };
  if (state === 'failed' || state === 'dropped') return { state: 'failed', code: reason ?? state };
  return { state: 'uncertain' };
}
