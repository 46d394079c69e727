import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { givenBills } from '../../../../test/billing-builders.ts';
import { type FeedbackWorld, feedbackWorld } from '../../../../test/feedback-builders.ts';
import { ticketStepsIn } from '../../../../test/feedback-steps.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { givenResident } from '../../../../test/resident-builders.ts';
import { sql } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { defaultSettings } from '../domain/settings.ts';
import { residentTicket } from '../queries/resident-tickets.ts';
import { ticketDetail } from '../queries/ticket-detail.ts';
import { listTickets, ticketCounts } from '../queries/tickets.ts';
import { addToTicket, noteOnTicket } from './answer-ticket.ts';
import { changeSettings } from './edit-settings.ts';
import { openAtDesk } from './open-at-desk.ts';
import { type NewTicketInput, openTicket } from './open-ticket.ts';
import { watchClocks } from './watch-clocks.ts';

let system: TestSystem;
let world: FeedbackWorld;
/** A Tuesday, ten in the morning. */
beforeAll(async () => {
  system = await givenSystem({ at: '2026-11-24T02:00:00Z' });
});
afterAll(() => system.close());
beforeEach(async () => {
  system.clock.set('2026-11-24T02:00:00Z');
  world = await feedbackWorld(system);
});
const steps = ticketStepsIn(
  () => system,
  () => world,
);
const { category, messagesOf, nextKey, opened, reply, reporter, seenByResident, seenByStaff } =
  steps;

describe('somebody reports something', () => {
  test('twice and thirty-two times at once with one key: it is one ticket', async () => {
    const wish = { idempotencyKey: 'the-same-key' };
    const ids = await Promise.all(Array.from({ length: 32 }, () => opened(wish)));
    expect(new Set([...ids, await opened(wish)]).size).toBe(1);
    const { items } = await listTickets(system.deps, { ...world.staff, readerId: '' });
    expect(items).toHaveLength(1);
  });

  test('with another text under the same key it is refused', async () => {
    await opened({ idempotencyKey: 'one-key-two-texts' });
    const again = opened({ idempotencyKey: 'one-key-two-texts', text: '水管漏水' });
    await expect(again).rejects.toThrow(/IDEMPOTENCY_KEY_REUSED/);
  });

  test('for a home that is not theirs it is refused, and nothing is kept', async () => {
    const other = await givenBills(system, { companyId: world.companyId, amountsFen: [1_00] });
    await expect(opened({ unitId: other.unitId })).rejects.toThrow(/HOME_NOT_BOUND/);
    const { items } = await listTickets(system.deps, { ...world.staff, readerId: '' });
    expect(items).toEqual([]);
  });

  test('the twenty-first of a day is asked to wait, and works again tomorrow', async () => {
    for (let count = 0; count < 20; count += 1) await opened();
    await expect(opened()).rejects.toThrow(/FEEDBACK_TOO_OFTEN/);
    system.clock.advance(86_400_000);
    await opened();
  });

  test('thirty-two at once by one account leave exactly twenty', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 32 }, () => opened()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  });

  test('a payment of somebody else’s home does not come with it', async () => {
    const ticketId = await opened({
      context: { paymentId: newId(system.clock.now()), page: 'pay' },
    });
    const { context } = await seenByStaff(ticketId);
    expect(context.map(({ value }) => value)).toEqual(['pay']);
  });

  test('an office that takes it down for somebody keeps the phone sealed', async () => {
    const { ticketId } = await openAtDesk(system.deps, {
      actor: world.staff,
      idempotencyKey: nextKey(),
      communityId: world.unit.communityId,
      categoryId: category('complaint'),
      reporter: '赵阿姨',
      phone: '13912345678',
      text: '楼上装修太吵',
      photoIds: [],
    });
    expect(await seenByStaff(ticketId)).toMatchObject({
      openedBy: '赵阿姨',
      phoneMasked: '139****5678',
      isReachable: true,
    });
    const row = await system.deps.jobsDb.global.one(sql<{ row: string }>`
      select t::text as row from feedback.ticket as t where id = ${ticketId}`);
    expect(row.row).not.toContain('13912345678');
  });
});

