import { sql } from '../src/platform/database/index.ts';
import { newId } from '../src/platform/id.ts';
import { givenBills } from './billing-builders.ts';
import { givenMerchantAccount } from './channels-builders.ts';
import type { TestSystem } from './harness.ts';
import { givenResident } from './resident-builders.ts';

/** A mandate with a planned debit, for whoever needs something to name. */
export async function givenAutopayThings(
  system: TestSystem,
  { companyId }: { companyId: string },
): Promise<void> {
  const { merchantAccountId } = await givenMerchantAccount(system, { companyId });
  const billed = await givenBills(system, { companyId, amountsFen: [90_00] });
  const { accountId } = await givenResident(system, { companyId, unitIds: [billed.unitId] });
  const at = system.clock.now();
  const later = new Date(at.getTime() + 30 * 86_400_000);
  const [mandateId, debitId] = [newId(at), newId(at)];
  const [bill] = billed.bills;
  await system.deps.db.transaction(companyId, async (tx) => {
    await tx.run(sql`
      insert into autopay.mandate (company_id, id, account_id, channel, merchant_account_id,
        mandate_no, state, signed_debit_fen, signed_month_fen, limit_debit_fen, limit_month_fen,
        first_debit_on, display_name, return_url, requested_at, signed_at, check_at, plan_at)
      values (${companyId}, ${mandateId}, ${accountId}, 'wechat-pay', ${merchantAccountId},
        ${mandateId.replaceAll('-', '')}, 'active', 50000, 90000, 50000, 90000, ${at}, '甲',
        'http://localhost/r/jia/autopay', ${at}, ${at}, ${later}, ${later})`);
    await tx.run(sql`
      insert into autopay.cover (company_id, id, mandate_id, unit_id, fee_item_id, state)
      values (${companyId}, ${newId(at)}, ${mandateId}, ${billed.unitId}, ${bill?.feeItemId},
        'live')`);
    await tx.run(sql`
      insert into autopay.debit (company_id, id, mandate_id, first_id, debit_on, amount_fen,
        announce_at, work_at, created_at)
      values (${companyId}, ${debitId}, ${mandateId}, ${debitId}, ${later}, 9000, ${later},
        ${later}, ${at})`);
    await tx.run(sql`
      insert into autopay.debit_bill (company_id, id, debit_id, bill_id, unit_id, amount_fen)
      values (${companyId}, ${newId(at)}, ${debitId}, ${bill?.id}, ${billed.unitId}, 9000)`);
  });
}
