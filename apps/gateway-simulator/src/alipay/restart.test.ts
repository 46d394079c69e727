import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { merchantOf, startAlipay } from '../../test/alipay-merchant.ts';
import { controlOf } from '../../test/merchant.ts';
import { startSimulator } from '../simulator.ts';

test('keys, trades, refunds and waiting messages survive a restart', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'simulator-'));
  const before = await startAlipay({ dataDir, mode: 'certificate' });
  await before.create('KEPT');
  before.receiver.answerWith('fail');
  await before.control('POST', 'alipay/pay', {
    outTradeNo: 'KEPT',
    outcome: 'paid-notification-first',
  });
  await before.control('POST', 'faults', { at: 'refund', fault: 'refund-pending' });
  await before.refund('KEPT', '10.00', 'R1');
  await before.precreate('CODE');
  await before.simulator.close();

  const again = await startSimulator({ port: 0, host: '127.0.0.1', dataDir });
  const control = controlOf(again.url);
  const merchant = merchantOf(again.url, before.registered, before.receiver.url);
  const found = await merchant.query('KEPT');
  expect([found.isSigned, found.value.trade_status]).toEqual([true, 'TRADE_SUCCESS']);
  await control('POST', 'clock', { advanceMs: 240_000, scope: 'schedule' });
  expect(await before.receiver.heard(2)).toHaveLength(2);
  await control('POST', 'alipay/refunds/R1/finish', { outcome: 'refunded' });
  expect((await merchant.refundQuery('KEPT', 'R1')).value.refund_status).toBe('REFUND_SUCCESS');
  expect((await control('POST', 'alipay/pay', { outTradeNo: 'CODE' })).json.state).toBe('paid');
  await again.close();
  await before.receiver.close();
  rmSync(dataDir, { recursive: true });
});
