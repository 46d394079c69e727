import { type Database, sql } from '../platform/database/index.ts';
import { balanced, closedDays, noOrphans } from './books.ts';
import type { Check, CheckResult, Words } from './check.ts';
import { billsArePaidByPayments, everyFactIsPosted, everyProofIsBooked } from './facts.ts';
import { balancesAddUp } from './prepayments.ts';
import { everyRefundProofIsBooked, refundsAddUp } from './refunds.ts';
import { sealChecks } from './seals.ts';
import {
  banks,
  cash,
  channels,
  cheques,
  issued,
  prepayments,
  receivables,
  slips,
  suspense,
} from './sub-ledgers.ts';

export interface VerifyOptions {
  /** Where the heads of the seals were written down; absent when that is elsewhere. */
  readonly anchorDirectory: string | undefined;
  readonly now: Date;
}

export interface CompanyReport {
  readonly name: string;
  readonly shortCode: string;
  readonly checks: readonly (CheckResult & { readonly title: Words })[];
}

/**
 * Proves the books of every company, each in one snapshot, while the system runs.
 * @param db connected with a role that row-level security does not bind
 */
export async function verifyLedger(db: Database, options: VerifyOptions): Promise<CompanyReport[]> {
  const companies = await db.global.many(sql<{ id: string; name: string; shortCode: string }>`
    select id, name, short_code as "shortCode" from identity.company order by short_code`);
  const reports = [];
  for (const { id, name, shortCode } of companies) {
    const checks = await verifyCompany(db, id, options);
    reports.push({ name, shortCode, checks });
  }
  return reports;
}

export function hasFailure(reports: readonly CompanyReport[]): boolean {
  return reports.some(({ checks }) =>
    checks.some(({ findings }) => findings.some(({ severity }) => severity === 'failure')),
  );
}

function verifyCompany(db: Database, companyId: string, { anchorDirectory, now }: VerifyOptions) {
  const checks: readonly Check[] = [
    balanced,
    noOrphans,
    receivables,
    issued,
    channels,
    cash,
    cheques,
    slips,
    banks,
    prepayments,
    balancesAddUp,
    suspense,
    everyFactIsPosted,
    everyProofIsBooked,
    billsArePaidByPayments,
    everyRefundProofIsBooked,
    refundsAddUp,
    closedDays,
    ...sealChecks(anchorDirectory),
  ];
  return db.read(companyId, async (tx) => {
    await tx.run(sql`set transaction isolation level repeatable read`);
    const results = [];
    for (const check of checks) {
      results.push({ title: check.title, ...(await check.run(tx, now)) });
    }
    return results;
  });
}