describe('who came by a room code', () => {
  const visit = (change: Partial<NewTicketInput> = {}) =>
    openTicket(system.deps, {
      companyId: world.companyId,
      idempotencyKey: nextKey(),
      source: 'scan',
      opener: {
        ...{ kind: 'payer', key: 'browser/a', addressKey: 'address/a' },
        ...{ isWallet: false, language: 'zh' },
      },
      unitId: world.unit.unitId,
      categoryId: category('payment'),
      phone: '13800000000',
      text: '付了钱没有反应',
      photoIds: [],
      ...change,
    });

  test('and is no wallet leaves a phone; a wallet need not', async () => {
    const { phone: _, ...without } = { phone: undefined };
    await expect(visit({ ...without, phone: undefined })).rejects.toThrow(/PHONE_MISSING/);
    await expect(visit({ phone: '12345' })).rejects.toThrow(/PHONE_WRONG/);
    const opener = {
      ...{ kind: 'payer' as const, key: 'wallet-hash', addressKey: 'address/b' },
      ...{ isWallet: true, language: 'zh' as const },
    };
    await visit({ opener, phone: undefined });
  });

  test('cannot flood the office: by browser, by address, by phone', async () => {
    for (let count = 0; count < 5; count += 1) await visit();
    await expect(visit()).rejects.toThrow(/FEEDBACK_TOO_OFTEN/);
    const other = (key: string) => ({
      opener: {
        ...{ kind: 'payer' as const, key, addressKey: 'address/a' },
        ...{ isWallet: false, language: 'zh' as const },
      },
    });
    await expect(visit(other('browser/b'))).rejects.toThrow(/FEEDBACK_TOO_OFTEN/);
    for (let count = 0; count < 5; count += 1) {
      await visit({ ...other(`browser/c${count}`), phone: '13800000001' });
    }
    const next = visit({ ...other('browser/d'), phone: '13800000002' });
    await expect(next).rejects.toThrow(/FEEDBACK_TOO_OFTEN/);
  });

  test('sees the ticket by its link and nothing internal; another link shows nothing', async () => {
    const { ticketId, accessCode } = await visit();
    const key = { idempotencyKey: nextKey(), photoIds: [] };
    await noteOnTicket(system.deps, { actor: world.staff, ticketId, text: '疑似骗子', ...key });
    const { companyId } = world;
    const reader = { accessCode: accessCode ?? '' };
    const shown = await residentTicket(system.deps, { companyId, reader });
    expect(JSON.stringify(shown)).not.toContain('疑似骗子');
    const wrong = residentTicket(system.deps, {
      companyId,
      reader: { accessCode: 'abcdefghjkmn' },
    });
    await expect(wrong).rejects.toThrow(/TICKET_NOT_FOUND/);
  });
});

describe('who may see it', () => {
  test('who opened it; not the family, not another company', async () => {
    const ticketId = await opened();
    const { companyId, unit } = world;
    const family = await givenResident(system, { companyId, unitIds: [unit.unitId] });
    await expect(seenByResident(ticketId, family.accountId)).rejects.toThrow(/TICKET_NOT_FOUND/);
    const strangers = await feedbackWorld(system);
    const elsewhere = ticketDetail(system.deps, { ...strangers.staff, ticketId });
    await expect(elsewhere).rejects.toThrow(/TICKET_NOT_FOUND/);
    for (const actor of [family.actor, strangers.resident.actor]) {
      const wish = { ticketId, idempotencyKey: nextKey(), text: '我也要说', photoIds: [] };
      const added = addToTicket(system.deps, { reporter: { kind: 'resident', actor }, ...wish });
      await expect(added).rejects.toThrow(/TICKET_NOT_FOUND/);
    }
  });
});

describe('the clocks', () => {
  test('first reply and solution are due in office time', async () => {
    system.clock.set('2026-11-24T09:30:00Z');
    const { firstReplyDueAt, resolveDueAt } = await seenByStaff(await opened());
    expect(firstReplyDueAt).toBe('2026-11-25T02:00:00.000Z');
    expect(resolveDueAt).toBe('2026-11-27T09:30:00.000Z');
  });

  test('stand still while the resident is waited for, and go on with the answer', async () => {
    const ticketId = await opened();
    const due = (await seenByStaff(ticketId)).resolveDueAt;
    system.clock.set('2026-11-24T04:00:00Z');
    await reply(ticketId, { nextState: 'waiting', text: '请问几楼？' });
    expect(await seenByStaff(ticketId)).toMatchObject({ state: 'waiting', resolveDueAt: null });
    system.clock.set('2026-12-01T04:00:00Z');
    await watchClocks(system.deps);
    expect((await seenByStaff(ticketId)).overdue).toBeNull();
    const words = { idempotencyKey: nextKey(), text: '三楼', photoIds: [] };
    await addToTicket(system.deps, { reporter: reporter(), ticketId, ...words });
    const after = await seenByStaff(ticketId);
    expect(after.state).toBe('in-progress');
    // A week of office days later than before, to the minute.
    const shifted = new Date(new Date(due ?? '').getTime() + 7 * 86_400_000).toISOString();
    expect(after.resolveDueAt).toBe(shifted);
  });

  test('that ran out is escalated once and mailed once, by however many workers', async () => {
    const ticketId = await opened();
    const settings = { ...defaultSettings, digestEmails: ['boss@example.com'] };
    await changeSettings(system.deps, { actor: world.staff, ...settings });
    system.clock.set('2026-11-24T06:00:00Z');
    await Promise.all(Array.from({ length: 8 }, () => watchClocks(system.deps)));
    await watchClocks(system.deps);
    const { entries, overdue } = await seenByStaff(ticketId);
    expect(overdue).toBe('first-reply');
    expect(entries.filter(({ kind }) => kind === 'escalated')).toHaveLength(1);
    expect(await messagesOf(ticketId)).toEqual([{ templateKey: 'feedback.overdue' }]);
    expect(
      await ticketCounts(system.deps, { ...world.staff, readerId: world.staff.id }),
    ).toMatchObject({
      overdue: 1,
    });
    expect((await seenByResident(ticketId)).entries).toHaveLength(1);
    system.clock.set('2026-11-30T06:00:00Z');
    await watchClocks(system.deps);
    const later = await seenByStaff(ticketId);
    expect(later.entries.filter(({ kind }) => kind === 'escalated')).toHaveLength(2);
  });

  test('a reply in time is no first reply late, however late the worker', async () => {
    const ticketId = await opened();
    await reply(ticketId);
    system.clock.set('2026-11-24T09:59:00Z');
    await watchClocks(system.deps);
    expect((await seenByStaff(ticketId)).entries.map(({ kind }) => kind)).not.toContain(
      'escalated',
    );
  });
});
