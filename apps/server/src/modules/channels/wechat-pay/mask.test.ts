import { expect, test } from 'vitest';
import { masked } from './mask.ts';

test('a payer’s id stays hidden where the record is cut off in the middle of it', () => {
  const openId = 'oUpF8uMuAJO2pzb11A1234567890';
  const said = `${'x'.repeat(3970)}{"payer":{"openid":"${openId}"}}`;
  expect(masked(said)).not.toContain(openId.slice(0, 6));
  const element = `${'x'.repeat(3970)}<openid><![CDATA[${openId}]]></openid>`;
  expect(masked(element)).not.toContain(openId.slice(0, 6));
});
