import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  confirmPayment,
  decideOnPolicy,
  paymentState,
  proposePolicy,
  startPayment,
} from '../src/modules/payment/index.ts';
import { createDatabase, type Database, sql } from '../src/platform/database/index.ts';
import { givenBills } from './billing-builders.ts';
import { tables } from './catalogue.ts';
import { givenSystem, type TestSystem } from './harness.ts';
import { fakeChannel, type PaymentWorld, payer, paymentWorld } from './payment-builders.ts';
import { refundStepsIn } from './refund-steps.ts';
import { appWithRoutes, sampleOf, type WalkedRoute } from './route-walk.ts';
import { brokenRules } from './statement-rules.ts';
import { fillCompany, givenMember, idsOf, type Member } from './two-companies.ts';

/**
 * Records every statement that the application sends while every route is called, every task of
 * the worker runs and payments are made, and applies the rules of statements to each.
 */
let system: TestSystem;
let owner: Database;
let app: FastifyInstance;
let member: Member;
/** Statements by the role that sent them. */
const sent = { app: new Set<string>(), jobs: new Set<string>() };

beforeAll(async () => {
  system = await givenSystem();
  owner = createDatabase({ url: system.urls.owner, poolSize: 2 });
  const walk = await appWithRoutes(system.deps);
  app = walk.app;
  member = await givenMember(system, app, { shortCode: 'jia', name: '甲方物业' });
  const refunding = await paymentWorld(system);
  system.deps.db.observer = (text) => sent.app.add(text);
  system.deps.jobsDb.observer = (text) => sent.jobs.add(text);
  await fillCompany(system, member.companyId);
  await payEveryWay();
  await refundEveryWay(refunding);
  const ids = await idsOf(owner, member.companyId);
  for (const optional of [false, true]) {
    for (const route of inOrder(walk.routes)) await call(route, ids, optional);
  }
  for (const task of walk.work.tasks) await task.run();
}, 120_000);
afterAll(async () => {
  await app.close();
  await owner.close();
  await system.close();
});

/** A payment that is paid, one that another payer takes over, money that fits nowhere. */
async function payEveryWay(): Promise<void> {
  const { companyId } = member;
  const channels = fakeChannel(system, companyId);
  const deps = { ...system.deps, channels };
  const unit = await givenBills(system, { companyId, amountsFen: [120_00, 80_00] });
  const wish = (name: string) => ({
    companyId,
    unitId: unit.unitId,
    billIds: unit.bills.map(({ id }) => id),
    payer: payer(name),
    product: 'jsapi' as const,
    source: 'cashier' as const,
  });
  await startPayment(deps, wish('甲'));
  const { paymentId } = await startPayment(deps, wish('乙'));
  const state = await system.deps.db.read(companyId, (tx) => paymentState(tx, paymentId));
  const confirm = (trade: ReturnType<typeof channels.pay>) =>
    confirmPayment(deps, { companyId, source: 'notification', trade });
  await confirm(channels.pay(state?.orderNo ?? ''));
  await confirm(channels.payUnknown(`jia${'0'.repeat(25)}`, 1_00));
}

/** Refunds that happen, fail, bounce, are found by asking, made without us, and by policy. */
async function refundEveryWay(world: PaymentWorld): Promise<void> {
  const steps = refundStepsIn(() => world);
  const { paymentId, unit, orderNo } = await steps.paid(120_00, 80_00);
  const ids = unit.bills.map(({ id }) => id);
  const refunded = async (amounts: number[], effect: 'reopen' | 'close') => {
    const { refundId } = await steps.ask(paymentId, ids, amounts, effect);
    await steps.approve(refundId);
    return await steps.refund(refundId);
  };
  world.channel.fail('refund', 'lost-before');
  const lost = await refunded([10_00], 'reopen');
  await steps.sweepAfter(31);
  await steps.notified(lost.refundNo);
  world.channel.refundMode = 'at-once';
  const { refundNo } = await refunded([0, 10_00], 'close');
  world.channel.failRefund(refundNo);
  await steps.tell({ lookAt: { orderNo, refundNo } });
  await steps.tell(world.channel.refundInConsole(orderNo, 1_00).raw);
  const proposal = { secondPayment: true, closedPayment: true, mostFen: 500_00, reason: '规则' };
  const { id } = await proposePolicy(world.deps, { actor: world.staff, ...proposal });
  await decideOnPolicy(world.deps, { actor: world.checker, policyId: id, to: 'active' });
  await steps.confirm(world.channel.pay(orderNo, { again: true }));
  await steps.work();
  await steps.quiet();
}

