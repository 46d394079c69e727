import { type MessagingDeps, openAccount } from '../open-account.ts';
import type { Found, Outgoing, ProviderContext } from '../provider.ts';
import { TokenRefused } from '../provider.ts';
import { providerOf } from '../registry.ts';
import type { Answer, Sending } from '../sending.ts';
import { beginAttempts } from '../store/decision-store.ts';
import { type Batch, leaseMs } from './release-batch.ts';

/** Requests under way from one process; a crash leaves as many in doubt. */
const atOnce = 40;

/**
 * Makes the attempts, a group at once. Each group is first written down as begun, so that a worker
 * that dies leaves only that group in doubt, and one that was paused sends nothing it lost.
 * @param keep records the answers of a group
 */
export async function sendAttempts(
  deps: MessagingDeps,
  companyId: string,
  { sendings, token }: Pick<Batch, 'sendings' | 'token'>,
  keep: (answers: readonly Answer[]) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < sendings.length; from += atOnce) {
    const group = sendings.slice(from, from + atOnce);
    const at = deps.clock.now();
    const until = new Date(at.getTime() + leaseMs);
    const ids = group.map(({ attemptId }) => attemptId);
    const held = await deps.db.transaction(companyId, (tx) =>
      beginAttempts(tx, ids, { token, until, at }),
    );
    const own = group.filter(({ attemptId }) => held.has(attemptId));
    const answers = await Promise.all(own.map((sending) => sendOne(deps, companyId, sending)));
    if (answers.length > 0) await keep(answers);
  }
}

async function sendOne(deps: MessagingDeps, companyId: string, sending: Sending): Promise<Answer> {
  const { attemptId, messageId, accountId, startedAt } = sending;
  deps.checkpoint('messaging.sending');
  const outcome = await call(deps, companyId, sending, 'send');
  deps.checkpoint('messaging.answered');
  return { attemptId, messageId, accountId, startedAt, outcome };
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
    return judged(await provider.resolve(guarded, outgoing));
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

/**
 * A repeat that is refused tells nothing of the first time: it may have been taken then. Only
 * "taken" and "never had" end the doubt.
 */
function judged(found: Found): Found {
  if (found.kind !== 'refused' && found.kind !== 'later') return found;
  return { kind: 'unknown', code: found.code, detail: found.detail };
}

function outgoingOf({ outgoing, requestKey, startedAt, expiresAt }: Sending): Outgoing {
  const ttlSeconds = Math.max(60, Math.floor((expiresAt.getTime() - startedAt.getTime()) / 1000));
  return { ...outgoing, link: outgoing.link, requestKey, startedAt, ttlSeconds };
}
