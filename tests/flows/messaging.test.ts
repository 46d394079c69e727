import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  phoneOfWallet,
  type Releaser,
  sendNow,
} from '../../apps/server/src/modules/messaging/index.ts';
import { givenSystem, type TestSystem } from '../../apps/server/test/harness.ts';
import { enqueue, givenProviders, reminder, standingOf, ways, work } from './messaging-scene.ts';

/** The server's adapters against the simulated providers, which check every signature. */
let system: TestSystem;
let scene: Awaited<ReturnType<typeof givenProviders>>;

beforeAll(async () => {
  // 10:00 in Shanghai: no quiet hours.
  system = await givenSystem({ at: '2026-11-24T02:00:00Z' });
  scene = await givenProviders(system, [
    ...['aliyun', 'tencent', 'mini', 'official', 'jpush', 'getui', 'smtp'],
  ]);
});
afterEach(async () => {
  await scene.control('DELETE', 'messages/faults');
});
afterAll(async () => {
  await scene.simulator.close();
  await system.close();
});

describe('a message arrives as its receiver would read it', () => {
  test('by SMS, with the link whole and its cost', async () => {
    await enqueue(system, reminder(system, 'sms01'));
    await work(system);
    expect(await scene.received('13900000001')).toMatchObject([
      {
        provider: 'aliyun-sms',
        body: '【春江物业】春江花园1栋2单元3012026年11月账单740.70元，2026年11月30日前缴纳 https://pay.example.com/s/sms01',
      },
    ]);
    expect(await standingOf(system, 'sms01')).toEqual({
      ...{ state: 'accepted', via: 'sms', reason: null, cost: '0.0900' },
    });
  });
  test.each([
    ['mini', ways.wechat, { body: '房号：1栋2单元301\n金额：740.70元\n缴费截止：2026年11月30日' }],
    ['official', ways.official, { link: 'https://pay.example.com/s/official' }],
    ['jpush', ways.jpush, { title: '物业费待缴', link: 'https://pay.example.com/s/jpush' }],
    ['getui', ways.getui, { title: '物业费待缴', link: 'https://pay.example.com/s/getui' }],
    ['mail', ways.email, { title: '物业费待缴', link: 'https://pay.example.com/s/mail' }],
  ] as const)('by %s', async (name, way, seen) => {
    await enqueue(system, reminder(system, name, { routes: [way] }));
    await work(system);
    const { to } = way;
    const receiver = 'openId' in to ? to.openId : 'token' in to ? to.token : to.address;
    expect(await standingOf(system, name)).toMatchObject({ state: 'accepted', via: way.via });
    expect(await scene.received(receiver)).toMatchObject([seen]);
  });
});

