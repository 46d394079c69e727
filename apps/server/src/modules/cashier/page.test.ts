import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { givenBills } from '../../../test/billing-builders.ts';
import { alipayAgent, cashierWorld } from '../../../test/cashier-builders.ts';
import { givenUnit } from '../../../test/estate-builders.ts';
import { givenSystem } from '../../../test/harness.ts';
import { sql } from '../../platform/database/index.ts';

const system = await givenSystem();
const cashier = await cashierWorld(system);
afterAll(async () => {
  await cashier.close();
  await system.close();
});

/** Somebody whom the wallet has named already. */
async function payerAt(code: string, name: string) {
  const browser = cashier.browser();
  await browser.logIn(code, `code-${name}`);
  return browser;
}

describe('what a resident sees', () => {
  test('whose home, what is owed and why, and one button with the whole amount', async () => {
    const home = await cashier.home(254_70, 254_70, 231_30);
    const browser = await payerAt(home.roomCode, 'seer');
    const { statusCode, body } = await browser.get(`/q/${home.roomCode}`);
    expect(statusCode).toBe(200);
    expect(body).toContain('<html lang="zh-CN"');
    expect(body).toContain(`<h1>晨光花园 ${home.label}</h1>`);
    expect(body).toMatch(/业主 王\S*\*|业主 \S*\*\S*/);
    expect(body).not.toContain('王小明');
    expect(body.match(/type="checkbox"[^>]* checked/g)).toHaveLength(3);
    expect(body.match(/为什么是这个金额/g)).toHaveLength(3);
    expect(body).toContain('<button>确认支付 ¥740.70</button>');
  });

  test('a bill that is late says so in words, the others say until when', async () => {
    const home = await cashier.home(100_00, 100_00);
    const { body } = await (await payerAt(home.roomCode, 'late')).get(`/q/${home.roomCode}`);
    expect(body.match(/⚠ 已逾期/g)).toHaveLength(1);
    expect(body).toContain('<i>2026年11月</i> <i>11月25日前</i>');
  });

  test('the day of the company decides what is late, not that of the server', async () => {
    const home = await cashier.home(100_00);
    const browser = await payerAt(home.roomCode, 'midnight');
    const before = system.clock.now();
    system.clock.set('2026-11-25T15:59:59Z'); // 23:59:59 of the due day.
    expect((await browser.get(`/q/${home.roomCode}`)).body).not.toContain('已逾期');
    system.clock.set('2026-11-25T16:00:00Z');
    expect((await browser.get(`/q/${home.roomCode}`)).body).toContain('已逾期');
    system.clock.set(before);
  });

  test('nothing to pay is said plainly, without asking who is there', async () => {
    const home = await cashier.home();
    const { statusCode, body } = await cashier.browser().get(`/q/${home.roomCode}`);
    expect(statusCode).toBe(200);
    expect(body).toContain('没有待缴账单');
    expect(body).not.toContain('<button');
  });

  test('a replaced code and an unknown one say what to do', async () => {
    const home = await cashier.home(100_00);
    await system.deps.db.transaction(cashier.world.companyId, (tx) =>
      tx.run(sql`update estate.room_code set revoked_at = ${system.clock.now()}
        where company_id = ${tx.companyId} and code = ${home.roomCode}`),
    );
    const replaced = await cashier.browser().get(`/q/${home.roomCode}`);
    expect([replaced.statusCode, replaced.body.includes('已更换')]).toEqual([410, true]);
    expect(replaced.body).not.toContain(home.label);
    const unknown = await cashier.browser().get('/q/test-00000000000000000');
    expect([unknown.statusCode, unknown.body.includes('没有这个二维码')]).toEqual([404, true]);
  });

  test('English and large type are one tap, and are remembered', async () => {
    const home = await cashier.home(100_00);
    const browser = await payerAt(home.roomCode, 'reader');
    for (const choice of ['lang=en', 'size=large']) {
      const hop = await browser.get(`/q/${home.roomCode}?${choice}`);
      expect(hop.headers.location).toBe(`/q/${home.roomCode}`);
    }
    const { body } = await browser.get(`/q/${home.roomCode}`);
    expect(body).toContain('<html lang="en" class="large">');
    expect(body).toContain('<button>Pay ¥100.00</button>');
    expect(body.replace(/<script>[^]*<\/script>/, '')).not.toMatch(/支付|为什么|业主/);
  });

  test('names with markup in them are text, whatever a house list says', async () => {
    const { companyId } = cashier.world;
    const community = '<script>alert(1)</script>&"\'';
    const unit = await givenUnit(system, { companyId, community, ownerName: '<b>某' });
    await givenBills(system, { companyId, unitId: unit.unitId, amountsFen: [1_00] });
    const { body } = await (await payerAt(unit.roomCode, 'markup')).get(`/q/${unit.roomCode}`);
    expect(body).not.toContain('<script>alert');
    expect(body).not.toContain('<b>某');
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;');
  });
});

