import type { Fen } from '@wuye-pay/money';
import { startPayment } from '../modules/payment/index.ts';
import { dayOf } from '../platform/clock.ts';
import { sql, type Tx } from '../platform/database/index.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/id.ts';
import { createClient, type DemoClient } from './client.ts';
import { type Place, signedInByWallet } from './residents.ts';

const channel = 'wechat-pay';
const timeZone = 'Asia/Shanghai';
const dayMs = 86_400_000;
/** Of the simulated wallets: the owner of a home and a parking space. */
const payer = 1;
const limits = { limitDebitFen: 600_00, limitMonthFen: 1200_00 };

interface Option {
  readonly channel: string;
  readonly merchantAccountId: string;
  readonly homes: readonly {
    readonly unitId: string;
    readonly items: readonly { readonly feeItemId: string }[];
  }[];
}

interface Mandate {
  readonly id: string;
  readonly accountId: string;
  readonly mandateNo: string;
  readonly merchantAccountId: string;
}

interface Bill {
  readonly id: string;
  readonly unitId: string;
  readonly openFen: Fen;
}

/**
 * An owner with autopay: a debit that the wallet refused, one that is paid just now, and whatever
 * the calendar plans next.
 */
export async function ensureAutopay(deps: Deps, companyId: string, place: Place): Promise<void> {
  const resident = await signedInByWallet(place, payer);
  const known = await resident.get<{ mandates: unknown[] }>('/api/resident/autopay');
  if (known.mandates.length > 0) return;
  const mandateId = await sign(deps, companyId, { resident, place });
  const mandate = await deps.db.read(companyId, (tx) => mandateOf(tx, mandateId));
  const [refused, paid] = await deps.db.read(companyId, (tx) => billsOf(tx, mandateId));
  if (refused) {
    await deps.db.transaction(companyId, (tx) =>
      addRefused(tx, mandate, refused, deps.clock.now()),
    );
  }
  if (paid) await payNow(deps, companyId, mandate, paid);
}

async function sign(
  deps: Deps,
  companyId: string,
  { resident, place }: { readonly resident: DemoClient; readonly place: Place },
): Promise<string> {
  const { options, firstDebitOn } = await resident.get<{
    options: Option[];
    firstDebitOn: string;
  }>('/api/resident/autopay/options?surface=wechat');
  const option = options.find((one) => one.channel === channel);
  if (!option) throw new Error('demo set-up: WeChat Pay offers no debits');
  const { mandateId, url } = await resident.post<{ mandateId: string; url: string }>(
    '/api/resident/autopay',
    {
      ...{ channel, merchantAccountId: option.merchantAccountId, firstDebitOn, ...limits },
      homes: option.homes.map(({ unitId, items }) => ({
        unitId,
        feeItemIds: items.map(({ feeItemId }) => feeItemId),
      })),
      ...{ surface: 'h5', idempotencyKey: `demo-autopay-${newId(deps.clock.now())}` },
    },
  );
  const { mandateNo } = await deps.db.read(companyId, (tx) => mandateOf(tx, mandateId));
  const path = `/control/${channel}/mandates/${mandateNo}/sign`;
  await createClient(place.simulatorUrl).post(path, { link: url, user: payer });
  await resident.post(`/api/resident/autopay/${mandateId}/check`);
  return mandateId;
}

async function mandateOf(tx: Tx, mandateId: string): Promise<Mandate> {
  return await tx.one(sql<Mandate>`
    select id, account_id as "accountId", mandate_no as "mandateNo",
      merchant_account_id as "merchantAccountId"
    from autopay.mandate where company_id = ${tx.companyId} and id = ${mandateId}`);
}

/** The smallest open bills that it covers, each of another fee item. */
async function billsOf(tx: Tx, mandateId: string): Promise<Bill[]> {
  const bills = await tx.many(sql<Bill & { readonly feeItemId: string }>`
    select bill.id, bill.unit_id as "unitId", bill.fee_item_id as "feeItemId",
      bill.amount_fen - bill.paid_fen - bill.waived_fen as "openFen"
    from autopay.cover as cover
    join billing.pub_bill as bill on bill.company_id = cover.company_id
      and bill.unit_id = cover.unit_id and bill.fee_item_id = cover.fee_item_id
      and bill.state = 'issued' and bill.paid_fen + bill.waived_fen < bill.amount_fen
    where cover.company_id = ${tx.companyId} and cover.mandate_id = ${mandateId}
    order by bill.amount_fen desc, bill.due_on, bill.id`);
  const items = [...new Set(bills.map(({ feeItemId }) => feeItemId))].reverse();
  return items.flatMap((item) => bills.find(({ feeItemId }) => feeItemId === item) ?? []);
}

