import { type MessagingDeps, openAccount } from '../open-account.ts';
import type { Found, Outgoing, ProviderContext } from '../provider.ts';
import { TokenRefused } from '../provider.ts';
import { providerOf } from '../registry.ts';
import type { Answer, Sending } from '../sending.ts';
import { leaseMs } from './release-batch.ts';

/** Requests under way from one process; providers take far more. */
const atOnce = 24;
/** A request that could outlast the lease is not begun. */
const sendMarginMs = 20_000;
/** Answers are kept together: a commit for each is dear. */
const flushSize = 100;

/**
 * Makes the attempts, some at once, and hands over the answers in groups.
 * @param keep records a group; called by one after the other
 */
export async function sendAttempts(
  deps: MessagingDeps,
  companyId: string,
  sendings: readonly Sending[],
  keep: (answers: readonly Answer[]) => Promise<void>,
): Promise<void> {
  let next = 0;
  let waiting: Answer[] = [];
  let keeping = Promise.resolve();
  const flush = () => {
    const group = waiting;
    waiting = [];
    if (group.length > 0) keeping = keeping.then(() => keep(group));
  };
  async function lane(): Promise<void> {
    for (let sending = sendings[next]; sending; sending = sendings[next]) {
      next += 1;
      waiting.push(await sendOne(deps, companyId, sending));
      deps.checkpoint('messaging.answered');
      if (waiting.length >= flushSize) flush();
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, sendings.length) }, lane));
  flush();
  await keeping;
}

async function sendOne(deps: MessagingDeps, companyId: string, sending: Sending): Promise<Answer> {
  const { attemptId, messageId, accountId, startedAt } = sending;
  const answer = { attemptId, messageId, accountId, startedAt };
  const leftMs = startedAt.getTime() + leaseMs - deps.clock.now().getTime();
  if (leftMs < sendMarginMs) return { ...answer, outcome: { kind: 'absent' } };
  deps.checkpoint('messaging.sending');
  const outcome = await call(deps, companyId, sending, 'send');
  return { ...answer, outcome };
}

/** Sends, or asks what became of it. Whatever is thrown is no clear answer. */
export async function call(
  deps: MessagingDeps,
  companyId: string,
  sending: Sending,
  verb: 'send' | 'resolve',
): Promise<Found> {
  let context: ProviderContext | undefined;
  let isTokenAway = false;
  try {
    context = await openAccount(deps, companyId, sending.accountId);
    if (!context) throw new Error('the account is gone');
    const provider = providerOf(context.account.provider);
    const { token } = context;
    const guarded: ProviderContext = {
      ...context,
      token: async (fetch, stale) => {
        isTokenAway = true;
        const value = await token(fetch, stale);
        isTokenAway = false;
        return value;
      },
    };
    const outgoing = outgoingOf(sending);
    if (verb === 'send') return await provider.send(guarded, outgoing);
    if (!provider.resolve) return { kind: 'unknown', code: 'NO_QUERY', detail: '' };
    return await provider.resolve(guarded, outgoing);
  } catch (error) {
    if (error instanceof TokenRefused) {
      const { code, message } = error;
      if (verb === 'resolve') return { kind: 'unknown', code, detail: message };
      return { kind: 'refused', scope: 'account', code, detail: message };
    }
    deps.log.warn({ err: error, accountId: sending.accountId }, 'a message got no clear answer');
    const detail = error instanceof Error ? error.message.slice(0, 200) : String(error);
    // Without a token nothing was sent yet.
    if (isTokenAway && verb === 'send') return { kind: 'later', code: 'NO_TOKEN', detail };
    return { kind: 'unknown', code: 'NO_ANSWER', detail };
  }
}

function outgoingOf({ outgoing, requestKey, startedAt, expiresAt }: Sending): Outgoing {
  const ttlSeconds = Math.max(60, Math.floor((expiresAt.getTime() - startedAt.getTime()) / 1000));
  return { ...outgoing, link: outgoing.link, requestKey, startedAt, ttlSeconds };
}
