import Fastify from 'fastify';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import {
  pushProvider,
  type RemindersWorld,
  remindersWorld,
} from '../../../../test/reminders-builders.ts';
import { sql } from '../../../platform/database/index.ts';
import { companyByShortCode } from '../../identity/index.ts';
import { addRemindersRoutes, openLink, rebuildEffect, remindersListeners } from '../index.ts';
import { showEffect } from './show-reminders.ts';

const system = await givenSystem();
const provider = await pushProvider();
const app = Fastify();
addRemindersRoutes(app, system.deps, { companyByShortCode });
let world: RemindersWorld;
beforeEach(async () => {
  world = await remindersWorld(system, provider);
});
afterAll(async () => {
  await app.close();
  await provider.close();
  await system.close();
});

const phone = 'Mozilla/5.0 (Linux; Android 14) Mobile MicroMessenger/8.0.50';
const pathOf = (link: string) => link.replace(/^https?:\/\/[^/]+/, '');
const open = (link: string, userAgent = phone, method: 'GET' | 'HEAD' = 'GET') =>
  app.inject({ method, url: pathOf(link), headers: { 'user-agent': userAgent } });
const effect = async () => (await showEffect(system.deps, world.companyId, {})).items;

async function sentTo(count: number) {
  const homes = [];
  for (let turn = 0; turn < count; turn += 1) homes.push(await world.home(100_00));
  await world.plan();
  await world.planNow();
  await world.sendNow();
  await world.hear();
  return homes;
}

const linkTo = (home: { resident: { accountId: string } } | undefined) =>
  world.pushes.find(({ token }) => token === `device-${home?.resident.accountId}`)?.link ?? '';

test('sent, opened and paid are counted once, by plan, step and way', async () => {
  const homes = await sentTo(3);
  const opened = await open(linkTo(homes[0]));
  expect(opened.statusCode).toBe(302);
  expect(opened.headers.location).toMatch(/^\/q\//);
  await open(linkTo(homes[0]));
  await open(linkTo(homes[1]), 'facebookexternalhit/1.1');
  await open(linkTo(homes[1]), phone, 'HEAD');
  system.clock.advance(3_600_000);
  await world.pay(homes[0] as never);
  system.clock.advance(30 * 3_600_000);
  await world.pay(homes[1] as never);
  system.clock.advance(60 * 3_600_000);
  await world.pay(homes[2] as never);
  await world.hear();
  expect(await effect()).toMatchObject([
    {
      ...{ via: 'push', stepDays: -1, sent: 3, delivered: 0, opened: 1, paid24h: 1, paid72h: 2 },
      ...{ collected24hFen: 100_00, collected72hFen: 200_00, costYuan: '0.00' },
    },
  ]);
  const counted = await effect();
  await rebuildEffect(system.deps, world.companyId);
  expect(await effect()).toEqual(counted);
  system.clock.advance(-91 * 3_600_000);
});

test('news that comes twice and in any order adds nothing', async () => {
  const homes = await sentTo(2);
  await open(linkTo(homes[1]));
  for (const home of homes) await world.pay(home);
  await world.hear();
  const counted = await effect();
  const events = await system.deps.jobsDb.global.many(sql<{
    companyId: string;
    topic: string;
    payload: Record<string, unknown>;
  }>`select company_id as "companyId", topic, payload from platform.outbox
    where company_id = ${world.companyId} order by id desc`);
  const listeners = remindersListeners(system.deps);
  for (const event of [...events, ...events]) {
    for (const [topic, listener] of listeners) {
      if (topic === event.topic) await listener({ ...event, id: '', tries: 1 });
    }
  }
  expect(await effect()).toEqual(counted);
  await rebuildEffect(system.deps, world.companyId);
  expect(await effect()).toEqual(counted);
});

test('a payment whose news overtakes that of the sending counts all the same', async () => {
  const home = await world.home(100_00);
  await world.plan();
  await world.planNow();
  await world.sendNow();
  system.clock.advance(60_000);
  await world.pay(home);
  const { paymentId } = await system.deps.jobsDb.global.one(sql<{ paymentId: string }>`
    select id as "paymentId" from payment.payment where company_id = ${world.companyId}`);
  const paid = remindersListeners(system.deps).find(([topic]) => topic === 'payment.paid');
  const event = { companyId: world.companyId, topic: 'payment.paid', id: '', tries: 1 };
  await paid?.[1]({ ...event, payload: { paymentId } });
  await world.hear();
  expect(await effect()).toMatchObject([{ sent: 1, paid24h: 1, collected24hFen: 100_00 }]);
});

test('a link that the app opens leads to the home’s code, and is counted', async () => {
  const [home] = await sentTo(1);
  const code = linkTo(home).split('/').at(-1) ?? '';
  const directory = { companyByShortCode };
  const roomCode = await openLink(system.deps, directory, { code, isPerson: true });
  expect(roomCode).toMatch(new RegExp(`^${world.shortCode}-`));
  expect((await open(linkTo(home))).headers.location).toBe(`/q/${roomCode}`);
  expect(await effect()).toMatchObject([{ sent: 1, opened: 1 }]);
});

test('a link ends after thirty days, and with the home', async () => {
  const homes = await sentTo(2);
  await system.deps.db.transaction(world.companyId, (tx) =>
    tx.run(sql`
      update resident.binding set ended_at = ${system.clock.now()}, ended_by = 'test',
        end_reason = 'moved'
      where company_id = ${tx.companyId} and unit_id = ${homes[0]?.unitId}`),
  );
  const moved = await open(linkTo(homes[0]));
  expect(moved.statusCode).toBe(410);
  expect(moved.body).toContain('链接已失效');
  expect((await open(linkTo(homes[1]))).statusCode).toBe(302);
  system.clock.advance(31 * 24 * 3_600_000);
  expect((await open(linkTo(homes[1]))).statusCode).toBe(410);
  system.clock.advance(-31 * 24 * 3_600_000);
});

test('a code that is wrong by one character opens nothing and tells nothing', async () => {
  const [home] = await sentTo(1);
  const link = linkTo(home);
  const wrong = link.slice(0, -1) + (link.endsWith('2') ? '3' : '2');
  for (const bad of [wrong, `${link}2`, link.replace(world.shortCode, 'nobody'), '/s/x']) {
    const answer = await open(bad);
    expect(answer.statusCode).toBe(404);
    expect(answer.body).not.toContain('1栋');
  }
});
