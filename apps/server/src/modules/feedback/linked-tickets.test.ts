import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { type VisitorWorld, visitorWorld } from '../../../test/visitor-builders.ts';
import { noteOnTicket, replyToTicket } from './use-cases/answer-ticket.ts';

let system: TestSystem;
let world: VisitorWorld;
beforeAll(async () => {
  system = await givenSystem();
  world = await visitorWorld(system);
});
afterAll(async () => {
  await world.cashier.close();
  await system.close();
});
/** All of them come from one address, which may send so many forms in ten minutes. */
beforeEach(() => system.clock.advance(601_000));

describe('the page of a ticket', () => {
  test('shows what the office said, never its notes, and no names', async () => {
    const { browser, link, ticketId } = await world.asked();
    const note = { ticketId, idempotencyKey: 'a-note-1', text: '业主脾气大', photoIds: [] };
    await noteOnTicket(system.deps, { actor: world.staff, ...note });
    const reply = { ticketId, idempotencyKey: 'a-reply-1', text: '师傅下午到', photoIds: [] };
    await replyToTicket(system.deps, { actor: world.staff, ...reply, nextState: 'in-progress' });
    const { body, headers } = await browser.get(link);
    expect(headers['x-robots-tag']).toBe('noindex');
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toContain('师傅下午到');
    expect(body).toContain('<h1>处理中</h1>');
    expect(body).not.toMatch(/业主脾气大|客服小李|139\d|\*\*\*\*/);
  });

  test('speaks English and large type by one tap', async () => {
    const { browser, link } = await world.asked();
    const hop = await browser.get(`${link}?lang=en`);
    expect(hop.headers.location).toBe(link);
    await browser.get(`${link}?size=large`);
    const { body } = await browser.get(link);
    expect(body).toContain('<html lang="en" class="large">');
    expect(body).toContain('Add something or reply');
  });

  test('takes a reply with a photo, once however often it is sent', async () => {
    const { browser, link, ticketId } = await world.asked();
    const form = { key: world.nextKey(), text: '还是打不开', photo: [world.photo] };
    for (const _ of [1, 2]) {
      const answer = await browser.send(`${link}/messages`, form);
      expect(answer.headers.location).toBe(`${link}?done=saved`);
    }
    const said = (await world.seenByStaff(ticketId)).entries.filter(
      ({ kind }) => kind === 'message',
    );
    expect(said).toMatchObject([{ text: '还是打不开', photos: [{ width: 200 }] }]);
  });

  test('after the solution: rated once, no reply, reopened, and it goes on', async () => {
    const { browser, link, ticketId } = await world.asked();
    const done = { ticketId, idempotencyKey: 'a-reply-2', text: '修好了', photoIds: [] };
    await replyToTicket(system.deps, { actor: world.staff, ...done, nextState: 'resolved' });
    const late = await browser.send(`${link}/messages`, { key: world.nextKey(), text: '等等' });
    expect([late.statusCode, late.body.includes('已解决')]).toEqual([409, true]);
    const unrated = await browser.send(`${link}/rating`, { text: '' });
    expect([unrated.statusCode, unrated.body.includes('请先选择')]).toEqual([400, true]);
    await browser.send(`${link}/rating`, { score: '2', text: '拖了三天' });
    const twice = await browser.send(`${link}/rating`, { score: '5', text: '' });
    expect([twice.statusCode, twice.body.includes('您已评价过')]).toEqual([409, true]);
    expect(await world.seenByStaff(ticketId)).toMatchObject({ rating: 2, ratingText: '拖了三天' });
    await browser.send(`${link}/reopening`, { text: '又坏了' });
    expect((await world.seenByStaff(ticketId)).state).toBe('in-progress');
    expect((await browser.get(link)).body).toContain('您 · 重新打开');
  });

  test('can be withdrawn, which ends its dispute', async () => {
    const home = await world.cashier.home(254_70);
    const change = { bill: home.billIds[0] ?? '', category: world.category('dispute') };
    const { browser, link, ticketId } = await world.asked(change, home);
    await browser.send(`${link}/withdrawal`, {});
    const { state, dispute } = await world.seenByStaff(ticketId);
    expect([state, dispute?.answer]).toEqual(['closed', 'withdrawn']);
  });

  test('of a resident with an account has no link, and another company’s is unknown', async () => {
    const { browser, link } = await world.asked();
    await system.addCompany('other2');
    const foreign = link.replace(/\/t\/[a-z0-9]+-/, '/t/other2-');
    expect((await browser.get(foreign)).statusCode).toBe(404);
    expect((await browser.get('/t/nonsense')).statusCode).toBe(404);
    expect((await browser.get('/t/../etc-000000000000')).statusCode).toBe(404);
  });

  test('guessed thirty times, an address is asked to wait, even with the right code', async () => {
    const { link } = await world.asked();
    const guesser = { remoteAddress: '203.0.113.9' };
    const at = (url: string) => world.cashier.app.inject({ url, ...guesser });
    for (let count = 0; count < 30; count += 1) {
      expect((await at(link.replace(/.{4}$/, 'zzzz'))).statusCode).toBe(404);
    }
    const after = await at(link);
    expect([after.statusCode, after.body.includes('十分钟后再试')]).toEqual([429, true]);
    expect((await world.cashier.browser().get(link)).statusCode).toBe(200);
  });
});
