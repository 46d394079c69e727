import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type AutopayWorld,
  agree,
  autopayWorld,
  endInWallet,
} from '../../../../test/autopay-builders.ts';
import { autopaySteps, times } from '../../../../test/autopay-steps.ts';
import { givenSystem } from '../../../../test/harness.ts';
import { checkInvariants } from '../../../../test/payment-invariants.ts';
import { sql } from '../../../platform/database/index.ts';
import { skipDebit } from './skip-debit.ts';
import { stopAutopay } from './stop-autopay.ts';

const system = await givenSystem({ at: '2027-01-25T02:00:00Z' });
let world: AutopayWorld;
beforeEach(async () => {
  world = await autopayWorld(system);
});
afterAll(() => system.close());
const { announced, at, debits, dueIn, home, orders, pay, states, untilDue } = autopaySteps(
  system,
  () => world,
);

/** What the channel's own books say. */
const atChannel = (mandateId: string) =>
  system.deps.db.read(world.companyId, async (tx) => {
    const { state } = await tx.one(sql<{ state: string }>`
      select known.state from channels.pub_mandate as known
      join autopay.mandate as mandate on mandate.company_id = known.company_id
        and mandate.mandate_no = known.mandate_no
      where known.company_id = ${tx.companyId} and mandate.id = ${mandateId}`);
    return state;
  });

describe('a stop', () => {
  test('another person can neither skip, nor stop, nor see it', async () => {
    const { mandateId } = await announced(300_00);
    const [debit] = await debits();
    const stranger = await world.resident([]);
    const { actor } = stranger;
    const refused = { code: 'AUTOPAY_NOT_FOUND' };
    const skip = skipDebit(world.deps, { actor, mandateId, debitId: debit?.id ?? '' });
    await expect(skip).rejects.toMatchObject(refused);
    const stop = stopAutopay(world.deps, { actor, mandateId, by: 'resident', note: null });
    await expect(stop).rejects.toMatchObject(refused);
    await expect(world.show(stranger, mandateId)).rejects.toMatchObject(refused);
  });

  test('a stop is obeyed at once, though the channel does not confirm it for hours', async () => {
    const { who, mandateId } = await announced(300_00);
    world.wallet.answers.end.push(
      { state: 'unknown', reason: 'timeout' },
      { state: 'unknown', reason: 'timeout' },
    );
    await stopAutopay(world.deps, { actor: who.actor, mandateId, by: 'resident', note: null });
    expect((await world.show(who, mandateId)).state).toBe('stopping');
    await world.passHours(24 * 4, async () => pay());
    expect((await world.show(who, mandateId)).state).toBe('ended');
    expect([await states(), orders()]).toEqual([['dropped'], []]);
  });

  test('stopped before it was signed, then signed: ended there, never debited', async () => {
    const { billed, who } = await home(300_00);
    const mandateId = await world.ask(who, { homes: [billed] });
    await stopAutopay(world.deps, { actor: who.actor, mandateId, by: 'resident', note: null });
    expect((await world.show(who, mandateId)).state).toBe('ended');
    world.wallet.answers.end.push({ state: 'unknown', reason: 'timeout' });
    await agree(system, at(mandateId));
    await dueIn(3);
    await world.passHours(24 * 5, async () => pay());
    expect(world.wallet.ended).toHaveLength(2);
    expect(await atChannel(mandateId)).toBe('ended');
    expect(await world.show(who, mandateId)).toMatchObject({
      state: 'ended',
      stoppedBy: 'resident',
      homes: [{ isLive: false }],
    });
    expect([await states(), orders(), await world.messages()]).toEqual([[], [], []]);
  });

  test('ended in the wallet: no debit starts, the payer is told', async () => {
    const { who, mandateId } = await announced(300_00);
    await endInWallet(system, at(mandateId));
    await world.passHours(24 * 4, async () => pay());
    expect(orders()).toEqual([]);
    expect(await world.show(who, mandateId)).toMatchObject({
      state: 'ended',
      stoppedBy: 'channel',
    });
    expect(await world.messages()).toEqual(['notice', 'stopped']);
  });

  test('whoever leaves the home pays no more for it', async () => {
    const { who, mandateId } = await announced(300_00);
    await system.deps.db.transaction(world.companyId, (tx) =>
      tx.run(sql`update resident.binding set ended_at = ${system.clock.now()}, ended_by = 'staff',
        end_reason = '迁出' where company_id = ${tx.companyId}`),
    );
    await world.passHours(24 * 4, async () => pay());
    expect(orders()).toEqual([]);
    expect(await world.show(who, mandateId)).toMatchObject({ state: 'ended', stoppedBy: 'home' });
  });

  test('32 stops race a debit that is due: it is named, or never starts', async () => {
    const { who, mandateId } = await announced(300_00);
    await untilDue();
    const stop = () =>
      stopAutopay(world.deps, { actor: who.actor, mandateId, by: 'resident', note: null });
    const tries = times((index) => (index % 4 === 0 ? world.work() : stop()));
    const answers = await Promise.all(tries);
    await world.passHours(24 * 3, async () => pay());
    const named = answers.some((answer) => typeof answer === 'string');
    expect(orders().length).toBe(named ? 1 : 0);
    expect(await states()).toEqual([named ? 'paid' : 'dropped']);
    await checkInvariants(world, world.channel);
  });

  test('32 workers start one debit once', async () => {
    await announced(300_00);
    await untilDue();
    await Promise.all(times(() => world.work()));
    expect(world.channel.calls.prepay).toBe(1);
    await world.passHours(3, async () => pay());
    expect(await states()).toEqual(['paid']);
  });
});
