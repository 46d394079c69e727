import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AutopayMandate, AutopayStopped } from '../../packages/contract/src/index.ts';
import { givenPayer, type Scene, startAutopayScene, type WalletChannel } from './autopay-scene.ts';

/** Whole stories: the app over HTTP, the real channels, the simulated wallets. */
let scene: Scene;
// Days pass hour by hour.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
beforeAll(async () => {
  scene = await startAutopayScene();
});
afterAll(() => scene.close());

describe.each<WalletChannel>(['wechat-pay', 'alipay'])('with %s', (channel) => {
  test('signed, told a day before, debited, posted; and again a month later', async () => {
    const payer = await givenPayer(scene, channel, [300_00, 200_00]);
    await payer.dueIn(3, 33);
    const asked = await payer.sign();
    expect(await payer.show(asked)).toMatchObject({ state: 'active', homes: [{ isLive: true }] });
    await scene.passHours(24);
    expect((await payer.show(asked)).next).toMatchObject({ amountFen: 300_00, canSkip: true });
    await scene.passHours(24 * 4);
    const [first] = await payer.debits(asked);
    expect(first).toMatchObject({
      state: 'paid',
      amountFen: 300_00,
      noticedAt: expect.any(String),
    });
    expect([await payer.openFen(), await payer.postedFen()]).toEqual([200_00, 300_00]);
    await scene.passHours(24 * 30);
    const states = (await payer.debits(asked)).map(({ state }) => state);
    expect(states).toEqual(['paid', 'paid']);
    expect([await payer.openFen(), await payer.postedFen()]).toEqual([0, 500_00]);
    await scene.checkPromises();
  });

  test('without money: tried again by calendar, each time told, then explained', async () => {
    const payer = await givenPayer(scene, channel, [300_00]);
    await payer.dueIn(3);
    const asked = await payer.sign();
    await payer.debitsAre(asked, 'no-money');
    await scene.passHours(24 * 17);
    const tries = (await payer.debits(asked)).reverse();
    expect(tries.map(({ tryNo, state }) => [tryNo, state])).toEqual(
      [1, 2, 3, 4].map((tryNo) => [tryNo, 'failed']),
    );
    for (const { note } of tries) expect(note?.zh).toContain('余额不足');
    expect((await payer.show(asked)).leftOut).toMatchObject([{ openFen: 300_00 }]);
    expect([await payer.openFen(), await payer.postedFen()]).toEqual([300_00, 0]);
    await scene.checkPromises();
  });

  test('stopped with one tap: nothing is debited, and the wallet has it ended', async () => {
    const payer = await givenPayer(scene, channel, [300_00]);
    await payer.dueIn(3);
    const asked = await payer.sign();
    await scene.passHours(24);
    expect(await payer.inWallet(asked)).toBe('on');
    const { mandate, stillUnderWay } = await payer.call<AutopayStopped>(
      'POST',
      `${asked.path}/stop`,
    );
    expect([mandate.state, stillUnderWay]).toEqual(['ended', null]);
    expect(await payer.inWallet(asked)).toBe('off');
    await scene.passHours(24 * 4);
    expect(await payer.openFen()).toBe(300_00);
    await scene.checkPromises();
  });

  test('ended in the wallet itself: no debit starts, and the app says why', async () => {
    const payer = await givenPayer(scene, channel, [300_00]);
    await payer.dueIn(3);
    const asked = await payer.sign();
    await scene.passHours(24);
    await payer.endInWallet(asked);
    await scene.passHours(24 * 4);
    expect(await payer.show(asked)).toMatchObject({ state: 'ended', stoppedBy: 'channel' });
    expect(await payer.openFen()).toBe(300_00);
    await scene.checkPromises();
  });

  test('given up, then signed all the same: ended there, never debited', async () => {
    const payer = await givenPayer(scene, channel, [300_00]);
    const asked = await payer.ask();
    await payer.call('POST', `${asked.path}/stop`);
    await payer.agree(asked);
    expect(await payer.inWallet(asked)).toBe('on');
    await payer.dueIn(3);
    await scene.passHours(24 * 5);
    expect(await payer.inWallet(asked)).toBe('off');
    expect(await payer.show(asked)).toMatchObject({ state: 'ended', stoppedBy: 'resident' });
    expect(await payer.debits(asked)).toEqual([]);
    expect(await payer.openFen()).toBe(300_00);
  });

  test('given up, then signed, with the wallet’s notice lost: it is found and ended', async () => {
    const payer = await givenPayer(scene, channel, [300_00]);
    const asked = await payer.ask();
    await payer.call('POST', `${asked.path}/stop`);
    await scene.control('POST', 'faults', { at: 'notify', fault: 'lost', channel, times: 9 });
    await payer.agree(asked);
    await scene.passHours(2);
    expect(await payer.inWallet(asked)).toBe('on');
    await payer.dueIn(3);
    await scene.passHours(24 * 2);
    await scene.control('DELETE', 'faults');
    await scene.passHours(24 * 3);
    expect(await payer.inWallet(asked)).toBe('off');
    expect(await payer.debits(asked)).toEqual([]);
    expect(await payer.openFen()).toBe(300_00);
  });

  test('a payer who walks away from the wallet’s page has agreed to nothing', async () => {
    const payer = await givenPayer(scene, channel, [300_00]);
    const asked = await payer.ask();
    await payer.agree(asked, 'cancel');
    const checked = await payer.call<AutopayMandate>('POST', `${asked.path}/check`);
    expect(checked.state).toBe('requested');
    await payer.dueIn(3);
    await scene.passHours(24 * 5);
    expect(await payer.show(asked)).toMatchObject({ state: 'ended', stoppedBy: 'unsigned' });
    expect(await payer.openFen()).toBe(300_00);
  });
});

test('skipped and taken back, a debit comes on its day; skipped for good, not', async () => {
  const payer = await givenPayer(scene, 'wechat-pay', [300_00]);
  const other = await givenPayer(scene, 'alipay', [200_00]);
  for (const each of [payer, other]) {
    await each.dueIn(3);
    const asked = await each.sign();
    await scene.passHours(1);
    const { next } = await each.show(asked);
    const path = `${asked.path}/debits/${next?.id}`;
    const skipped = await each.call<AutopayMandate>('POST', `${path}/skip`);
    expect(skipped.next).toBeNull();
    if (each === payer) await each.call('POST', `${path}/unskip`);
  }
  await scene.passHours(24 * 5);
  expect([await payer.openFen(), await other.openFen()]).toEqual([0, 200_00]);
  await scene.checkPromises();
});
