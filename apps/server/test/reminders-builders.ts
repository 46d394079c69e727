import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ReminderPlanInput, ReminderStep } from '@wuye-pay/contract';
import { messagingTasks } from '../src/modules/messaging/index.ts';
import { takeDeskPayment } from '../src/modules/payment/index.ts';
import {
  activatePlan,
  createPlan,
  reminderReleaser,
  remindersListeners,
  remindersTasks,
} from '../src/modules/reminders/index.ts';
import { createDatabase, sql } from '../src/platform/database/index.ts';
import type { Deps } from '../src/platform/deps.ts';
import { newId } from '../src/platform/id.ts';
import { dispatchDue, type Listener } from '../src/platform/outbox/index.ts';
import type { BilledUnit } from './billing-builders.ts';
import type { TestSystem } from './harness.ts';
import { givenPushAccount } from './messaging-builders.ts';
import { type PaymentWorld, paymentWorld } from './payment-builders.ts';
import { givenResident, type ResidentInTest } from './resident-builders.ts';

/** What the provider was told to show on a phone. */
export interface PushSeen {
  readonly token: string;
  readonly text: string;
  readonly link: string;
  /** The provider takes a number once. */
  readonly cid: string;
}

export interface RemindersWorld extends PaymentWorld {
  readonly pushes: PushSeen[];
  /** Refuses the next pushes for the reason of the recipient. */
  refuse(count: number): void;
  /** A home with bills and somebody bound to it, whose phone shows pushes. */
  home(...amountsFen: number[]): Promise<BilledUnit & { resident: ResidentInTest }>;
  /** An active plan of the whole company. */
  plan(change?: Partial<ReminderPlanInput>): Promise<string>;
  /** Plans, and puts messages into the queue. */
  planNow(): Promise<void>;
  /** Lets the queue work on what is due. */
  sendNow(): Promise<void>;
  /** Delivers news: of messages, and of payments. */
  hear(): Promise<void>;
  pay(home: BilledUnit): Promise<void>;
  states(): Promise<string[]>;
}

export function stepOf(change: Partial<ReminderStep> = {}): ReminderStep {
  return {
    id: randomUUID().replace(/-4/, '-8'),
    days: -1,
    repeatEveryDays: null,
    repeatTimes: 0,
    vias: ['push'],
    sendAt: '10:00',
    audience: 'everybody',
    ...change,
  };
}

export function planInput(change: Partial<ReminderPlanInput> = {}): ReminderPlanInput {
  return {
    name: `到期提醒 ${randomUUID().slice(0, 6)}`,
    communityId: null,
    feeItemIds: [],
    startsOn: '2026-01-01',
    endsOn: null,
    minimumFen: 0,
    capCount: 10,
    capDays: 30,
    steps: [stepOf()],
    ...change,
  };
}

