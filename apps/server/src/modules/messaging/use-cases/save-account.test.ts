import { afterAll, beforeAll, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { givenPushAccount } from '../../../../test/messaging-builders.ts';
import { messageAccounts } from '../index.ts';
import { accessToken } from './access-token.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(async () => await system.close());

test('accounts that are added at the same moment get numbers of their own', async () => {
  await Promise.all(
    ['甲', '乙', '丙'].map((name) => givenPushAccount(system, { name: `推送${name}` })),
  );
  const accounts = await messageAccounts(system.deps, system.companyId);
  expect(accounts.map(({ number }) => number).sort((a, b) => a - b)).toEqual([1, 2, 3]);
});

test('no secret comes back, and an address that is not the provider’s own is refused', async () => {
  const accounts = await messageAccounts(system.deps, system.companyId);
  expect(JSON.stringify(accounts)).not.toContain('throwawayMasterSecret');
  const stolen = givenPushAccount(system, { name: '外人', api: 'https://evil.example' });
  await expect(stolen).rejects.toMatchObject({ code: 'MESSAGE_ACCOUNT_INVALID' });
});

test('32 callers that need an access token fetch one', async () => {
  const accountId = await givenPushAccount(system, { name: '令牌' });
  let fetched = 0;
  const fetch = async () => {
    fetched += 1;
    const expiresAt = new Date(system.clock.now().getTime() + 7_200_000);
    return { value: `token-${fetched}`, expiresAt };
  };
  const { companyId } = system;
  const ask = (stale: string | undefined) =>
    accessToken(system.deps, { companyId, accountId, fetch, stale });
  const tokens = await Promise.all(Array.from({ length: 32 }, () => ask(undefined)));
  expect({ tokens: new Set(tokens).size, fetched }).toEqual({ tokens: 1, fetched: 1 });
  // One that the provider refused is replaced once, whoever noticed.
  const fresh = await Promise.all(Array.from({ length: 8 }, () => ask('token-1')));
  expect({ fresh: new Set(fresh), fetched }).toEqual({ fresh: new Set(['token-2']), fetched: 2 });
});
