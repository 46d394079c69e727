import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { linkOf, type VisitorWorld, visitorWorld } from '../../../test/visitor-builders.ts';
import { sql } from '../../platform/database/index.ts';
import { answerDispute } from './use-cases/answer-dispute.ts';

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

describe('somebody with a question about the page behind the room code', () => {
  test('finds the way to ask beside every bill, and the bill comes along by itself', async () => {
    const home = await world.cashier.home(254_70, 120_00);
    const payer = world.cashier.browser();
    await payer.logIn(home.roomCode, 'code-asker');
    const { body } = await payer.get(`/q/${home.roomCode}`);
    const links = [...body.matchAll(/href="([^"]*\/ask[^"]*)"/g)].map(([, href]) => href ?? '');
    expect(links).toHaveLength(3);
    const ofBill = links.find((href) => href.includes(`bill=${home.billIds[0]}`)) ?? '';
    const form = await payer.get(ofBill);
    expect(form.body).toContain('关于账单：2026年10月');
    expect(form.body).toMatch(/<option value="[^"]*" selected>账单异议/);
    expect(form.body).toMatch(/手机号（选填）/);
    expect(form.body).not.toContain('王小明');
  });

  test('who is known by nothing has to leave a phone, and keeps what was written', async () => {
    const home = await world.cashier.home(100_00);
    const browser = world.phoneAt();
    expect((await browser.get(`/q/${home.roomCode}/ask`)).body).not.toContain('（选填）</');
    const answer = await browser.send(`/q/${home.roomCode}/ask`, world.filled({ phone: '' }));
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toMatch(/role="alert">请填写手机号/);
    expect(answer.body).toContain('单元门禁打不开</textarea>');
    expect(await world.ticketsOf(home.label)).toEqual([]);
  });

  test('the error and the payment that were on the page reach the office', async () => {
    const home = await world.cashier.home(100_00);
    const about = 'error=PAYING_TOO_OFTEN';
    const form = await world.phoneAt().get(`/q/${home.roomCode}/ask?${about}`);
    expect(form.body).toMatch(/<option value="[^"]*" selected>缴费问题/);
    expect(form.body).toContain('name="error" value="PAYING_TOO_OFTEN"');
    const { ticketId } = await world.asked({ error: 'PAYING_TOO_OFTEN' }, home);
    const { context, source } = await world.seenByStaff(ticketId);
    expect(source).toBe('scan');
    expect(context.map(({ value }) => value)).toEqual(['PAYING_TOO_OFTEN', '扫码页']);
  });

  test('a photo comes with it, made anew, and is seen by the link only', async () => {
    const { browser, link, ticketId } = await world.asked({ photo: [world.photo] });
    const { entries } = await world.seenByStaff(ticketId);
    const photoId = entries[0]?.photos[0]?.id ?? '';
    const shown = await browser.get(`${link}/photos/${photoId}`);
    expect([shown.statusCode, shown.headers['content-type']]).toEqual([200, 'image/jpeg']);
    expect(shown.rawPayload.includes('SecretPhone')).toBe(false);
    const other = await world.asked();
    expect((await browser.get(`${other.link}/photos/${photoId}`)).statusCode).toBe(404);
  });

  test('a page that calls itself a photo, four photos and one of 13 MB are refused', async () => {
    const home = await world.cashier.home(100_00);
    const send = (photos: Buffer[]) =>
      world.phoneAt().send(`/q/${home.roomCode}/ask`, world.filled({ photo: photos }));
    const wrong = await send([Buffer.from('<svg onload="alert(1)"/>')]);
    expect([wrong.statusCode, wrong.body.includes('只能上传图片')]).toEqual([400, true]);
    const many = await send([world.photo, world.photo, world.photo, world.photo]);
    expect([many.statusCode, many.body.includes('最多上传 3 张')]).toEqual([400, true]);
    expect(many.body).toContain('单元门禁打不开</textarea>');
    const large = await send([Buffer.alloc(13 * 1024 * 1024, 0xff)]);
    expect([large.statusCode, large.body.includes('超过 12 MB')]).toEqual([413, true]);
    expect(await world.ticketsOf(home.label)).toEqual([]);
  });

  test('photos that came are not asked for again when something else was wrong', async () => {
    const home = await world.cashier.home(100_00);
    const browser = world.phoneAt();
    const first = await browser.send(
      `/q/${home.roomCode}/ask`,
      world.filled({ phone: '123', photo: [world.photo] }),
    );
    expect(first.body).toContain('已上传 1 张照片');
    const photoId = [...first.body.matchAll(/name="photoId" value="([^"]*)"/g)].map(([, id]) => id);
    const again = await browser.send(
      `/q/${home.roomCode}/ask`,
      world.filled({ photoId: photoId.map(String) }),
    );
    expect(again.statusCode).toBe(303);
    const [ticket] = await world.ticketsOf(home.label);
    expect((await world.seenByStaff(ticket?.id ?? '')).entries[0]?.photos).toHaveLength(1);
  });

  test('script in the text stays text, on their page and on ours', async () => {
    const text = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>';
    const { browser, link } = await world.asked({ text });
    const { body, headers } = await browser.get(link);
    expect(body).not.toMatch(/<script>alert|<img src=x/);
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(String(headers['content-security-policy'])).not.toMatch(/unsafe|\*/);
  });

  test('tapped thirty-two times at once with one form: it is one ticket', async () => {
    const home = await world.cashier.home(100_00);
    const browser = world.phoneAt();
    await browser.get(`/q/${home.roomCode}/ask`);
    const form = world.filled({ photo: [world.photo] });
    const answers = await Promise.all(
      Array.from({ length: 32 }, () => browser.send(`/q/${home.roomCode}/ask`, form)),
    );
    const taken = answers.filter(({ statusCode }) => statusCode === 303);
    expect(taken.length).toBeGreaterThanOrEqual(30);
    expect(new Set(taken.map(linkOf)).size).toBe(1);
    expect(await world.ticketsOf(home.label)).toHaveLength(1);
  });
});

