import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../test/harness.ts';
import { type PaymentWorld, paymentWorld } from '../../test/payment-builders.ts';
import { ledgerBook, ledgerTasks } from '../modules/ledger/index.ts';
import {
  confirmPayment,
  paymentState,
  startPayment,
  takeDeskPayment,
} from '../modules/payment/index.ts';
import { createDatabase, type Database, type Statement, sql } from '../platform/database/index.ts';
import { newId } from '../platform/id.ts';
import { auditBook, sealBooks } from '../platform/seal/index.ts';
import { linesOf } from './print.ts';
import { verifyLedger } from './verify.ts';

let system: TestSystem;
let owner: Database;
let world: PaymentWorld;
let dataDir: string;
const anchors = () => join(dataDir, 'anchors');

beforeAll(async () => {
  system = await givenSystem();
  owner = createDatabase({ url: system.urls.owner, poolSize: 2 });
  dataDir = await mkdtemp(join(tmpdir(), 'wuye-verify-'));
});
afterAll(async () => {
  await rm(dataDir, { recursive: true });
  await owner.close();
  await system.close();
});

/** A month of a small company: bills, a wallet, the desk, a late success, a wrong amount. */
beforeEach(async () => {
  world = await paymentWorld(system);
  const unit = await world.bills(254_70, 80_00);
  await payByWallet(unit);
  const other = await world.bills(120_00);
  const billIds = other.bills.map(({ id }) => id);
  await takeDeskPayment(world.deps, {
    actor: world.staff,
    unitId: other.unitId,
    billIds,
    method: 'cash',
    amountFen: 120_00,
    idempotencyKey: newId(system.clock.now()),
  });
  await confirm(world.channel.payUnknown(`${world.shortCode}${'0'.repeat(25)}`, 33_00));
  await world.bills(66_00);
  await passDays(2);
  await seal();
});

async function payByWallet(unit: Awaited<ReturnType<PaymentWorld['bills']>>): Promise<void> {
  const { paymentId } = await startPayment(world.deps, world.wish(unit));
  const state = await system.deps.db.read(world.companyId, (tx) => paymentState(tx, paymentId));
  await confirm(world.channel.pay(state?.orderNo ?? ''));
}

async function confirm(trade: ReturnType<PaymentWorld['channel']['pay']>): Promise<void> {
  const { companyId } = world;
  await confirmPayment(world.deps, { companyId, source: 'notification', trade });
}

async function passDays(days: number): Promise<void> {
  system.clock.advance(days * 86_400_000);
  for (const task of ledgerTasks(system.deps)) await task.run();
}

async function seal(): Promise<void> {
  await sealBooks(system.deps, { books: [auditBook, ledgerBook], anchorDirectory: anchors() });
}

/** What is wrong with this company, as the command prints it. */
async function failures(): Promise<string[]> {
  const reports = await verifyLedger(owner, {
    anchorDirectory: anchors(),
    now: system.clock.now(),
  });
  const report = reports.filter(({ shortCode }) => shortCode === world.shortCode);
  expect(report).toHaveLength(1);
  return linesOf(report, 'zh').filter((line) => line.startsWith('      ✗'));
}

async function tamper(...statements: Statement[]): Promise<void> {
  await owner.transaction(world.companyId, async (tx) => {
    await tx.run(sql`set local session_replication_role = replica`);
    for (const statement of statements) expect(await tx.run(statement)).toBeGreaterThan(0);
  });
}

const ours = () => sql`company_id = ${world.companyId}`;
/** The transfer of the payment by wallet. */
const someTransfer = () => sql`${ours()} and id = (
  select t.id from ledger.transfer as t
  join ledger.posting as p on p.company_id = t.company_id and p.id = t.posting_id
  join ledger.account as a on a.company_id = t.company_id and a.id = t.debit_account_id
  where t.company_id = ${world.companyId} and p.kind = 'payment.collect' and a.kind = 'channel'
  order by t.id limit 1)`;

