import { randomUUID } from 'node:crypto';
import type { Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import { type Book, loadBook } from '../book.ts';
import { requireContent } from '../domain/check-content.ts';
import { chooseAttempt, type Tried } from '../domain/choose-attempt.ts';
import { maskAddress } from '../domain/mask-address.ts';
import type { Releaser } from '../message.ts';
import type { MessagingDeps } from '../open-account.ts';
import { openContent, sealOutgoing } from '../seal-content.ts';
import type { Ready, Sending } from '../sending.ts';
import { type Put, putAside, type Start, startAttempts } from '../store/decision-store.ts';
import { attemptsOf, type DueRow, lockDue } from '../store/queue-store.ts';
import { allowed } from './allow-messages.ts';
import { tell } from './record-answers.ts';

/** Messages of one transaction: the locks are held while the releaser reads. */
const batchSize = 500;
/** Longer than the requests of a group take; each group renews it. */
export const leaseMs = 120_000;

export interface Batch {
  readonly count: number;
  readonly sendings: readonly Sending[];
  /** Under which the worker holds them. */
  readonly token: string;
}

/**
 * Takes due messages of one purpose in one transaction: is each still true (the releaser), may it
 * leave now (hours, caps, opt-outs), and how. What leaves is written down before it is sent.
 */
export async function releaseBatch(
  deps: MessagingDeps,
  tx: Tx,
  { purpose, releaser }: { purpose: string; releaser: Releaser | undefined },
): Promise<Batch> {
  const now = deps.clock.now();
  const due = await lockDue(tx, { purpose, now, limit: batchSize });
  const token = randomUUID();
  if (due.length === 0) return { count: 0, sendings: [], token };
  const puts: Put[] = [];
  const alive = due.filter((row) => {
    if (row.expiresAt > now) return true;
    puts.push(expired(row));
    return false;
  });
  const ready = await released(deps, tx, { rows: alive, releaser, puts });
  const leaving = await allowed(deps, tx, { purpose, ready, puts, now });
  const planned = await plan(deps, tx, { leaving, puts, now });
  await putAside(tx, puts, now);
  await tellOfFailed(deps, tx, due, puts);
  const until = new Date(now.getTime() + leaseMs);
  await startAttempts(tx, planned.starts, { token, until, at: now });
  return { count: due.length, sendings: planned.sendings, token };
}

async function tellOfFailed(
  { clock }: MessagingDeps,
  tx: Tx,
  due: readonly DueRow[],
  puts: readonly Put[],
): Promise<void> {
  const failed = new Set(puts.filter(({ state }) => state === 'failed').map(({ id }) => id));
  const rows = due.filter(({ id }) => failed.has(id));
  await tell(
    tx,
    clock,
    'failed',
    rows.map(({ id, purpose, subjectId }) => ({ id, purpose, subjectId, via: null })),
  );
}

function expired(row: DueRow): Put {
  const { id, attempts } = row;
  // A message that was tried and never got through is a failure that somebody has to know of.
  return { id, state: attempts > 0 ? 'failed' : 'dropped', dueAt: null, reason: 'expired' };
}

interface ToRelease {
  readonly rows: readonly DueRow[];
  readonly releaser: Releaser | undefined;
  readonly puts: Put[];
}

/** Asks the releaser, and opens what each message says. */
async function released(
  deps: MessagingDeps,
  tx: Tx,
  { rows, releaser, puts }: ToRelease,
): Promise<Ready[]> {
  if (rows.length === 0) return [];
  const answers = await releaser?.release(
    tx,
    rows.map(({ contentGiven, ...row }) => ({ ...row, hasContent: contentGiven })),
  );
  return rows.flatMap((row) => {
    const answer = releaser ? answers?.get(row.id) : ({ kind: 'send' } as const);
    const drop = (reason: string) => {
      puts.push({ id: row.id, state: 'dropped', dueAt: null, reason });
      return [];
    };
    if (!answer) return drop('not-released');
    if (answer.kind === 'drop') return drop(answer.reason);
    if (answer.kind === 'later') {
      puts.push({ id: row.id, state: 'queued', dueAt: answer.at, reason: null });
      return [];
    }
    const content = row.contentCipher
      ? openContent(deps.secrets, tx.companyId, row.contentCipher)
      : answer.content;
    if (!content) return drop('no-content');
    try {
      requireContent(row.templateKey, content);
    } catch (error) {
      deps.log.error({ err: error, messageId: row.id }, 'a message cannot be written');
      return drop('content-invalid');
    }
    return [{ row, content }];
  });
}

interface ToPlan {
  readonly leaving: readonly Ready[];
  readonly puts: Put[];
  readonly now: Date;
}

async function plan(
  deps: MessagingDeps,
  tx: Tx,
  { leaving, puts, now }: ToPlan,
): Promise<{ starts: Start[]; sendings: Sending[] }> {
  const starts: Start[] = [];
  const sendings: Sending[] = [];
  if (leaving.length === 0) return { starts, sendings };
  const again = leaving.filter(({ row }) => row.attempts > 0).map(({ row }) => row.id);
  const [book, tried] = await Promise.all([loadBook(tx), attemptsOf(tx, again)]);
  for (const ready of leaving) {
    const decided = decide(book, ready, tried.get(ready.row.id) ?? [], now);
    if ('put' in decided) {
      puts.push(decided.put);
      continue;
    }
    const { start, sending } = started(deps, tx, { book, ready, now, ...decided });
    starts.push(start);
    sendings.push(sending);
  }
  return { starts, sendings };
}

type Decided = { readonly put: Put } | { readonly routeNo: number; readonly accountId: string };

function decide(book: Book, { row, content }: Ready, tried: readonly Tried[], now: Date): Decided {
  const { language, routes } = content;
  const candidates = routes.map((route) => book.candidates(row.templateKey, language, route));
  const chosen = chooseAttempt(candidates, tried, now);
  const { id } = row;
  switch (chosen.kind) {
    case 'attempt':
      return chosen;
    case 'wait':
      return { put: { id, state: 'queued', dueAt: chosen.at, reason: 'account-trouble' } };
    case 'none':
      return { put: { id, state: 'failed', dueAt: null, reason: chosen.reason } };
  }
}

interface ToStart {
  readonly book: Book;
  readonly ready: Ready;
  readonly now: Date;
  readonly routeNo: number;
  readonly accountId: string;
}

export function started(
  { secrets }: Pick<MessagingDeps, 'secrets'>,
  { companyId }: Pick<Tx, 'companyId'>,
  { book, ready: { row, content }, now, routeNo, accountId }: ToStart,
): { start: Start; sending: Sending } {
  const { templateKey } = row;
  const { outgoing, segments } = book.write({ templateKey, content, routeNo, accountId });
  const attemptNo = row.attempts + 1;
  const attemptId = derivedId('messaging.attempt', companyId, row.id, String(attemptNo));
  const requestKey = attemptId.replaceAll('-', '');
  const shared = { messageId: row.id, attemptId, accountId, requestKey };
  return {
    start: {
      ...shared,
      attemptNo,
      routeNo,
      via: content.routes[routeNo]?.via ?? 'sms',
      toMasked: maskAddress(outgoing.to),
      language: content.language,
      sealed: sealOutgoing(secrets, companyId, outgoing),
      segments,
    },
    sending: { ...shared, outgoing, startedAt: now, expiresAt: row.expiresAt },
  };
}