describe('a bill of theirs', () => {
  test('can be disputed from the page, is then unticked there, and can be paid', async () => {
    const home = await world.cashier.home(254_70, 120_00);
    const [billId = ''] = home.billIds;
    const { link } = await world.asked({ bill: billId, category: world.category('dispute') }, home);
    const payer = world.cashier.browser();
    await payer.logIn(home.roomCode, 'code-disputer');
    const { body } = await payer.get(`/q/${home.roomCode}`);
    expect(body).toContain('异议处理中');
    expect(body.match(/type="checkbox"[^>]* checked/g)).toHaveLength(1);
    expect(body).toContain('<button>确认支付 ¥120.00</button>');
    expect((await payer.get(link)).body).toContain('账单异议：2026年10月');
    const paid = await payer.post(`/q/${home.roomCode}/pay`, { billIds: [billId] });
    expect(paid.statusCode).toBe(200);
  });

  test('that is another home’s cannot be disputed, and is not shown', async () => {
    const neighbour = await world.cashier.home(99_00);
    const home = await world.cashier.home(100_00);
    const [theirs = ''] = neighbour.billIds;
    const form = await world.phoneAt().get(`/q/${home.roomCode}/ask?bill=${theirs}`);
    expect(form.body).not.toContain('关于账单');
    const answer = await world
      .phoneAt()
      .send(
        `/q/${home.roomCode}/ask`,
        world.filled({ bill: theirs, category: world.category('dispute') }),
      );
    expect(answer.statusCode).toBe(404);
    const open = await system.deps.jobsDb.global.many(sql`
      select id from feedback.dispute where bill_id = ${theirs}`);
    expect(open).toEqual([]);
  });

  test('the page says how the dispute was answered, and the bill is as before', async () => {
    const home = await world.cashier.home(254_70);
    const change = { bill: home.billIds[0] ?? '', category: world.category('dispute') };
    const { link, ticketId, browser } = await world.asked(change, home);
    expect((await browser.get(link)).body).toContain('物业还没有答复');
    await answerDispute(system.deps, {
      ...{ actor: world.staff, ticketId, idempotencyKey: 'answer-by-link' },
      ...{ answer: 'explanation', text: '面积按产权证 98 平方米计' },
    });
    const { body } = await browser.get(link);
    expect(body).toContain('物业已说明，账单不变');
    expect(body).toContain('面积按产权证 98 平方米计');
  });
});

describe('limits', () => {
  test('one phone opens five a day, whatever browser it uses', async () => {
    const phone = '13700000001';
    const outcomes = [];
    for (let count = 0; count < 6; count += 1) {
      const home = await world.cashier.home(100_00);
      const answer = await world.phoneAt().send(`/q/${home.roomCode}/ask`, world.filled({ phone }));
      outcomes.push(answer.statusCode);
    }
    expect(outcomes).toEqual([303, 303, 303, 303, 303, 429]);
  });
});
