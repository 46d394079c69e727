import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { amountFen, minute, startScene, type UnionPayAccount } from './union-pay-scene.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => scene.control('DELETE', 'faults'));
afterAll(() => scene.close());

interface FileOfSimulator {
  readonly lines: readonly {
    readonly kind: string;
    readonly outTradeNo: string;
    readonly tradeNo: string;
    readonly outRefundNo: string | null;
    readonly amountFen: number;
    readonly feeYuan: string;
  }[];
  readonly totalFen: number;
  readonly refundedFen: number;
  readonly feeYuan: string;
}

describe.each(['certificate', 'qr'] as const)('the statement of a day, with a %s', (way) => {
  let account: UnionPayAccount;
  let day: string;
  let tooEarly: unknown;
  beforeAll(async () => {
    account = await scene.givenAccount(way);
    day = new Date(scene.system.clock.now().getTime() + 9 * 3_600_000).toISOString().slice(0, 10);
    await scene.paidOrder(account);
    const part = await scene.refundOf(account, await scene.paidOrder(account), 54_70);
    await part.send();
    const whole = await scene.refundOf(account, await scene.paidOrder(account), amountFen);
    await whole.send();
    await scene.advance(2 * minute);
    tooEarly = await scene.statement(account, day);
    await scene.advance(24 * 60 * minute);
  });

  test('is not ready before the day is over', async () => {
    expect(tooEarly).toMatchObject({ state: 'not-ready' });
    await scene.arm(account.channel, 'statement', 'statement-not-ready');
    expect(await scene.statement(account, day)).toMatchObject({ state: 'not-ready' });
  });

  test('says line by line what the other side says', async () => {
    const result = await scene.statement(account, day);
    const said = await scene.control<FileOfSimulator>(
      'GET',
      `${account.channel}/statement?mchid=${account.mchId}&day=${day}`,
    );
    expect(said.lines).toHaveLength(5);
    if (result.state !== 'ready') throw new Error(JSON.stringify(result));
    const { lines, totals } = result.statement;
    const sorted = (rows: readonly string[][]) => rows.map((row) => row.join(' ')).sort();
    expect(
      sorted(lines.map((line) => [line.kind, line.orderNo, line.refundNo, `${line.amountFen}`])),
    ).toEqual(
      sorted(
        said.lines.map((line) => [
          line.kind,
          line.outTradeNo,
          line.outRefundNo ?? '',
          `${line.amountFen}`,
        ]),
      ),
    );
    expect(totals).toMatchObject({
      paymentCount: 3,
      paymentFen: said.totalFen,
      refundCount: 2,
      refundFen: said.refundedFen,
    });
    expect(Number(totals.feeYuan)).toBe(Number(said.feeYuan));
    const fees = sorted(said.lines.map((line) => [line.kind, `${Number(line.feeYuan)}`]));
    expect(sorted(lines.map((line) => [line.kind, `${Number(line.feeYuan)}`]))).toEqual(fees);
  });

  test.each([
    'statement-truncated',
    'statement-bad-hash',
    ...(way === 'qr' ? ['statement-wrong-total', 'statement-missing-row'] : []),
  ])('%s is not believed', async (fault) => {
    await scene.arm(account.channel, 'statement', fault);
    const { state } = await scene.statement(account, day);
    expect(['broken', 'unknown']).toContain(state);
    expect(await scene.statement(account, day)).toMatchObject({ state: 'ready' });
  });
});
