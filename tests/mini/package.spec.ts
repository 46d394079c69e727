import { expect, test } from '@playwright/test';
import { distOf } from '../../tools/mini.mjs';
import { packMiniProgram } from './pack-program.ts';
import { filesOf, sizeOf } from './sizes.ts';

/** Our own limit for the main package of WeChat, and the wallets' for any package. */
const WECHAT_BYTES_MOST = 600_000;
const PACKAGE_BYTES_MOST = 2_000_000;

for (const platform of ['weapp', 'alipay'] as const) {
  const kinds =
    platform === 'weapp' ? ['js', 'json', 'wxml', 'wxss'] : ['js', 'json', 'axml', 'acss'];
  const texts = () =>
    filesOf(platform)
      .filter(({ path }) => kinds.some((kind) => path.endsWith(`.${kind}`)))
      .map(({ path, bytes }) => ({ path, text: bytes.toString('utf8') }));

  test.describe(platform, () => {
    test('the main package stays small', () => {
      const { rawBytes } = sizeOf(platform);
      expect(rawBytes).toBeLessThan(platform === 'weapp' ? WECHAT_BYTES_MOST : PACKAGE_BYTES_MOST);
      expect(rawBytes).toBeGreaterThan(100_000);
    });

    test('every page and every component that is named exists', () => {
      const { pack } = packMiniProgram(distOf(platform), platform);
      const paths = new Set(filesOf(platform).map(({ path }) => path));
      const template = platform === 'weapp' ? 'wxml' : 'axml';
      for (const page of pack.app.pages) {
        for (const kind of ['js', 'json', template]) expect(paths).toContain(`${page}.${kind}`);
      }
      for (const [owner, { usingComponents = {} }] of Object.entries(pack.settings)) {
        for (const wanted of Object.values(usingComponents)) {
          const path = new URL(wanted, new URL(owner, 'https://mini/')).pathname.slice(1);
          expect(paths, `${owner} names ${wanted}`).toContain(`${path}.js`);
        }
      }
      const tabs = pack.app.tabBar?.list ?? pack.app.tabBar?.items ?? [];
      expect(tabs.length).toBeGreaterThanOrEqual(2);
      for (const { pagePath } of tabs) expect(pack.app.pages).toContain(pagePath);
    });

    test('nothing of the tools is left in it', () => {
      const leaks = texts().flatMap(({ path, text }) =>
        [...text.matchAll(/process\.env|\bMINI_[A-Z_]+|<script|(?<![\w$.])document\.cookie/g)].map(
          ([found]) => `${path}: ${found}`,
        ),
      );
      expect(leaks).toEqual([]);
    });

    test('it asks its own server only', () => {
      const addresses = texts().flatMap(({ text }) => text.match(/https?:\/\/[^"'`\s)]+/g) ?? []);
      const others = addresses.filter(
        (address) => !KNOWN.some((known) => address.startsWith(known)),
      );
      expect([...new Set(others)]).toEqual([]);
      expect(addresses).toContain('https://pay.example.com');
    });
  });
}

/** The server of the test build; namespaces and explanations in messages, which nobody opens. */
const KNOWN = [
  'https://pay.example.com',
  'http://www.w3.org/',
  'https://reactjs.org/docs/error-decoder.html',
  // What Taro takes for the address of a page, which has none.
  'https://taro.com',
];
