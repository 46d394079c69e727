import { fen, sum } from '@wuye-pay/money';
import type { StaffActor } from '../../../platform/actor.ts';
import { derivedId } from '../../../platform/id.ts';
import { once } from '../../../platform/idempotency.ts';
import { BillsHeld, proposeSettlement, releaseBills, settleCaseNow } from '../../payment/index.ts';
import type { BankDeps } from '../deps.ts';
import { bankErrors } from '../errors.ts';
import { maxRounds } from '../limits.ts';
import { entryDetail } from '../queries/entries.ts';
import { bankSettings } from '../queries/settings.ts';
import { recordMatch } from '../store/entry-store.ts';

export interface MatchInput {
  readonly actor: StaffActor;
  readonly entryId: string;
  readonly unitId: string;
  readonly lines: readonly { readonly billId: string; readonly amountFen: number }[];
  readonly note: string;
  readonly idempotencyKey: string;
}

/**
 * Settles bills with what an entry has in suspense. From the company's limit on it is only
 * proposed: a second person approves it as any use of money in suspense. The entry's amount
 * counts, so that nobody matches a large one in small parts.
 * @throws BANK_ENTRY_NOT_FOUND, BANK_ENTRY_NOT_OPEN, and what payment refuses
 */
export async function matchEntry(deps: BankDeps, input: MatchInput): Promise<void> {
  const { actor, entryId, ...wish } = input;
  const { companyId } = actor;
  const [entry, settings] = await deps.db.read(companyId, (tx) =>
    Promise.all([entryDetail(tx, entryId), bankSettings(tx)]),
  );
  if (!entry) throw bankErrors.BANK_ENTRY_NOT_FOUND();
  const { caseId } = entry;
  if (caseId === null) throw bankErrors.BANK_ENTRY_NOT_OPEN();
  const limit = settings.twoPeopleFromFen;
  if (limit !== null && entry.amountFen >= limit) {
    await proposeSettlement(deps, { actor, caseId, ...wish });
    return;
  }
  for (let round = 1; ; round += 1) {
    try {
      const paymentId = await matchOnce(deps, input, caseId);
      deps.checkpoint('bank.match.committed');
      void deps.live.announce({ companyId, topic: 'payment.paid', id: paymentId });
      return;
    } catch (error) {
      if (!(error instanceof BillsHeld) || round > maxRounds) throw error;
      await releaseBills(deps, { companyId, paymentIds: error.paymentIds, actor });
    }
  }
}

async function matchOnce(deps: BankDeps, input: MatchInput, caseId: string): Promise<string> {
  const { actor, idempotencyKey, ...wish } = input;
  const request = { ...wish, by: actor.id };
  return await deps.db.transaction(actor.companyId, async (tx) => {
    const done = await once(
      tx,
      deps.clock,
      { scope: 'bank.match', key: idempotencyKey, request },
      async () => {
        const { unitId, lines, note } = wish;
        const paymentId = await settleCaseNow(tx, deps, { actor, caseId, unitId, lines, note });
        await recordMatch(tx, {
          id: derivedId(actor.companyId, 'bank-match', paymentId),
          caseId,
          unitId,
          paymentId,
          amountFen: sum(lines.map(({ amountFen }) => fen(amountFen))),
          matchedBy: actor.name,
          matchedAt: deps.clock.now(),
        });
        deps.checkpoint('bank.match.written');
        return { paymentId };
      },
    );
    return done.paymentId;
  });
}
