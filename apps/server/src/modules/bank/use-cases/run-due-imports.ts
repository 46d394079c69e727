import { randomUUID } from 'node:crypto';
import { AppError } from '../../../platform/errors.ts';
import type { BankDeps } from '../deps.ts';
import { leaseMs, maxTries } from '../limits.ts';
import {
  type Claimed,
  claimImport,
  companiesWithDueImports,
  finishImport,
  holdsClaim,
  type ImportRecord,
} from '../store/import-store.ts';
import { applyImport } from './apply-import.ts';
import { ClaimLost, checkImport } from './check-import.ts';

/**
 * Works on every statement that waits, or whose worker died. Several workers may run it at once:
 * an import is under one lease, and each step checks that it still holds it.
 * @returns how many imports were worked on
 */
export async function runDueImports(deps: BankDeps): Promise<number> {
  let count = 0;
  for (const { companyId } of await companiesWithDueImports(deps.jobsDb, deps.clock.now())) {
    while (await runNext(deps, companyId)) count += 1;
  }
  return count;
}

async function runNext(deps: BankDeps, companyId: string): Promise<boolean> {
  const token = randomUUID();
  const now = deps.clock.now();
  const until = new Date(now.getTime() + leaseMs);
  const record = await deps.db.transaction(companyId, (tx) =>
    claimImport(tx, { token, now, until }),
  );
  if (!record) return false;
  const claimed = { importId: record.id, token };
  try {
    if (record.tries > maxTries) await giveUp(deps, companyId, record, claimed, tooOften);
    else if (record.state === 'applying') await applyImport(deps, companyId, record, claimed);
    else await checkImport(deps, companyId, record, claimed);
  } catch (error) {
    if (error instanceof AppError) {
      const failure = { code: error.code, message: error.text('zh') };
      await giveUp(deps, companyId, record, claimed, failure);
    } else if (!(error instanceof ClaimLost)) {
      // The lease runs out, and a worker tries again.
      deps.log.error({ err: error, importId: record.id }, 'a statement could not be worked on');
    }
  }
  await deps.live.announce({ companyId, topic: 'bank.import', id: record.id });
  return true;
}

const tooOften = {
  code: 'BANK_IMPORT_FAILED',
  message:
    '多次处理都没有完成：已入账的流水不受影响，其余没有入账；请点“继续入账”，仍不行请联系管理员',
};

/** A file that cannot be read stays unreadable; one half booked can be ordered again. */
async function giveUp(
  deps: BankDeps,
  companyId: string,
  record: ImportRecord,
  claimed: Claimed,
  failure: { readonly code: string; readonly message: string },
): Promise<void> {
  const state = record.state === 'applying' ? 'checked' : 'unreadable';
  await deps.db.transaction(companyId, async (tx) => {
    if (!(await holdsClaim(tx, claimed))) return;
    const finished = { state, failure, totals: record.totals } as const;
    await finishImport(tx, record.id, finished, deps.clock.now());
  });
}
