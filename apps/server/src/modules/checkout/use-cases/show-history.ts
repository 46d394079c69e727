import type { CheckoutHistoryEntry } from '@wuye-pay/contract';
import type { ResidentActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type ListPage, markForms, pageOf, readMark } from '../../../platform/list-page.ts';
import { channelWords } from '../../payment/index.ts';
import { homesOf, requireHome } from '../../resident/index.ts';
import type { CheckoutDeps } from '../deps.ts';
import { payerKeyOf } from '../domain/payer-key.ts';
import { titleOf } from '../domain/words.ts';
import {
  type HistoryLine,
  type HistoryRow,
  historyLines,
  historyRows,
  labelsOf,
  type PaymentFacts,
  paymentFacts,
} from '../queries/history.ts';

const defaultLimit = 20;

export interface HistoryInput {
  readonly actor: ResidentActor;
  readonly unitId?: string | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

/**
 * What was paid for the asker's homes and by the asker, newest first. Of somebody else's payment
 * only the part for these homes is told; a payer sees their own payments alone.
 * @throws HOME_NOT_BOUND
 */
export async function showHistory(
  deps: CheckoutDeps,
  input: HistoryInput,
): Promise<ListPage<CheckoutHistoryEntry>> {
  const { actor, unitId, limit = defaultLimit } = input;
  const after = cursorOf(input.after);
  return await deps.db.read(actor.companyId, async (tx) => {
    const homes =
      unitId === undefined ? await homesOf(tx, actor.id) : [await requireHome(tx, actor, unitId)];
    const insideUnitIds = homes.flatMap((home) => (home.role === 'payer' ? [] : [home.unitId]));
    const payerKey = payerKeyOf(actor.id);
    const query = { insideUnitIds, payerUnitId: unitId, payerKey, after, limit: limit + 1 };
    const rows = await historyRows(tx, query);
    const page = pageOf(
      rows,
      limit,
      (row) => row,
      ({ at, id }) => [at.getTime(), id],
    );
    const seen = new Set(homes.map((home) => home.unitId));
    return { ...page, items: await entriesOf(tx, page.items, { seen, payerKey }) };
  });
}

interface Reader {
  readonly seen: ReadonlySet<string>;
  readonly payerKey: string;
}

async function entriesOf(
  tx: Tx,
  rows: readonly HistoryRow[],
  reader: Reader,
): Promise<CheckoutHistoryEntry[]> {
  const idsOf = (kind: HistoryRow['kind']) =>
    rows.filter((row) => row.kind === kind).map(({ id }) => id);
  const [lines, payments] = await Promise.all([
    historyLines(tx, { payments: idsOf('payment'), uses: idsOf('balance') }),
    paymentFacts(tx, idsOf('payment')),
  ]);
  const units = [...lines, ...rows].map(({ unitId }) => unitId);
  const labels = await labelsOf(tx, [...new Set(units)]);
  return rows.map((row) => {
    const payment = payments.get(row.id);
    const isMine = payment?.payerKey === reader.payerKey;
    const own = lines.filter(
      ({ ofId, unitId }) => ofId === row.id && (isMine || reader.seen.has(unitId)),
    );
    return entryOf(row, { own, payment, isMine, labels });
  });
}

interface Parts {
  readonly own: readonly HistoryLine[];
  readonly payment: PaymentFacts | undefined;
  readonly isMine: boolean;
  readonly labels: ReadonlyMap<string, string>;
}

function entryOf(row: HistoryRow, { own, payment, isMine, labels }: Parts): CheckoutHistoryEntry {
  const isTopUp = (payment?.topUpFen ?? 0) > 0;
  const unitIds = new Set(own.length > 0 ? own.map(({ unitId }) => unitId) : [row.unitId]);
  const total = (amountOf: (line: HistoryLine) => number) =>
    own.reduce((all, line) => all + amountOf(line), 0);
  return {
    id: row.id,
    kind: payment ? (isTopUp ? 'top-up' : 'payment') : 'balance',
    at: row.at.toISOString(),
    state: payment?.state ?? 'paid',
    amountFen:
      isMine && payment
        ? payment.amountFen
        : total((line) => line.amountFen) + (payment?.topUpFen ?? 0),
    refundedFen: total((line) => line.refundedFen) + (payment?.topUpRefundedFen ?? 0),
    title: titleOf(own, isTopUp),
    homes: [...unitIds].map((unitId) => ({ unitId, label: labels.get(unitId) ?? '' })),
    way: payment ? channelWords(payment.channel) : { zh: '预存余额', en: 'prepaid balance' },
    isMine,
  };
}

function cursorOf(after: string | undefined) {
  if (after === undefined) return undefined;
  const [at, id = ''] = readMark(after, [markForms.number, markForms.id]);
  return { at: new Date(Number(at)), id };
}