describe('other wallets and ordinary browsers', () => {
  test.each([
    ['Mozilla/5.0 (Macintosh) Safari/605.1.15', '扫一扫'],
    ['Mozilla/5.0 wxwork/4.1.0 MicroMessenger/7.0.1', '企业微信'],
    ['Mozilla/5.0 MicroMessenger/8.0.49 miniProgram/wx1', '小程序内'],
  ])('%s sees the bills and a code to scan', async (agent, words) => {
    const home = await cashier.home(254_70);
    const { statusCode, body } = await cashier.browser({ agent }).get(`/q/${home.roomCode}`);
    expect(statusCode).toBe(200);
    expect(body).toContain(words);
    expect(body).toMatch(/<svg [^>]*>.*<\/svg>/);
    expect(body).toContain('¥254.70');
    expect(body).not.toContain('<button');
  });

  test('a wallet that the company does not take says which one it does take', async () => {
    cashier.closed.add('alipay');
    const home = await cashier.home(254_70);
    const { body } = await cashier.browser({ agent: alipayAgent }).get(`/q/${home.roomCode}`);
    cashier.closed.clear();
    expect(body).toContain('尚未开通支付宝收款');
    expect(body).toContain('请打开微信、云闪付的“扫一扫”');
    expect(body).not.toContain('<button');
  });

  test('without any account the bills are shown, and where to pay them', async () => {
    for (const name of ['wechat-pay', 'alipay', 'union-pay', 'union-pay-qr'])
      cashier.closed.add(name);
    const home = await cashier.home(254_70);
    const { body } = await cashier.browser().get(`/q/${home.roomCode}`);
    cashier.closed.clear();
    expect(body).toContain('请到前台缴费');
    expect(body).toContain('¥254.70');
  });

  test('the demo leads to the simulated wallet, which then counts as WeChat', async () => {
    const home = await cashier.home(254_70);
    const browser = cashier.browser({ agent: 'Mozilla/5.0 (X11; Linux)' });
    const { body } = await browser.get(`/q/${home.roomCode}`);
    const scan = encodeURIComponent(`http://localhost:8080/q/${home.roomCode}`);
    expect(body).toContain(`href="/sim/wechat-pay/wallet?scan=${scan}"`);
    browser.cookies.set('sim_wallet', 'wechat');
    expect((await browser.get(`/q/${home.roomCode}`)).statusCode).toBe(302);
  });
});

describe('what the browser is allowed', () => {
  test('one script and one style, by their hashes; nothing is kept or framed', async () => {
    const home = await cashier.home(100_00);
    const { body, headers } = await (await payerAt(home.roomCode, 'policy')).get(
      `/q/${home.roomCode}`,
    );
    const policy = String(headers['content-security-policy']);
    const [, script = ''] = /<script>([^]*?)<\/script>/.exec(body) ?? [];
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(body) ?? [];
    expect(policy).toContain(`script-src '${hashOf(script)}'`);
    expect(policy).toContain(`style-src '${hashOf(style)}'`);
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    });
    expect(body).not.toMatch(/ style=| on[a-z]+=|javascript:/);
  });

  test('six bills need at most 6 KB, the script 3 KB, and nothing more is asked for', async () => {
    const home = await cashier.home(254_70, 254_70, 254_70, 254_70, 254_70, 254_70);
    const browser = await payerAt(home.roomCode, 'budget');
    const { body } = await browser.get(`/q/${home.roomCode}`);
    const packed = await browser.get(`/q/${home.roomCode}`, { 'accept-encoding': 'gzip, br' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.rawPayload.length).toBeLessThanOrEqual(6 * 1024);
    expect(gunzipSync(packed.rawPayload).toString()).toBe(body);
    const [, script = ''] = /<script>([^]*?)<\/script>/.exec(body) ?? [];
    expect(gzipSync(script).length).toBeLessThanOrEqual(3 * 1024);
    const loaded = [...body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, url]) => url);
    // The demo's bridge stands in for what WeChat itself brings; links are no requests.
    expect(loaded.filter((url) => !url?.startsWith('/q/'))).toEqual([
      'data:,',
      '/sim/wechat-pay/bridge.js',
    ]);
  });
});

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
