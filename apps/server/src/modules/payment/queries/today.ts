import type { Today } from '@wuye-pay/contract';
import { dayOf, startOfDay } from '../../../platform/clock.ts';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { companyOf } from './companies.ts';
import { completedPayments } from './live-payments.ts';

const newestCount = 20;

/** The figures of the company's day, as far as payments know them. */
export async function paymentsOfDay(tx: Tx, now: Date): Promise<Omit<Today, 'openFen'>> {
  const { timeZone } = await companyOf(tx);
  const day = dayOf(now, timeZone);
  const since = startOfDay(day, timeZone);
  const [byChannel, open, newest] = await Promise.all([
    collectedSince(tx, since),
    openNow(tx),
    completedPayments(tx, { since, limit: newestCount }),
  ]);
  return {
    day,
    collectedFen: byChannel.reduce((all, { amountFen }) => all + amountFen, 0),
    paymentCount: byChannel.reduce((all, { paymentCount }) => all + paymentCount, 0),
    byChannel,
    ...open,
    newest,
  };
}

interface Collected {
  readonly channel: string;
  readonly amountFen: number;
  readonly paymentCount: number;
}

async function collectedSince(tx: Tx, since: Date): Promise<Collected[]> {
  return await tx.many(sql<Collected>`
    select channel, sum(amount_fen)::bigint as "amountFen", count(*) as "paymentCount"
    from payment.payment
    where company_id = ${tx.companyId} and state = 'paid' and paid_at >= ${since}
    group by channel order by channel`);
}

async function openNow(
  tx: Tx,
): Promise<{ openPayments: number; openCases: number; suspenseFen: number }> {
  const [payments, cases] = await Promise.all([
    tx.one(sql<{ openPayments: number }>`
      select count(*) as "openPayments" from payment.payment
      where company_id = ${tx.companyId} and state = 'open'`),
    tx.one(sql<{ openCases: number; suspenseFen: number }>`
      select count(*) as "openCases", coalesce(sum(amount_fen - resolved_fen)
        filter (where direction = 'in'), 0)::bigint as "suspenseFen"
      from payment.surplus
      where company_id = ${tx.companyId} and state = 'open'`),
  ]);
  return { ...payments, ...cases };
}
