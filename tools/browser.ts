import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What Playwright's `launch` needs to start a Chromium that can write Chinese. */
export type BrowserLaunchOptions = {
  readonly executablePath: string;
  readonly args: string[];
  readonly env: Record<string, string>;
};

/** How the browser inside WeChat introduces itself. */
export const WECHAT_AGENT =
  'Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) ' +
  'Chrome/130.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50.2701(0x28003253) NetType/WIFI Language/zh_CN';

const HERE = join(import.meta.dirname, 'browser');
const CACHE = join(HERE, '.cache');
/** Named after the release, so that a new one is unpacked afresh. */
const UNPACKED = join(CACHE, 'chromium-147.0.0');
const FONTS = join(HERE, 'node_modules', '@expo-google-fonts', 'noto-sans-sc');

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/**
 * The browser for tests and screenshots: CHROMIUM_PATH, else one on the PATH, else the one that
 * npm brings, installed at the first call. Decision: docs/decisions/0012-test-browser.md.
 */
export function browserLaunchOptions(): BrowserLaunchOptions {
  const installed = process.env['CHROMIUM_PATH'] ?? findOnPath();
  if (installed) {
    const env = canWriteChinese() ? {} : fontEnvironment();
    return { executablePath: installed, args: ARGS, env: { ...environment(), ...env } };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No browser for the tests: install Chromium and set CHROMIUM_PATH to it.');
  }
  installPackages();
  unpack();
  return {
    executablePath: join(UNPACKED, 'chromium'),
    args: ARGS,
    env: {
      ...environment(),
      ...fontEnvironment(),
      LD_LIBRARY_PATH: join(UNPACKED, 'al2023', 'lib'),
    },
  };
}

function findOnPath(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((directory) => names.map((name) => join(directory, name)))
    .find((path) => existsSync(path));
}

/** Without a Chinese font the text is blank, not boxes, and a screenshot looks clean. */
function canWriteChinese(): boolean {
  if (process.platform !== 'linux') return true;
  const { stdout } = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' });
  return Boolean(stdout?.trim());
}

function fontEnvironment(): Record<string, string> {
  installPackages();
  const file = join(CACHE, 'fonts.conf');
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(file, fontsConf());
  return { FONTCONFIG_FILE: file };
}

function fontsConf(): string {
  const directories = [join(FONTS, '400Regular'), join(FONTS, '700Bold'), '/usr/share/fonts'];
  const aliases = ['sans-serif', 'serif', 'system-ui'].map(
    (family) =>
      `<alias binding="same"><family>${family}</family><prefer><family>Noto Sans SC</family></prefer></alias>`,
  );
  return [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    ...directories.map((directory) => `<dir>${directory}</dir>`),
    `<cachedir>${join(CACHE, 'fontconfig')}</cachedir>`,
    ...aliases,
    '</fontconfig>\n',
  ].join('\n');
}

function installPackages(): void {
  if (existsSync(join(HERE, 'node_modules', '.package-lock.json'))) return;
  console.error('Installing a browser for the tests from npm (once, about 160 MB) …');
  run('npm', ['ci', '--no-audit', '--no-fund'], environment());
}

function unpack(): void {
  if (existsSync(UNPACKED)) return;
  mkdirSync(CACHE, { recursive: true });
  const draft = mkdtempSync(join(CACHE, 'draft-'));
  const env = { TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  run(process.execPath, ['unpack.mjs'], { ...environment(), ...env });
  try {
    renameSync(draft, UNPACKED);
  } catch (error) {
    // Another process unpacked it in the meantime.
    if (!existsSync(UNPACKED)) throw error;
    rmSync(draft, { recursive: true });
  }
}

function run(command: string, args: string[], env: Record<string, string>): void {
  const { status } = spawnSync(command, args, { cwd: HERE, env, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed in tools/browser`);
}

/** Our own environment less what would lead the browser to other fonts. */
function environment(): Record<string, string> {
  const { FONTCONFIG_PATH: _fonts, FONTCONFIG_FILE: _file, ...rest } = process.env;
  return rest as Record<string, string>;
}
