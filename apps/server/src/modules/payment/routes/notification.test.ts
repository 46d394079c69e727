import { afterAll, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import { createApp } from '../../../platform/http/index.ts';
import { addPaymentRoutes } from '../index.ts';

const system = await givenSystem();
afterAll(() => system.close());

test.each(['%00', 'a%27b', 'TEST', 'x'.repeat(100)])(
  'an address that cannot be ours (%s) is refused without a look-up',
  async (shortCode) => {
    const app = await createApp({ authenticate: async () => undefined, publicUrl: 'http://x' });
    let lookUps = 0;
    const companyByShortCode = async () => {
      lookUps += 1;
      return undefined;
    };
    addPaymentRoutes(app, system.deps, { companyByShortCode });
    const url = `/notify/wechat-pay/${shortCode}/1`;
    const headers = { 'content-type': 'application/json' };
    const answer = await app.inject({ method: 'POST', url, headers, payload: '{}' });
    expect(answer.statusCode).toBe(400);
    expect(lookUps).toBe(0);
    await app.close();
  },
);