describe('when a provider says no', () => {
  const refuse = (provider: string, code: string) =>
    scene.fault({ provider, fault: 'refuse', code });

  test('an empty balance at one SMS provider sends by the other', async () => {
    await refuse('aliyun-sms', 'isv.AMOUNT_NOT_ENOUGH');
    await enqueue(system, reminder(system, 'empty', { routes: [way('13900000002')] }));
    await work(system);
    expect(await scene.received('13900000002')).toMatchObject([{ provider: 'tencent-sms' }]);
    await scene.advance(11 * 60_000);
  });
  test('who gave no consent in WeChat gets an SMS', async () => {
    await refuse('wechat', '43101');
    const routes = [ways.wechat, way('13900000003')];
    await enqueue(system, reminder(system, 'consent', { routes }));
    await work(system);
    expect(await standingOf(system, 'consent')).toMatchObject({ state: 'accepted', via: 'sms' });
    expect(await scene.received('13900000003')).toHaveLength(1);
  });
  test('an access token that ended is replaced once and the message leaves', async () => {
    await scene.fault({ provider: 'wechat', fault: 'token-expired' });
    await scene.fault({ provider: 'getui', fault: 'token-expired' });
    const device = { ...ways.getui, to: { ...ways.getui.to, token: 'getui-token' } };
    await enqueue(system, reminder(system, 'token-w', { routes: [ways.wechat] }));
    await enqueue(system, reminder(system, 'token-g', { routes: [device] }));
    await work(system);
    expect(await standingOf(system, 'token-w')).toMatchObject({ state: 'accepted' });
    expect(await standingOf(system, 'token-g')).toMatchObject({ state: 'accepted' });
  });
  test('a call too fast is tried again after a minute, not at once', async () => {
    await scene.fault({ provider: 'aliyun-sms', fault: 'throttled' });
    await enqueue(system, reminder(system, 'fast', { routes: [way('13900000004')] }));
    await work(system);
    expect(await standingOf(system, 'fast')).toMatchObject({ state: 'queued' });
    await scene.advance(61_000);
    await work(system);
    expect(await scene.received('13900000004')).toHaveLength(1);
  });
  test('a message that nobody takes ends as a failure that says why', async () => {
    const gone = { ...ways.jpush, to: { ...ways.jpush.to, token: 'gone-device' } };
    await enqueue(system, reminder(system, 'gone', { routes: [gone] }));
    await work(system);
    expect(await standingOf(system, 'gone')).toMatchObject({ state: 'failed', reason: '1011' });
  });
});

describe('when no clear answer comes', () => {
  test.each([
    ['Aliyun took it', 'connection-lost-after', 1],
    ['Aliyun never had it', 'connection-lost-before', 1],
  ])('%s: it is looked up, and arrives once', async (_name, fault, arrives) => {
    const phone = fault.endsWith('after') ? '13900000005' : '13900000006';
    await scene.fault({ provider: 'aliyun-sms', fault });
    await enqueue(system, reminder(system, fault, { routes: [way(phone)] }));
    await work(system);
    expect((await standingOf(system, fault)).state).toMatch(/uncertain|accepted/);
    for (const minutes of [2, 3, 5]) {
      await scene.advance(minutes * 60_000);
      await work(system);
    }
    expect(await standingOf(system, fault)).toMatchObject({ state: 'accepted' });
    expect(await scene.received(phone)).toHaveLength(arrives);
  });
  test.each(['jpush', 'getui'] as const)(
    'a push by %s is repeated under its own number, and arrives once',
    async (provider) => {
      const token = `${provider}-lost`;
      const route = { via: 'push', to: { kind: 'device', provider, token } } as const;
      await scene.fault({ provider, fault: 'server-error-after' });
      await enqueue(system, reminder(system, token, { routes: [route] }));
      await work(system);
      await scene.advance(61_000);
      await work(system);
      expect(await standingOf(system, token)).toMatchObject({ state: 'accepted' });
      expect(await scene.received(token)).toHaveLength(1);
    },
  );
  test('a provider that cannot be asked gets it once; after a day people decide', async () => {
    await scene.fault({ provider: 'wechat', fault: 'server-error-after' });
    const openId = 'o-unclear-01';
    const route = { ...ways.wechat, to: { ...ways.wechat.to, openId } };
    await enqueue(system, reminder(system, 'unclear', { routes: [route, ways.sms] }));
    await work(system);
    for (let hours = 0; hours < 30; hours += 5) {
      await scene.advance(5 * 3_600_000);
      await work(system);
    }
    expect(await standingOf(system, 'unclear')).toMatchObject({
      ...{ state: 'failed', reason: 'unclear' },
    });
    expect(await scene.received(openId)).toHaveLength(1);
  });
});

function way(phone: string) {
  return { via: 'sms', to: { kind: 'phone', phone } } as const;
}