/** The route that ends the sessions of the only administrator comes last. */
function inOrder(routes: readonly WalkedRoute[]): WalkedRoute[] {
  const isLast = ({ url }: WalkedRoute) => Number(url === '/api/staff/:staffId');
  return [...routes].sort((a, b) => isLast(a) - isLast(b));
}

/** Whatever the answer: what counts is what was sent to the database. */
async function call(route: WalkedRoute, ids: ReadonlyMap<string, string>, optional: boolean) {
  if (['GET /api/live', 'DELETE /api/session'].includes(route.key) || route.url.endsWith('events'))
    return;
  const options = { idOf: (field: string) => ids.get(field), optional };
  const { body, querystring } = route.schema;
  const query = querystring ? (sampleOf(querystring, options) as Record<string, string>) : {};
  delete query.after;
  await app.inject({
    method: route.method,
    url: route.url.replaceAll(/:(\w+)/g, (_match, name: string) => ids.get(name) ?? 'none'),
    query,
    cookies: { wuye_session: member.token },
    ...(body && { payload: sampleOf(body, options) as object }),
  });
}

async function companyTables(): Promise<Set<string>> {
  const rows = await owner.global.many(sql<{ name: string }>`
    select name from ${tables} as t where kind = 'company'
    union select space.nspname || '.' || class.relname from pg_class as class
      join pg_namespace as space on space.oid = class.relnamespace
      join pg_attribute as col on col.attrelid = class.oid and col.attname = 'company_id'
      where class.relkind = 'v'`);
  return new Set(rows.map(({ name }) => name));
}

/**
 * The jobs' role finds across companies what is due, lists and counts; it locks and changes rows
 * company by company. Each line says which statements may leave the company out, and why.
 */
const acrossCompanies: readonly (readonly [start: RegExp, why: string])[] = [
  [/^select (distinct )?(binding\.)?company_id\b/, 'finds the companies that have work'],
  [/^select (id|count\(\*\))/, 'lists companies, or counts'],
  [/^select company\.short_code/, 'the newest seal of each company'],
  [/^delete from cashier\.used_login where used_at </, 'no fact depends on what is over'],
  [/^delete from resident\.(code|used_login|guard|session) where \w+ </, 'what is over, as well'],
];
const aboutTheCompany = ['names the company', 'says company_id'];

test('the walk reached the whole system', async () => {
  expect(sent.app.size).toBeGreaterThan(100);
  const all = [...sent.app, ...sent.jobs].join('\n');
  for (const table of ['billing.bill', 'payment.attempt', 'ledger.transfer', 'estate.unit']) {
    expect(all).toContain(table);
  }
});

test('every statement of the api keeps the rules', async () => {
  const company = await companyTables();
  const broken = [...sent.app].flatMap((text) =>
    brokenRules(text, { company }).map((rule) => `${rule}: ${text}`),
  );
  expect(broken).toEqual([]);
});

test('every statement of the jobs keeps them, or is named as one across companies', async () => {
  const company = await companyTables();
  const broken = [...sent.jobs].flatMap((text) =>
    brokenRules(text, { company })
      .filter((rule) => {
        const isNamed = acrossCompanies.some(([start]) => start.test(text.trim()));
        return !(isNamed && aboutTheCompany.some((start) => rule.startsWith(start)));
      })
      .map((rule) => `${rule}: ${text}`),
  );
  expect(broken).toEqual([]);
});
