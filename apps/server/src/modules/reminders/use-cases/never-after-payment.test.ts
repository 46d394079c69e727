import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import {
  payAtDesk,
  pushProvider,
  type RemindersWorld,
  remindersWorld,
} from '../../../../test/reminders-builders.ts';
import { sql, type Tx } from '../../../platform/database/index.ts';
import type { DueMessage } from '../../messaging/index.ts';
import { startPayment } from '../../payment/index.ts';
import { reminderReleaser } from '../index.ts';

/** Payments at every instant between the planning of a reminder and its sending. */
const system = await givenSystem();
const provider = await pushProvider();
let world: RemindersWorld;
beforeEach(async () => {
  world = await remindersWorld(system, provider);
});
afterAll(async () => {
  await provider.close();
  await system.close();
});

test('a home that owes is reminded once, with the sum, and the link opens its bill', async () => {
  const home = await world.home(120_00);
  await world.plan();
  await world.planNow();
  await world.planNow();
  await world.sendNow();
  await world.sendNow();
  expect(world.pushes).toHaveLength(1);
  expect(world.pushes[0]).toMatchObject({
    token: `device-${home.resident.accountId}`,
    text: expect.stringContaining('120.00元'),
    link: expect.stringMatching(new RegExp(`/s/${world.shortCode}[2-9a-z]{13}$`)),
  });
  expect(await world.states()).toEqual(['released']);
});

describe('a payment is followed by no reminder', () => {
  const instants = ['before planning', 'planned', 'queued', 'at night', 'after a refusal'] as const;
  test.each(instants)('made %s', async (instant) => {
    const home = await world.home(120_00);
    await world.plan();
    const payAt = async (now: (typeof instants)[number]) => {
      if (now === instant) await payAtDesk(world, home);
    };
    await payAt('before planning');
    await planOnly(world);
    await payAt('planned');
    await world.planNow();
    await payAt('queued');
    if (instant === 'at night') {
      await quietNow(world);
      await world.sendNow();
      await payAt('at night');
      system.clock.advance(12 * 3_600_000);
    }
    if (instant === 'after a refusal') {
      world.refuse(1);
      await world.sendNow();
      await payAt('after a refusal');
    }
    await world.sendNow();
    system.clock.advance(3_600_000);
    await world.sendNow();
    expect(world.pushes).toEqual([]);
    if (instant !== 'at night') system.clock.advance(-3_600_000);
    else system.clock.advance(-13 * 3_600_000);
  });

  test('in a wallet: the reminder waits for its end, and is dropped when it is paid', async () => {
    const unit = await world.home(120_00);
    await world.plan();
    await world.planNow();
    const { paymentId } = await startPayment(world.deps, world.wish(unit));
    await world.sendNow();
    expect(world.pushes).toEqual([]);
    expect(await world.states()).toEqual(['queued']);
    expect(paymentId).toBeTruthy();
  });

  test('made at the moment of release: one waits for the other', async () => {
    const callers = 32;
    const homes = [];
    for (let turn = 0; turn < callers; turn += 1) homes.push(await world.home(100_00 + turn));
    await world.plan();
    await world.planNow();
    const due = await dueMessages(world);
    expect(due).toHaveLength(callers);
    const history: string[] = [];
    const slowly = (message: DueMessage) =>
      system.deps.db.transaction(world.companyId, async (tx) => {
        const answers = await reminderReleaser(system.deps).release(tx, [message]);
        const unitId = await unitOf(tx, message.subjectId);
        // As long as the transaction lasts, nobody can pay behind its back.
        await tx.run(sql`select pg_sleep(0.02)`);
        if (answers.get(message.id)?.kind === 'send') history.push(`sent ${unitId}`);
      });
    const paying = homes.map(async (home) => {
      await payAtDesk(world, home);
      history.push(`paid ${home.unitId}`);
    });
    await Promise.all([...paying, ...due.map(slowly)]);
    const late = homes.filter(({ unitId }) => {
      const sent = history.indexOf(`sent ${unitId}`);
      return sent > history.indexOf(`paid ${unitId}`);
    });
    expect(late).toEqual([]);
    await world.sendNow();
    expect(world.pushes).toEqual([]);
  });
});

async function planOnly({ companyId }: RemindersWorld): Promise<void> {
  const { planReminders } = await import('../index.ts');
  await planReminders(system.deps, companyId);
}

async function quietNow({ companyId }: RemindersWorld): Promise<void> {
  await system.deps.db.transaction(companyId, (tx) =>
    tx.run(sql`
      insert into messaging.setting (company_id, id, quiet_from, quiet_to, caps, updated_at)
      values (${companyId}, ${companyId}, '09:00', '20:00', '[]', ${system.clock.now()})`),
  );
}

function dueMessages({ companyId }: RemindersWorld): Promise<DueMessage[]> {
  return system.deps.db.read(companyId, (tx) =>
    tx.many(sql<DueMessage>`
      select id, purpose, subject_id as "subjectId", recipient_key as "recipientKey",
        template_key as "templateKey", due_at as "dueAt", expires_at as "expiresAt",
        false as "hasContent"
      from messaging.message where company_id = ${companyId} order by id`),
  );
}

async function unitOf(tx: Tx, reminderId: string): Promise<string> {
  const { unitId } = await tx.one(sql<{ unitId: string }>`
    select unit_id as "unitId" from reminders.reminder
    where company_id = ${tx.companyId} and id = ${reminderId}`);
  return unitId;
}
