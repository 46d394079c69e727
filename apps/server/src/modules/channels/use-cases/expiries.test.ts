import { afterAll, beforeEach, expect, test } from 'vitest';
import {
  type GivenMerchantAccount,
  givenMerchantAccount,
} from '../../../../test/channels-builders.ts';
import { givenSystem } from '../../../../test/harness.ts';
import { sql } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import type { Log } from '../../../platform/log.ts';
import { changeMerchantAccount } from './save-merchant-account.ts';
import { viewMerchantAccount } from './view-merchant-accounts.ts';
import { viewAlerts, warnOfExpiry } from './warn-expiry.ts';

const system = await givenSystem();
afterAll(() => system.close());

let companyId: string;
let account: GivenMerchantAccount;
let companies = 0;
const dayMs = 24 * 3_600_000;

beforeEach(async () => {
  companies += 1;
  companyId = await system.addCompany(`exp${companies}`);
  account = await givenMerchantAccount(system, { companyId, mode: 'certificate' });
});

/** A platform certificate that ends in so many days. */
async function givenCertificate(days: number) {
  const now = system.clock.now();
  const serial = `SERIAL${days}`.replace('-', 'M');
  const ends = new Date(now.getTime() + days * dayMs + 1000);
  await system.deps.db.transaction(companyId, (tx) =>
    tx.run(sql`
      insert into channels.platform_key (company_id, id, merchant_account_id, serial, kind,
        public_key_pem, valid_from, valid_to, created_at)
      select ${companyId}, ${newId(now)}, ${account.merchantAccountId}, ${serial}, 'certificate',
        public_key_pem, ${new Date(now.getTime() - 400 * dayMs)}::timestamptz,
        ${ends}::timestamptz, ${now}::timestamptz
      from channels.platform_key where company_id = ${companyId} limit 1`),
  );
}

const view = () => viewMerchantAccount(system.deps, companyId, account.merchantAccountId);
const alerts = () => viewAlerts(system.deps, { ...system.staff, companyId });

/** What the daily task writes into the log about this company. */
async function alarms() {
  const heard: { level: string; daysLeft: number }[] = [];
  const hear = (level: string) => (facts: { companyId: string; daysLeft: number }) => {
    if (facts.companyId === companyId) heard.push({ level, daysLeft: facts.daysLeft });
  };
  const log = { ...system.deps.log, warn: hear('warn'), error: hear('error') } as unknown as Log;
  await warnOfExpiry({ ...system.deps, log });
  return heard;
}

test('a certificate warns from thirty days ahead, and is an alarm when it has ended', async () => {
  await givenCertificate(30);
  expect((await view()).expiries).toMatchObject([{ level: 'good', daysLeft: 30 }]);
  expect(await alarms()).toEqual([]);
  expect((await alerts()).expiring).toBe(0);
  system.clock.advance(dayMs);
  expect((await view()).expiries).toMatchObject([{ level: 'soon', daysLeft: 29 }]);
  expect(await alarms()).toEqual([{ level: 'warn', daysLeft: 29 }]);
  expect((await alerts()).expiring).toBe(1);
  system.clock.advance(30 * dayMs);
  expect((await view()).expiries).toMatchObject([{ level: 'over', daysLeft: -1 }]);
  expect(await alarms()).toEqual([{ level: 'error', daysLeft: -1 }]);
});

test('an old certificate that a newer one replaced warns nobody', async () => {
  await givenCertificate(3);
  await givenCertificate(700);
  expect((await view()).expiries).toMatchObject([{ level: 'good', daysLeft: 700 }]);
  expect(await alarms()).toEqual([]);
});

test('an account that is disabled raises no alarm', async () => {
  await givenCertificate(3);
  expect(await alarms()).toHaveLength(1);
  await changeMerchantAccount(system.deps, {
    actor: { ...system.staff, companyId },
    id: account.merchantAccountId,
    change: { state: 'disabled' },
  });
  expect(await alarms()).toEqual([]);
  expect((await alerts()).expiring).toBe(0);
});