/** One provider of pushes for all worlds of a test file. */
export async function pushProvider() {
  const pushes: PushSeen[] = [];
  const refusals = { left: 0 };
  const answer = (body: Buffer, response: ServerResponse) => {
    response.setHeader('content-type', 'application/json');
    if (refusals.left > 0) {
      refusals.left -= 1;
      response.statusCode = 400;
      response.end(JSON.stringify({ error: { code: 1011, message: 'no such device' } }));
      return;
    }
    const { audience, notification, cid } = JSON.parse(body.toString());
    const { alert, extras } = notification.android;
    pushes.push({ token: audience.registration_id[0], text: alert, link: extras.link, cid });
    response.end(JSON.stringify({ sendno: '0', msg_id: String(pushes.length) }));
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(Buffer.concat(chunks), response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ pushes, refusals, url: `http://127.0.0.1:${port}` },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

export type PushProvider = Awaited<ReturnType<typeof pushProvider>>;

export async function remindersWorld(
  system: TestSystem,
  provider: PushProvider,
): Promise<RemindersWorld> {
  const world = await paymentWorld(system);
  const { companyId, staff } = world;
  const { deps } = system;
  await givenPushAccount(system, { companyId, api: provider.url });
  const tokens = new Set<string>();
  const queue = messagingTasks(deps as never, { releasers: [reminderReleaser(deps)] });
  return {
    ...world,
    get pushes() {
      return provider.pushes.filter(({ token }) => tokens.has(token));
    },
    refuse(count) {
      provider.refusals.left = count;
    },
    async home(...amountsFen) {
      const unit = await world.bills(...amountsFen);
      const resident = await givenResident(system, { companyId, unitIds: [unit.unitId] });
      tokens.add(await givenDevice(system, resident));
      return { ...unit, resident };
    },
    async plan(change) {
      const plan = await createPlan(deps, { actor: staff, plan: planInput(change) });
      await activatePlan(deps, { actor: staff, reminderPlanId: plan.id });
      return plan.id;
    },
    planNow: () => runTasks(remindersTasks(deps), ['reminders.plan']),
    sendNow: () => runTasks(queue, ['messaging.release-1']),
    hear: () => hearAll(deps),
    pay: (home) => payAtDesk(world, home),
    states: () => statesOf(system, companyId),
  };
}

async function runTasks(
  tasks: readonly { name: string; run(): Promise<void> }[],
  names: readonly string[],
): Promise<void> {
  for (const task of tasks) if (names.includes(task.name)) await task.run();
}

async function hearAll(deps: Deps): Promise<void> {
  const listeners = new Map<string, Listener[]>();
  for (const [topic, listener] of remindersListeners(deps)) {
    listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
  }
  await dispatchDue({ db: deps.jobsDb, clock: deps.clock, log: deps.log, listeners });
}

export async function payAtDesk(
  { deps, staff }: Pick<PaymentWorld, 'deps' | 'staff'>,
  { unitId, bills }: BilledUnit,
): Promise<void> {
  await takeDeskPayment(deps, {
    actor: staff,
    unitId,
    billIds: bills.map(({ id }) => id),
    method: 'cash',
    amountFen: bills.reduce((total, { amountFen }) => total + amountFen, 0),
    idempotencyKey: randomUUID(),
  });
}

async function givenDevice(
  system: TestSystem,
  { actor, accountId }: ResidentInTest,
): Promise<string> {
  const at = system.clock.now();
  const token = `device-${accountId}`;
  await system.deps.db.transaction(actor.companyId, (tx) =>
    tx.run(sql`
      insert into resident.device (company_id, id, account_id, provider, token, created_at,
        last_seen_at)
      values (${tx.companyId}, ${newId(at)}, ${accountId}, 'jpush', ${token}, ${at},
        ${at})`),
  );
  return token;
}

async function statesOf(system: TestSystem, companyId: string): Promise<string[]> {
  const rows = await system.deps.db.read(companyId, (tx) =>
    tx.many(sql<{ said: string }>`
      select concat_ws(' ', state, reason) as said from reminders.reminder
      where company_id = ${companyId} order by id`),
  );
  return rows.map(({ said }) => said);
}

/** A plan and a notice to print, for whoever walks all routes. */
export async function givenReminders(
  system: TestSystem,
  { companyId, unitId }: { companyId: string; unitId: string },
): Promise<void> {
  const { deps, clock } = system;
  const step = stepOf({ audience: 'print', vias: [] });
  const plan = await createPlan(deps, {
    actor: { ...system.staff, companyId },
    plan: planInput({ name: '甲方费催缴', steps: [step] }),
  });
  const at = clock.now();
  await deps.db.transaction(companyId, (tx) =>
    tx.run(sql`
      insert into reminders.reminder (company_id, id, plan_id, step_id, community_id, unit_id, day,
        due_on, is_overdue, audience, vias, fee_item_ids, state, planned_fen, due_at, expires_at,
        created_at)
      select unit.company_id, ${newId(at)}, ${plan.id}, ${step.id}, unit.community_id, unit.id,
        '2026-11-24', '2026-11-25', false, 'print', '{}', '{}', 'to-print', 12000, ${at}, ${at},
        ${at}
      from estate.pub_unit as unit
      where unit.company_id = ${companyId} and unit.id = ${unitId}`),
  );
}

/** Somebody disputes the first of the bills; the ticket behind it is left out. */
export async function givenDispute(
  system: TestSystem,
  companyId: string,
  { unitId, communityId, bills }: BilledUnit,
): Promise<void> {
  const owner = createDatabase({ url: system.urls.owner, poolSize: 1 });
  const at = system.clock.now();
  await owner.transaction(companyId, async (tx) => {
    await tx.run(sql`set local session_replication_role = replica`);
    await tx.run(sql`
      insert into feedback.dispute (company_id, id, bill_id, unit_id, community_id, opened_at)
      values (${companyId}, ${newId(at)}, ${bills[0]?.id}, ${unitId}, ${communityId}, ${at})`);
  });
  await owner.close();
}