/** The wallet did not let itself be debited: nothing that another day mends. */
async function addRefused(tx: Tx, mandate: Mandate, bill: Bill, at: Date): Promise<void> {
  const end = { state: 'failed', endedAt: at, endCode: 'wallet-refused', channelCode: 'NOAUTH' };
  const id = await addDebit(tx, { mandate, bill, at, ...end });
  await tx.run(sql`
    insert into autopay.log (company_id, id, mandate_id, debit_id, kind, actor, detail, at)
    values (${tx.companyId}, ${newId(at)}, ${mandate.id}, ${id}, 'failed', ${channel},
      ${JSON.stringify({ code: end.endCode })}::jsonb, ${at})`);
}

/** The calendar was quicker and has a debit on its way: then there is none to be paid now. */
class PlannedAlready extends Error {}

/** A debit told of two days ago comes to its day: through the real payment, at the real wallet. */
async function payNow(deps: Deps, companyId: string, mandate: Mandate, bill: Bill): Promise<void> {
  const now = deps.clock.now();
  try {
    await startPayment(deps, {
      ...{ companyId, unitId: bill.unitId, billIds: [bill.id], amountFen: bill.openFen },
      payer: { channel, key: `resident/${mandate.accountId}` },
      ...{ product: 'debit', source: 'autopay', mandateNo: mandate.mandateNo },
      merchantAccountId: mandate.merchantAccountId,
      alongside: async (tx, { paymentId, amountFen }) => {
        const open = await tx.maybe(sql`
          select 1 as one from autopay.debit
          where company_id = ${companyId} and mandate_id = ${mandate.id}
            and state in ('planned', 'announced', 'started')`);
        if (open) throw new PlannedAlready();
        const start = { state: 'started', paymentId, chargedFen: amountFen, startedAt: now };
        await addDebit(tx, { mandate, bill, at: now, ...start });
      },
    });
  } catch (error) {
    if (!(error instanceof PlannedAlready)) throw error;
  }
}

interface PastDebit {
  readonly mandate: Mandate;
  readonly bill: Bill;
  /** When its day came. */
  readonly at: Date;
  readonly state: string;
  readonly paymentId?: string;
  readonly chargedFen?: Fen;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  readonly endCode?: string;
  readonly channelCode?: string;
}

/** A debit of one bill, told of two days before its day. */
async function addDebit(tx: Tx, { mandate, bill, at, ...debit }: PastDebit): Promise<string> {
  const toldAt = new Date(at.getTime() - 2 * dayMs);
  const id = newId(toldAt);
  const { openFen } = bill;
  await tx.run(sql`
    insert into autopay.debit (company_id, id, mandate_id, first_id, debit_on, amount_fen, state,
      announce_at, noticed_at, channel_noticed_at, payment_id, charged_fen, started_at, ended_at,
      end_code, channel_code, created_at)
    values (${tx.companyId}, ${id}, ${mandate.id}, ${id}, ${dayOf(at, timeZone)}, ${openFen},
      ${debit.state}, ${toldAt}, ${toldAt}, ${toldAt}, ${debit.paymentId ?? null},
      ${debit.chargedFen ?? null}, ${debit.startedAt ?? null}, ${debit.endedAt ?? null},
      ${debit.endCode ?? null}, ${debit.channelCode ?? null}, ${toldAt})`);
  await tx.run(sql`
    insert into autopay.debit_bill (company_id, id, debit_id, bill_id, unit_id, amount_fen, is_open)
    values (${tx.companyId}, ${newId(toldAt)}, ${id}, ${bill.id}, ${bill.unitId}, ${openFen},
      ${debit.endedAt === undefined})`);
  return id;
}
