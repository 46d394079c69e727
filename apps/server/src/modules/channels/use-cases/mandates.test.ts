import { fen } from '@wuye-pay/money';
import { afterAll, expect, test } from 'vitest';
import { givenMerchantAccount } from '../../../../test/channels-builders.ts';
import { givenSystem } from '../../../../test/harness.ts';
import { insertMandate } from '../store/mandate-store.ts';
import { endMandate, keepMandateNews, mandateOf } from './mandates.ts';

const system = await givenSystem();
const { deps, companyId, clock } = system;
afterAll(() => system.close());

test('signed after we gave the mandate up: it lives, to be ended at the channel', async () => {
  const { merchantAccountId } = await givenMerchantAccount(system);
  const named = { companyId, merchantAccountId, mandateNo: 'mandate0001' };
  const asked = { ...named, limitFen: fen(100_00), requestedAt: clock.now() };
  await deps.db.transaction(companyId, (tx) => insertMandate(tx, asked));
  await endMandate(deps, { ...named, reason: '改用其他方式' });
  const signed = { mandateNo: 'mandate0001', channelMandateNo: 'C1', at: clock.now() };
  await keepMandateNews(deps, named, { ...signed, state: 'active' });
  const known = await mandateOf(deps, named);
  expect(known).toMatchObject({ state: 'active', channelMandateNo: 'C1', endedAt: null });
});