test('a debt that is paid between planning and sending is not reminded of', async () => {
  const paid = new Set(['paid-1']);
  const releaser: Releaser = {
    purpose: 'reminder',
    release: async (_tx, due) =>
      new Map(
        due.map(({ id, subjectId }) => [
          id,
          paid.has(subjectId) ? { kind: 'drop', reason: 'paid' } : { kind: 'send' },
        ]),
      ),
  };
  await atTen();
  await enqueue(
    system,
    reminder(system, 'paid-1', { routes: [way('13900000007')] }),
    reminder(system, 'open-1', { routes: [way('13900000008')] }),
  );
  await work(system, [releaser]);
  expect(await standingOf(system, 'paid-1')).toMatchObject({ state: 'dropped', reason: 'paid' });
  expect(await scene.received('13900000007')).toEqual([]);
  expect(await scene.received('13900000008')).toHaveLength(1);
});

/** Moves on to ten in the morning in Shanghai. */
async function atTen(): Promise<void> {
  const now = system.clock.now();
  const next = new Date(`${now.toISOString().slice(0, 10)}T02:00:00Z`);
  const ms = next.getTime() - now.getTime();
  await scene.advance(ms > 0 ? ms : ms + 86_400_000);
}

test('in quiet hours nothing leaves; in the morning it does', async () => {
  await atTen();
  await scene.advance(11.5 * 3_600_000);
  const expiresAt = new Date(system.clock.now().getTime() + 6 * 3_600_000);
  await enqueue(
    system,
    reminder(system, 'night', { routes: [way('13900000009')] }),
    reminder(system, 'too-late', { routes: [way('13900000010')], expiresAt }),
  );
  await work(system);
  expect(await standingOf(system, 'night')).toMatchObject({
    state: 'queued',
    reason: 'quiet-hours',
  });
  expect(await standingOf(system, 'too-late')).toMatchObject({ state: 'dropped' });
  await scene.advance(10.6 * 3_600_000);
  await work(system);
  expect(await scene.received('13900000009')).toHaveLength(1);
  expect(await scene.received('13900000010')).toEqual([]);
});

test('one person gets three reminders a day, the fourth waits for the next', async () => {
  await atTen();
  const names = ['cap-1', 'cap-2', 'cap-3', 'cap-4'];
  const routes = [way('13900000011')];
  await enqueue(
    system,
    ...names.map((name) => reminder(system, name, { routes, recipientKey: 'account-cap' })),
  );
  await work(system);
  expect(await scene.received('13900000011')).toHaveLength(3);
  await scene.advance(24 * 3_600_000 + 60_000);
  await work(system);
  expect(await scene.received('13900000011')).toHaveLength(4);
});

test('a sign-in code leaves at once, in the night too, and once for one id', async () => {
  await atTen();
  await scene.advance(14 * 3_600_000);
  const { content, ...rest } = reminder(system, 'code-1', { routes: [ways.jpush] });
  const message = {
    ...rest,
    ...{ purpose: 'code', templateKey: 'code.sign-in' },
    content: {
      ...{ routes: content?.routes ?? [], language: 'zh' as const },
      variables: { code: '482915', minutes: '5' },
    },
  };
  const answers = [
    await sendNow(system.deps, system.companyId, message),
    await sendNow(system.deps, system.companyId, message),
  ];
  expect(answers).toEqual([
    { state: 'accepted', via: 'push' },
    { state: 'accepted', via: 'push' },
  ]);
  const codes = (await scene.received('jpush-anna')).filter(({ body }) => body.includes('482915'));
  expect(codes).toHaveLength(1);
});

test('WeChat tells the phone that a person agreed to give, once for a code', async () => {
  const { code } = await scene.control<{ code: string }>('POST', 'messages/phone-codes', {
    phone: '13900000012',
  });
  const ask = () =>
    phoneOfWallet(system.deps, system.companyId, {
      ...{ channel: 'wechat-pay', appId: 'wx000000000000mini', code },
    });
  expect(await ask()).toEqual({ phone: '13900000012' });
  expect(await ask()).toEqual({ failed: '40029' });
});
