import { type AutopayInputDeps, withMandates } from '../deps.ts';
import { mandatesOfAccount } from '../store/cover-store.ts';
import { lockMandate, planAllAgain } from '../store/mandate-store.ts';
import { leaveLostHomes } from './mandate-steps.ts';

/** Somebody left a home, or closed their account: nothing of it is debited from now on. */
export async function hearOfAccount(
  input: AutopayInputDeps,
  { companyId, accountId }: { readonly companyId: string; readonly accountId: string },
): Promise<void> {
  const deps = withMandates(input);
  const ids = await deps.db.read(companyId, (tx) => mandatesOfAccount(tx, accountId));
  for (const mandateId of ids) {
    await deps.db.transaction(companyId, async (tx) => {
      const mandate = await lockMandate(tx, mandateId);
      if (mandate?.state === 'active') await leaveLostHomes(tx, deps, mandateId);
    });
  }
}

/** New bills: calendars are looked at now and not tomorrow. */
export async function planAgain(
  { db, clock }: Pick<AutopayInputDeps, 'db' | 'clock'>,
  companyId: string,
): Promise<void> {
  await db.transaction(companyId, (tx) => planAllAgain(tx, clock.now()));
}
