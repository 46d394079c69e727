import { timingSafeEqual } from 'node:crypto';
import type { Tx } from '../../../platform/database/index.ts';
import { derivedId, newId } from '../../../platform/id.ts';
import { maskAddress } from '../domain/mask-address.ts';
import { type MessagingDeps, openAccount } from '../open-account.ts';
import type { RawReceipt, ReadReceipts, Receipt } from '../provider.ts';
import { accountByNumber } from '../queries/accounts.ts';
import { isProvider, providerOf } from '../registry.ts';
import { phoneIndex } from '../seal-content.ts';
import {
  attemptsByNumbers,
  blockAddresses,
  keepStray,
  noteReports,
  type Report,
} from '../store/receipt-store.ts';
import { tell } from './record-answers.ts';

interface Received extends RawReceipt {
  readonly companyId: string;
  readonly accountNumber: number;
  readonly key: string;
}

type Answer = Pick<ReadReceipts, 'answer' | 'answerType'>;

/**
 * Takes a provider's receipts. They are not signed by most: the address holds a secret, and only
 * what belongs to a message of ours has an effect.
 * @returns undefined for an address that is not ours, or for what is no receipt
 */
export async function receiveReceipts(
  deps: MessagingDeps,
  { companyId, accountNumber, key, ...raw }: Received,
): Promise<Answer | undefined> {
  const account = await deps.db.read(companyId, (tx) => accountByNumber(tx, accountNumber));
  if (!account || !isProvider(account.provider) || !isSame(account.receiptKey, key))
    return undefined;
  const context = await openAccount(deps, companyId, account.id);
  const { readReceipts } = providerOf(account.provider);
  if (!context || !readReceipts) return undefined;
  let read: ReadReceipts;
  try {
    read = readReceipts(context, raw);
  } catch (error) {
    deps.log.warn({ err: error, accountId: account.id }, 'a receipt could not be read');
    await deps.db.transaction(companyId, (tx) => stray(deps, tx, account.id, raw.body));
    return undefined;
  }
  await deps.db.transaction(companyId, async (tx) => {
    const known = await book(deps, tx, account.id, read.receipts);
    if (known < read.receipts.length) await stray(deps, tx, account.id, raw.body);
    await block(deps, tx, read);
  });
  return { answer: read.answer, answerType: read.answerType };
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** @returns how many receipts belong to an attempt of ours */
async function book(
  deps: MessagingDeps,
  tx: Tx,
  accountId: string,
  receipts: readonly Receipt[],
): Promise<number> {
  if (receipts.length === 0) return 0;
  const now = deps.clock.now();
  const attempts = await attemptsByNumbers(tx, {
    accountId,
    providerNos: receipts.map(({ providerNo }) => providerNo).filter((no) => no !== ''),
    ids: receipts.flatMap(({ requestKey }) => idOf(requestKey) ?? []),
  });
  const byNo = new Map(attempts.map((attempt) => [attempt.providerNo ?? attempt.id, attempt]));
  const byId = new Map(attempts.map((attempt) => [attempt.id, attempt]));
  const reports = new Map<string, Report>();
  let known = 0;
  for (const { providerNo, requestKey, isDelivered, code, at } of receipts) {
    const attempt = byId.get(idOf(requestKey) ?? '') ?? byNo.get(providerNo);
    if (!attempt) continue;
    known += 1;
    reports.set(attempt.id, {
      attemptId: attempt.id,
      messageId: attempt.messageId,
      providerNo: providerNo === '' ? null : providerNo,
      isDelivered,
      code: code.slice(0, 80),
      at: at && at < now ? at : now,
    });
  }
  if (reports.size === 0) return known;
  const reported = await noteReports(tx, [...reports.values()], now);
  await tell(
    tx,
    deps.clock,
    'delivered',
    reported.filter((each) => each.isDelivered),
  );
  return known;
}

/** Our own number of an attempt is its id without dashes. */
function idOf(requestKey: string): string | undefined {
  const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(
    requestKey,
  );
  return parts?.slice(1).join('-');
}

const dayMs = 86_400_000;
/** Of one account in a day: enough to see what is wrong, too little to fill a disk. */
const mostStray = 200;
const longestStray = 1000;

async function stray(
  { clock }: MessagingDeps,
  tx: Tx,
  accountId: string,
  body: string,
): Promise<void> {
  const at = clock.now();
  const masked = body.slice(0, longestStray).replace(/\d{7,}/g, (run) => `${run.slice(0, 3)}****`);
  const since = new Date(at.getTime() - dayMs);
  await keepStray(tx, { id: newId(at), accountId, body: masked, at, since, most: mostStray });
}

async function block(
  { secrets, clock }: MessagingDeps,
  tx: Tx,
  { refusals }: ReadReceipts,
): Promise<void> {
  const phones = [...new Set(refusals.map(({ phone }) => phone).filter((phone) => phone !== ''))];
  const blocked = phones.map((phone) => {
    const index = phoneIndex(secrets, tx.companyId, phone);
    const id = derivedId('messaging.blocked_address', tx.companyId, index.toString('hex'));
    return { id, index, masked: maskAddress({ kind: 'phone', phone }) };
  });
  await blockAddresses(tx, blocked, clock.now());
}
