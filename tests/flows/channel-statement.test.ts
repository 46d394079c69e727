import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  showStatement,
  statementFile,
} from '../../apps/server/src/modules/channels/use-cases/show-statement.ts';
import { startGateway } from './faults/gateway-scene.ts';

let gateway: Awaited<ReturnType<typeof startGateway>>;
let company: Awaited<ReturnType<typeof gateway.company>>;
beforeAll(async () => {
  gateway = await startGateway();
  company = await gateway.company();
});
afterAll(() => gateway.close());

const beijingMs = 8 * 3_600_000;
const dayOf = (at: Date) => new Date(at.getTime() + beijingMs).toISOString().slice(0, 10);

test('a day is shown as the channel tells it, and downloaded as its file', async () => {
  const amounts = [120_00, 45_60, 7_05];
  for (const amount of amounts) {
    const { orderNo } = await company.started(amount);
    await company.pay(orderNo);
  }
  const { companyId, account } = company;
  const day = dayOf(gateway.system.clock.now());
  const request = {
    companyId,
    merchantAccountId: account.merchantAccountId,
    day,
    kind: 'trade' as const,
  };
  const { deps } = gateway.system;
  const early = await showStatement(deps, request);
  expect(early).toMatchObject({ statement: null });
  await expect(statementFile(deps, request)).rejects.toThrow('STATEMENT_NOT_THERE');
  await gateway.advance(36 * 3600);
  const shown = await showStatement(deps, request);
  expect(shown).toMatchObject({
    state: 'ready',
    statement: {
      day,
      lineCount: 3,
      totals: { paymentCount: 3, paymentFen: 172_65, refundCount: 0, refundFen: 0 },
    },
  });
  const paid = shown.statement?.lines.map(({ amountFen }) => amountFen) ?? [];
  expect(paid.sort((a, b) => b - a)).toEqual(amounts);
  const { file, lines } = await statementFile(deps, request);
  expect(file.toString('utf8')).toContain(lines[0]?.orderNo ?? 'no order');
  // Looking at it left nothing behind but the messages themselves.
  const before = dayOf(new Date(gateway.system.clock.now().getTime() - 10 * 86_400_000));
  expect(await showStatement(deps, { ...request, day: before })).toMatchObject({ state: 'none' });
});