describe('clean books', () => {
  test('pass every check', async () => {
    expect(await failures()).toEqual([]);
  });
  test('pass while payments go on and before their seals', async () => {
    await payByWallet(await world.bills(10_00));
    expect(await failures()).toEqual([]);
  });
  test('show what was looked at, in Chinese and in English', async () => {
    const reports = await verifyLedger(owner, {
      anchorDirectory: anchors(),
      now: system.clock.now(),
    });
    const report = reports.filter(({ shortCode }) => shortCode === world.shortCode);
    const zh = linesOf(report, 'zh').join('\n');
    expect(zh).toContain('✓ 应收科目 = 未收账单：');
    expect(zh).toContain('✓ 渠道科目 = 已入账的收款与退款凭据：1 个科目，余额共 367.70 元');
    expect(zh).toContain('✓ 现金科目 = 前台现金收款：1 个科目，余额共 120.00 元');
    expect(zh).toContain('✓ 挂账科目 = 未处理的挂账：1 个科目，余额共 33.00 元');
    expect(zh).toContain('账务校验通过。');
    expect(linesOf(report, 'en').join('\n')).toContain('✓ Debits equal credits: ');
  });
});

describe('an edit by somebody with all rights is found:', () => {
  test('an amount in a transfer, which leaves debits equal to credits', async () => {
    await tamper(sql`update ledger.transfer set amount_fen = amount_fen + 1
      where ${someTransfer()}`);
    const found = (await failures()).join('\n');
    expect(found).toMatch(/channel:.*总账 367\.71 元，明细 367\.70 元/);
    expect(found).toMatch(/第 1 号封存第 \d+ 行（.*）被改动/);
    expect(found).toContain('已支付与记账金额不等');
    expect(found).toContain('日结余额与分录不一致');
  });
  test('the reason of a posting, which no balance shows', async () => {
    await tamper(
      sql`update ledger.posting set kind = 'billing.issued'
        where ${ours()} and kind = 'billing.issue' and id in (
          select posting_id from ledger.transfer where ${ours()} and amount_fen = 6600)`,
    );
    expect((await failures()).join('\n')).toMatch(/第 1 号封存第 \d+ 行（.*）被改动/);
  });
  test('a transfer that was deleted', async () => {
    await tamper(sql`delete from ledger.transfer where ${someTransfer()}`);
    const found = (await failures()).join('\n');
    expect(found).toMatch(/第 1 号封存第 \d+ 行（.*）被删除/);
    expect(found).toMatch(/凭证 payment\.collect:.* 没有分录/);
  });
  test('a transfer that was put in', async () => {
    const day = 86_400_000;
    const id = newId(new Date(system.clock.now().getTime() - 2 * day));
    await tamper(sql`
      insert into ledger.transfer select company_id, day, ${id}, posting_id, debit_account_id,
        credit_account_id, 500, posted_at
      from ledger.transfer where ${someTransfer()}`);
    const found = (await failures()).join('\n');
    expect(found).toContain(`${id} 未封存，但其后的记录已封存：该行是事后插入的`);
    expect(found).toContain('总账');
  });
  test('two transfers that changed days', async () => {
    await tamper(sql`update ledger.transfer set day = day - 1 where ${someTransfer()}`);
    expect((await failures()).join('\n')).toMatch(/第 1 号封存第 \d+ 行（.*）被删除/);
  });
  test('an account that got another code', async () => {
    await tamper(
      sql`update ledger.account set code = 'cash:' || gen_random_uuid(), kind = 'cash'
        where ${ours()} and kind = 'channel'`,
    );
    expect((await failures()).join('\n')).toMatch(/cash:.*明细 0\.00 元/);
  });
  test('an account that is gone', async () => {
    await tamper(sql`delete from ledger.account where ${ours()} and kind = 'channel'`);
    const found = (await failures()).join('\n');
    expect(found).toContain('不相等');
    expect(found).toMatch(/分录 .*缺少凭证或科目/);
  });
  test('the newest seal cut off with everything under it', async () => {
    await payByWallet(await world.bills(10_00));
    await seal();
    const last = sql`(select max(seal_no) from platform.seal where ${ours()} and book = 'ledger')`;
    await tamper(
      sql`delete from platform.sealed_row where ${ours()} and seal_no = ${last}
        and book = 'ledger'`,
      sql`delete from platform.seal where ${ours()} and seal_no = ${last} and book = 'ledger'`,
    );
    expect((await failures()).join('\n')).toContain('链尾被截断');
  });
  test('an audit entry in another name', async () => {
    await tamper(sql`update platform.audit_entry set actor_name = '别人' where ${ours()}`);
    expect((await failures()).join('\n')).toMatch(/第 1 号封存第 1 行（.*）被改动/);
  });
});

