import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { distOf, MINI, TEST_SETTINGS } from '../../tools/mini.mjs';
import type { Platform } from './host/pack.ts';
import type { HostSettings, HostState } from './host/state.ts';
import { type Packed, packMiniProgram } from './pack-program.ts';

type Wishes = Partial<Pick<HostSettings, 'launch' | 'fontFactor' | 'user'>>;

const packs = new Map<Platform, Packed>();
let hostFiles: Promise<{ script: string; style: string }> | undefined;

/** Opens a built mini-program in the stand-in for its wallet; nothing of it is a web page. */
export async function openMiniProgram(page: Page, platform: Platform, wishes: Wishes = {}) {
  const packed = packs.get(platform) ?? packMiniProgram(distOf(platform), platform);
  packs.set(platform, packed);
  const { script, style } = await (hostFiles ??= bundleHost());
  const settings: HostSettings = {
    pack: packed.pack,
    appId:
      platform === 'weapp' ? TEST_SETTINGS.MINI_WECHAT_APP_ID : TEST_SETTINGS.MINI_ALIPAY_APP_ID,
    serverUrl: TEST_SETTINGS.MINI_SERVER_URL,
    simulatorPath: '/sim',
    // Nobody in the demo: the others have homes there.
    user: 4,
    launch: { query: {} },
    fontFactor: 1,
    ...wishes,
  };
  await page.unrouteAll();
  await page.route('**/mini-host/**', async (route) => {
    await route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: htmlOf(
        style,
        [
          `const hostSettings=${inScript(settings)};`,
          `const miniPrograms=${packed.programs};`,
          script,
        ].join('\n'),
      ),
    });
  });
  await page.goto('/mini-host/');
}

/** Something of the stand-in, in the page; what `act` needs from outside is `given`. */
export function inHost<Value, Given = undefined>(
  page: Page,
  act: (host: HostState, given: Given) => Value,
  given?: Given,
): Promise<Value> {
  return page.evaluate(`(${String(act)})(window.miniHost, ${JSON.stringify(given)})`);
}

/** Nobody saw these, but they would be faults on a phone. */
export async function expectNoErrors(page: Page): Promise<void> {
  expect(await inHost(page, ({ errors }) => errors)).toEqual([]);
}

async function bundleHost(): Promise<{ script: string; style: string }> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'host/main.ts')],
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    nodePaths: [join(MINI, 'node_modules')],
  });
  const textOf = (ending: string) =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: textOf('.js'), style: textOf('.css') };
}

function htmlOf(style: string, script: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>mp-host</title>
<style>${style}</style></head><body><script>${script.replaceAll('</script', '<\\/script')}</script>
</body></html>`;
}

function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
