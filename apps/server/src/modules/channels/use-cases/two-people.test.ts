import { afterAll, beforeAll, expect, test } from 'vitest';
import { givenMerchantAccount, wechatCredentials } from '../../../../test/channels-builders.ts';
import { givenFee } from '../../../../test/charging-builders.ts';
import { givenSystem } from '../../../../test/harness.ts';
import { type StaffActor, systemActor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { createCompany, createStaff } from '../../identity/index.ts';
import { approveChange, rejectChange, withdrawChange } from './decide-change.ts';
import { type ChannelChange, proposeChange } from './propose-change.ts';
import { viewChange, viewChanges } from './view-changes.ts';
import { viewMerchantAccount, viewMerchantAccounts } from './view-merchant-accounts.ts';
import { viewRoutes } from './view-routes.ts';
import type { MerchantAccountChange } from './write-account.ts';

const system = await givenSystem();
const { deps } = system;
afterAll(() => system.close());

const maker: StaffActor = { ...system.staff, name: '周经理' };
const checker: StaffActor = { ...system.staff, id: newId(system.clock.now()), name: '林会计' };
let given: Awaited<ReturnType<typeof givenMerchantAccount>>;
let feeItemId: string;

beforeAll(async () => {
  given = await givenMerchantAccount(system);
  feeItemId = (await givenFee(system, { name: '物业服务费' })).feeItemId;
});

const newKey = 'NEWKEY6789abcdefNEWKEY6789abcdef';
const changed = (change: MerchantAccountChange): ChannelChange => ({
  kind: 'change-account',
  id: given.merchantAccountId,
  change,
});
const rotation = (apiV3Key = newKey) => changed({ credentials: { apiV3Key } });
const propose = (change: ChannelChange, actor = maker) => proposeChange(deps, { actor, change });
async function proposed(change: ChannelChange, actor = maker): Promise<string> {
  const outcome = await propose(change, actor);
  expect(outcome).toMatchObject({ state: 'waiting', isAlone: false });
  return outcome.changeId ?? '';
}
const view = (id: string) => viewMerchantAccount(deps, system.companyId, id);

test('a key is replaced only when a second person agrees, who never sees it', async () => {
  const id = await proposed(rotation());
  expect((await view(given.merchantAccountId)).previousUntil).toBeNull();
  expect((await view(given.merchantAccountId)).openChangeId).toBe(id);
  const shown = await viewChange(deps, checker, id);
  expect(shown.lines).toEqual([
    {
      label: expect.objectContaining({ zh: 'APIv3 密钥' }),
      before: expect.objectContaining({ zh: '现在的（不显示）' }),
      after: expect.objectContaining({ zh: '新的（不显示）' }),
    },
  ]);
  expect(JSON.stringify(shown)).not.toContain(newKey);
  await approveChange(deps, { actor: checker, id });
  expect(await view(given.merchantAccountId)).toMatchObject({
    previousUntil: '2026-11-27T02:00:00.000Z',
    openChangeId: null,
  });
  expect(await viewChange(deps, checker, id)).toMatchObject({
    state: 'approved',
    proposedBy: '周经理',
    decidedBy: '林会计',
    isAlone: false,
    allowedActions: [],
  });
});

test('nobody approves or rejects what is their own; they may take it back', async () => {
  const id = await proposed(changed({ state: 'disabled' }));
  await expect(approveChange(deps, { actor: maker, id })).rejects.toThrow('CHANNEL_CHANGE_OWN');
  const rejection = rejectChange(deps, { actor: maker, id, reason: '不改了' });
  await expect(rejection).rejects.toThrow('CHANNEL_CHANGE_OWN');
  const byOther = withdrawChange(deps, { actor: checker, id });
  await expect(byOther).rejects.toThrow('CHANNEL_CHANGE_NOT_OWN');
  const own = await viewChange(deps, maker, id);
  expect(own.allowedActions.map(({ action, allowed }) => [action, allowed])).toEqual([
    ['approve', false],
    ['reject', false],
    ['withdraw', true],
  ]);
  await withdrawChange(deps, { actor: maker, id });
  expect((await view(given.merchantAccountId)).state).toBe('active');
  expect((await viewChange(deps, maker, id)).state).toBe('withdrawn');
});

test('a database cannot hold an approval by the same person', async () => {
  const id = await proposed(changed({ state: 'disabled' }));
  const forged = deps.db.transaction(system.companyId, (tx) =>
    tx.run(sql`
      update channels.change_request set state = 'approved', decided_by = proposed_by,
        decided_at = ${system.clock.now()}, secrets_cipher = null
      where company_id = ${tx.companyId} and id = ${id}`),
  );
  await expect(forged).rejects.toThrow('change_request_two_people');
  await withdrawChange(deps, { actor: maker, id });
});

test('one change of an account waits at a time, and one decision ends it', async () => {
  await expect(propose(rotation(), checker)).rejects.toThrow('CHANNEL_CHANGE_EMPTY');
  const id = await proposed(rotation('0123456789ABCDEF0123456789ABCDEF'));
  const other = changed({ state: 'disabled' });
  await expect(propose(other, checker)).rejects.toThrow('CHANNEL_CHANGE_PENDING');
  await rejectChange(deps, { actor: checker, id, reason: '密钥还没有生效' });
  const again = approveChange(deps, { actor: checker, id });
  await expect(again).rejects.toThrow('CHANNEL_CHANGE_DECIDED');
});

test('thirty-two approvals at once are one', async () => {
  const id = await proposed(changed({ credentials: { appSecret: 'another-secret' } }));
  const approvals = await Promise.allSettled(
    Array.from({ length: 32 }, () => approveChange(deps, { actor: checker, id })),
  );
  expect(approvals.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('what is decided leaves no secret behind, and none lies readable meanwhile', async () => {
  const id = await proposed(changed({ credentials: { appSecret: 'a-third-secret' } }));
  const read = () =>
    deps.db.read(system.companyId, (tx) =>
      tx.one(sql<{ cipher: Buffer | null; text: string }>`
        select secrets_cipher as cipher, detail::text || lines::text as text
        from channels.change_request where company_id = ${tx.companyId} and id = ${id}`),
    );
  const open = await read();
  expect(open.cipher?.toString('latin1')).not.toContain('a-third-secret');
  expect(open.text).not.toContain('a-third-secret');
  await rejectChange(deps, { actor: checker, id, reason: '不需要' });
  expect((await read()).cipher).toBeNull();
});

test('a new account exists only after the second person', async () => {
  const known = (await viewMerchantAccounts(deps, system.companyId)).length;
  const account = newAccount('1900007777');
  const outcome = await propose({ kind: 'create-account', account });
  expect(outcome).toMatchObject({ state: 'waiting', merchantAccountId: null });
  expect(await viewMerchantAccounts(deps, system.companyId)).toHaveLength(known);
  await approveChange(deps, { actor: checker, id: outcome.changeId ?? '' });
  expect(await viewMerchantAccounts(deps, system.companyId)).toHaveLength(known + 1);
});

test('the same account proposed twice is created once', async () => {
  const account = newAccount('1900007778');
  const id = await proposed({ kind: 'create-account', account });
  const twin = propose({ kind: 'create-account', account }, checker);
  await expect(twin).rejects.toThrow('CHANNEL_CHANGE_PENDING');
  await approveChange(deps, { actor: checker, id });
  const late = propose({ kind: 'create-account', account }, checker);
  await expect(late).rejects.toThrow('MERCHANT_ACCOUNT_EXISTS');
});

test('routing is changed by two people, and shown with names', async () => {
  const rule = {
    communityId: null,
    feeItemId,
    product: 'native' as const,
    merchantAccountId: given.merchantAccountId,
    priority: 10,
  };
  const id = await proposed({ kind: 'save-route', rule });
  expect(await viewRoutes(deps, system.companyId)).toEqual([]);
  const shown = await viewChange(deps, checker, id);
  expect(shown.title).toBe('全部小区 · 物业服务费');
  expect(shown.lines.map(({ label, after }) => [label.zh, after?.zh])).toEqual([
    ['小区', '不限'],
    ['收费项目', '物业服务费'],
    ['支付方式', '扫二维码'],
    ['商户号', '微信支付（测试）'],
    ['优先级', '10'],
  ]);
  await approveChange(deps, { actor: checker, id });
  const [made] = await viewRoutes(deps, system.companyId);
  expect(made).toMatchObject({ feeItemName: '物业服务费', priority: 10, channel: 'wechat-pay' });
  await expect(propose({ kind: 'save-route', rule })).rejects.toThrow('ROUTE_EXISTS');
  const removal = await proposed({ kind: 'remove-route', id: made?.id ?? '' });
  await approveChange(deps, { actor: checker, id: removal });
  expect(await viewRoutes(deps, system.companyId)).toEqual([]);
});

test('a rule names what the company has, and what the channel can do', async () => {
  const rule = {
    communityId: newId(system.clock.now()),
    feeItemId: newId(system.clock.now()),
    product: 'page' as const,
    merchantAccountId: given.merchantAccountId,
    priority: 10,
  };
  const refused = propose({ kind: 'save-route', rule });
  await expect(refused).rejects.toMatchObject({
    code: 'ROUTE_INVALID',
    problems: [{ field: 'communityId' }, { field: 'feeItemId' }, { field: 'product' }],
  });
});

test('a company of one person begins alone, and that is on record', async () => {
  const { companyId } = await createCompany(deps, { name: '一人物业', shortCode: 'solo' });
  const { staffId } = await createStaff(deps, staffOf(companyId, 'solo-admin'));
  const actor = { ...system.staff, companyId, id: staffId };
  const account = newAccount('1900006666');
  const outcome = await propose({ kind: 'create-account', account }, actor);
  expect(outcome).toMatchObject({ state: 'applied', isAlone: true });
  expect(await viewMerchantAccounts(deps, companyId)).toHaveLength(1);
  const { items } = await viewChanges(deps, actor, {});
  expect(items).toMatchObject([{ state: 'approved', isAlone: true }]);
  // From the second member of staff on, there is somebody to ask; disabling them changes nothing.
  await createStaff(deps, staffOf(companyId, 'solo-second'));
  await deps.db.transaction(companyId, (tx) =>
    tx.run(sql`update identity.staff set state = 'disabled'
      where company_id = ${companyId} and login_name = 'solo-second'`),
  );
  const change = { state: 'disabled' as const };
  const id = outcome.merchantAccountId ?? '';
  const next = await propose({ kind: 'change-account', id, change }, actor);
  expect(next).toMatchObject({ state: 'waiting', isAlone: false });
});

function staffOf(companyId: string, loginName: string) {
  return {
    companyId,
    loginName,
    displayName: loginName,
    password: '春江花月夜 2026',
    roleIds: [],
    by: systemActor(companyId, 'test'),
  };
}

function newAccount(mchId: string) {
  return {
    channel: 'wechat-pay',
    name: `收款 ${mchId}`,
    mchId,
    appId: 'wxtwopeople00001',
    mode: 'public-key' as const,
    credentials: wechatCredentials(),
  };
}
