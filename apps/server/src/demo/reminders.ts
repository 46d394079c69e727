import { setTimeout as sleep } from 'node:timers/promises';
import { remindersTasks } from '../modules/reminders/index.ts';
import { dayOf } from '../platform/clock.ts';
import type { Deps } from '../platform/deps.ts';
import { derivedId } from '../platform/id.ts';
import type { DemoClient } from './client.ts';
import type { SimulatorPlace } from './simulated-accounts.ts';

const timeZone = 'Asia/Shanghai';
const planName = '物业费催缴';
const remindedHomes = 12;
const dayMs = 86_400_000;
/** The worker sends within seconds; in quiet hours nothing comes, and nobody waits longer. */
const waitMs = 6_000;

interface Bill {
  readonly id: string;
  readonly unitId: string;
  readonly dueOn: string;
  readonly openFen: number;
}

/**
 * A plan that prints notices today and sends tomorrow, and homes that were reminded by hand: some
 * have opened the message, some of those have paid.
 */
export async function ensureReminders(
  deps: Deps,
  client: DemoClient,
  place: SimulatorPlace & { readonly origin: string },
): Promise<void> {
  const plans = await client.get<{ items: { name: string }[] }>('/api/reminder-plans');
  if (plans.items.some(({ name }) => name === planName)) return;
  const late = await billsOf(client, 'overdue');
  const today = dayOf(deps.clock.now(), timeZone);
  const plan = { steps: stepsOf(today, late, await billsOf(client, 'open')), ...scopeOf(today) };
  const { id } = await client.post<{ id: string }>('/api/reminder-plans', plan);
  const unitIds = [...new Set(late.map(({ unitId }) => unitId))].slice(0, remindedHomes);
  if (unitIds.length > 0) {
    await client.post('/api/manual-reminders', {
      ...{ unitIds, audience: 'everybody', vias: ['wechat-subscription', 'push', 'sms'] },
      idempotencyKey: 'demo-remind-by-hand',
    });
  }
  await client.post(`/api/reminder-plans/${id}/activate`);
  for (const task of remindersTasks(deps)) if (task.name === 'reminders.plan') await task.run();
  await openSome(place);
  await paySome(client, late);
}

async function billsOf(client: DemoClient, state: string): Promise<Bill[]> {
  const { items } = await client.get<{ items: Bill[] }>(`/api/bills?state=${state}&limit=200`);
  return items;
}

function scopeOf(today: string) {
  return {
    ...{ name: planName, communityId: null, feeItemIds: [], startsOn: today, endsOn: null },
    ...{ minimumFen: 10_00, capCount: 4, capDays: 7 },
  };
}

/** Days that fit the bills of the demo, whatever day it is started on. */
function stepsOf(today: string, late: readonly Bill[], open: readonly Bill[]) {
  const tomorrow = after(today, 1);
  const lastLate =
    late
      .map(({ dueOn }) => dueOn)
      .sort()
      .at(-1) ?? after(today, -10);
  const future = open.map(({ dueOn }) => dueOn).find((dueOn) => dueOn > tomorrow);
  const ahead = future === undefined ? 3 : Math.min(60, between(tomorrow, future));
  const sinceLate = between(lastLate, tomorrow);
  const once = { repeatEveryDays: null, repeatTimes: 0, sendAt: '10:00', audience: 'everybody' };
  const vias = ['wechat-subscription', 'push', 'sms'];
  return [
    { ...once, id: stepId('before'), days: -ahead, vias },
    {
      ...once,
      ...{ id: stepId('after'), days: sinceLate % 7 || 7, vias: ['wechat-subscription', 'sms'] },
      ...{ repeatEveryDays: 7, repeatTimes: 12 },
    },
    {
      ...{ ...once, id: stepId('paper'), days: Math.max(1, sinceLate - 1), vias: [] },
      audience: 'print',
    },
  ];
}

const stepId = (name: string) => derivedId('demo.reminder-step', name);

function after(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

function between(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

/** Every second person who got a message follows its link. */
async function openSome(place: SimulatorPlace & { readonly origin: string }): Promise<void> {
  const codes = (await arrived(place)).filter((_, index) => index % 2 === 0);
  for (const code of codes) {
    await fetch(`${place.origin}/s/${code}`, {
      redirect: 'manual',
      headers: { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile' },
    });
  }
}

async function arrived({ simulatorUrl }: SimulatorPlace): Promise<string[]> {
  const untilMs = Date.now() + waitMs;
  let codes: string[] = [];
  while (codes.length < remindedHomes && Date.now() < untilMs) {
    await sleep(500);
    const answer = await fetch(`${simulatorUrl}/control/messages`);
    const text = await answer.text();
    codes = [...new Set([...text.matchAll(/\/s\/([\w-]+)/g)].map(([, code = '']) => code))];
  }
  return codes;
}

/** Some of those who opened it come to the desk. */
async function paySome(client: DemoClient, late: readonly Bill[]): Promise<void> {
  const { items } = await client.get<{ items: { unitId: string; openedAt: string | null }[] }>(
    '/api/reminders?state=released&limit=50',
  );
  const opened = items.filter(({ openedAt }) => openedAt !== null);
  for (const { unitId } of opened.filter((_, index) => index % 2 === 0)) {
    const bill = late.find((each) => each.unitId === unitId);
    if (!bill) continue;
    await client.post('/api/payments/desk', {
      ...{ unitId, billIds: [bill.id], method: 'cash', amountFen: bill.openFen },
      idempotencyKey: `demo-reminded-${bill.id}`,
    });
  }
}