describe('a fact without its other half is found:', () => {
  test.each([
    [
      'a bill marked as paid by hand',
      () => sql`update billing.bill set paid_fen = 100 where ${ours()} and amount_fen = 6600`,
      ['receivable:', '的已收与支付不符'],
    ],
    [
      'a bill that was deleted',
      () => sql`delete from billing.bill where ${ours()} and amount_fen = 6600`,
      ['receivable:', 'revenue/deposit/agency:'],
    ],
    [
      'a paid payment without its posting',
      () => sql`update ledger.posting set source_id = gen_random_uuid()
        where ${ours()} and kind = 'payment.collect'`,
      ['已支付但没有记账', '凭证找不到对应业务'],
    ],
    [
      'a case closed without anything done',
      () => sql`update payment.surplus set state = 'resolved', resolved_at = opened_at,
        resolved_fen = amount_fen, resolution = '' where ${ours()}`,
      ['suspense：总账 33.00 元，明细 0.00 元'],
    ],
    [
      'a proof that was never booked',
      () => sql`delete from payment.proof_key where ${ours()} and outcome = 'surplus'`,
      ['的收款凭据未入账', 'channel:'],
    ],
    [
      'a proof whose amount was changed',
      () => sql`update payment.proof set amount_fen = 1 where ${ours()} and channel = 'cash'`,
      ['没有金额相同的凭据'],
    ],
    [
      'a published run that was never posted',
      () => sql`update ledger.posting set kind = 'billing.other'
        where ${ours()} and kind = 'billing.issue'`,
      ['已发布的账单没有记账'],
    ],
  ])('%s', async (_name, statement, expected) => {
    await tamper(statement());
    const found = (await failures()).join('\n');
    for (const words of expected) expect(found).toContain(words);
  });
});

test('the command prints the proof and ends with 0, or with 1 and what is wrong', async () => {
  const run = async (...args: string[]) => {
    const script = join(import.meta.dirname, '..', 'verify-ledger.ts');
    const env = { ...process.env, DATABASE_OWNER_URL: system.urls.owner, DATA_DIR: dataDir };
    const command = ['--import', 'tsx', script, ...args];
    return await promisify(execFile)(process.execPath, command, { env }).then(
      ({ stdout }) => ({ code: 0, output: stdout }),
      (error: { code: number; stdout: string }) => ({ code: error.code, output: error.stdout }),
    );
  };
  await owner.global.run(sql`delete from platform.sealed_row`);
  await owner.global.run(sql`delete from platform.seal`);
  await rm(anchors(), { recursive: true });
  await owner.global.run(sql`truncate ledger.transfer, ledger.posting, ledger.account_day,
    ledger.book, billing.bill, billing.bill_run, payment.payment, payment.proof,
    payment.proof_key, payment.surplus, platform.audit_entry cascade`);
  world = await paymentWorld(system);
  await payByWallet(await world.bills(12_34));
  await seal();
  const clean = await run();
  expect(clean.output).toContain('账务校验通过。');
  expect(clean.code).toBe(0);
  await tamper(sql`update ledger.transfer set amount_fen = 1 where ${someTransfer()}`);
  const broken = await run('--lang', 'en');
  expect(broken.output).toContain('The books do not hold');
  expect(broken.code).toBe(1);
});
