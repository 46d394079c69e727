import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type FeedbackWorld,
  feedbackWorld,
  givenColleague,
} from '../../../../test/feedback-builders.ts';
import { ticketStepsIn } from '../../../../test/feedback-steps.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { changeRouting, saveCanned, saveCategory } from './edit-settings.ts';
import { rateTicket, reopenTicket } from './rate-ticket.ts';
import { watchClocks } from './watch-clocks.ts';
import { assignTicket, moveToCategory, setTicketState, workOnMany } from './work-on-ticket.ts';

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
const { category, messagesOf, opened, reply, reporter, seenByResident, seenByStaff } = steps;

describe('the way of a ticket', () => {
  test('is routed by community and category to a person, who has it assigned', async () => {
    await changeRouting(system.deps, {
      actor: world.colleague,
      communityId: world.unit.communityId,
      categoryId: category('repair'),
      roleId: null,
      staffId: world.staff.id,
      firstReplyMinutes: 30,
      resolveMinutes: null,
    });
    const ticketId = await opened();
    expect(await seenByStaff(ticketId)).toMatchObject({
      state: 'assigned',
      assigneeName: '客服小李',
      firstReplyDueAt: '2026-11-24T02:30:00.000Z',
    });
    expect(await seenByStaff(await opened({ categoryId: category('complaint') }))).toMatchObject({
      state: 'new',
      assigneeName: null,
    });
  });

  test('nobody of another company can be given a ticket', async () => {
    const stranger = await givenColleague(system, await system.addCompany('s1'), '外人');
    const ticketId = await opened();
    const assignment = { actor: world.staff, ticketId, roleId: null, assigneeId: stranger.id };
    await expect(assignTicket(system.deps, assignment)).rejects.toThrow(/RECEIVER_UNKNOWN/);
  });

  test('answered, resolved, rated once; the resident hears of each step once', async () => {
    const ticketId = await opened();
    const same = { idempotencyKey: 'one-reply-twice' };
    await Promise.all([reply(ticketId, same), reply(ticketId, same), reply(ticketId, same)]);
    await reply(ticketId, { nextState: 'resolved', text: '已修好' });
    expect(await messagesOf(ticketId)).toEqual([
      { templateKey: 'feedback.replied' },
      { templateKey: 'feedback.done' },
    ]);
    const rating = { reporter: reporter(), ticketId, score: 5, text: '很快' };
    const rated = await Promise.allSettled(
      Array.from({ length: 32 }, () => rateTicket(system.deps, rating)),
    );
    expect(rated.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { entries, rating: shown } = await seenByResident(ticketId);
    expect(shown).toEqual({ score: 5, text: '很快' });
    expect(entries.filter(({ text }) => text === '已安排师傅')).toHaveLength(1);
  });

  test('is not rated before it is resolved', async () => {
    const rating = { reporter: reporter(), ticketId: await opened(), score: 1, text: '' };
    await expect(rateTicket(system.deps, rating)).rejects.toThrow(/TICKET_STATE_WRONG/);
  });

  test('reopened within a week with a new deadline, closed by itself after it', async () => {
    const ticketId = await opened();
    await reply(ticketId, { nextState: 'resolved' });
    system.clock.set('2026-11-30T02:00:00Z');
    await reopenTicket(system.deps, { reporter: reporter(), ticketId, text: '又坏了' });
    expect(await seenByStaff(ticketId)).toMatchObject({
      state: 'in-progress',
      reopenedCount: 1,
      resolveDueAt: '2026-12-03T02:00:00.000Z',
    });
    await setTicketState(system.deps, { actor: world.staff, ticketId, action: 'resolve' });
    system.clock.set('2026-12-08T02:00:00Z');
    await watchClocks(system.deps);
    expect((await seenByStaff(ticketId)).state).toBe('closed');
    const late = reopenTicket(system.deps, { reporter: reporter(), ticketId, text: '还是坏' });
    await expect(late).rejects.toThrow(/REOPEN_TOO_LATE/);
  });

  test('two colleagues at once: one closes it, the other is told that it ended', async () => {
    const ticketId = await opened();
    const outcomes = await Promise.allSettled([
      setTicketState(system.deps, { actor: world.staff, ticketId, action: 'close' }),
      reply(ticketId, { actor: world.colleague, nextState: 'resolved' }),
    ]);
    const { state, entries } = await seenByStaff(ticketId);
    expect(['closed', 'resolved']).toContain(state);
    expect(entries.filter(({ kind }) => kind !== 'opened').length).toBe(
      outcomes.filter(({ status }) => status === 'fulfilled').length,
    );
  });

  test('another category brings its hours and its receiver; a dispute is none', async () => {
    const ticketId = await opened();
    const move = { actor: world.staff, ticketId, categoryId: category('payment') };
    await moveToCategory(system.deps, move);
    expect(await seenByStaff(ticketId)).toMatchObject({
      category: { zh: '缴费问题' },
      resolveDueAt: '2026-11-25T02:00:00.000Z',
    });
    const dispute = { ...move, categoryId: category('dispute') };
    await expect(moveToCategory(system.deps, dispute)).rejects.toThrow(/CATEGORY_UNKNOWN/);
  });

  test('many at once: what cannot be done is named, the rest is done', async () => {
    const [one, two] = [await opened(), await opened()];
    await reply(two, { nextState: 'resolved' });
    const assigneeId = world.colleague.id;
    const bulk = {
      actor: world.staff,
      ticketIds: [one, two],
      action: 'assign' as const,
      assigneeId,
    };
    const { done, left } = await workOnMany(system.deps, bulk);
    expect(done).toBe(1);
    expect(left).toEqual([
      { ticketNo: (await seenByStaff(two)).ticketNo, reason: expect.anything() },
    ]);
    expect(await seenByStaff(one)).toMatchObject({ state: 'assigned', assigneeName: '经理老王' });
  });
});

describe('settings', () => {
  test('a retired category is not offered; a canned answer knows its variables', async () => {
    const fields = { name: '报修', nameEn: 'Repair', isActive: false, sortNo: 30 };
    const hours = { roleId: null, staffId: null, firstReplyMinutes: 60, resolveMinutes: 600 };
    const categoryId = category('repair');
    await saveCategory(system.deps, { actor: world.staff, categoryId, ...fields, ...hours });
    await expect(opened()).rejects.toThrow(/CATEGORY_UNKNOWN/);
    const canned = { title: '收到', text: '{name}您好', textEn: '', categoryId: null };
    const saved = saveCanned(system.deps, { actor: world.staff, ...canned });
    await expect(saved).rejects.toThrow(/CANNED_VARIABLE_UNKNOWN/);
  });
});
