// The resident app as WeChat and Alipay mini-programs: `node tools/mini.mjs` installs their tools
// (a package with its own lockfile, outside the workspaces) and builds both, when something has
// changed since the last time. Decision: docs/decisions/0189-mini-programs.md.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './build.mjs';

export const MINI = join(ROOT, 'apps/resident/mini');
export const PLATFORMS = ['weapp', 'alipay'];
/** All that a build is made from, besides the app's own source. */
const SOURCES = ['apps/resident/src', 'packages', 'tools/mini.mjs'];
const MINI_SOURCES = ['src', 'build', 'package-lock.json', 'babel.config.js'];

/** Where the tests pretend that the server is; requests to it go to the system under test. */
export const TEST_SETTINGS = {
  MINI_SERVER_URL: 'https://pay.example.com',
  MINI_COMPANY: 'demo',
  MINI_WECHAT_APP_ID: 'wxdemo0000000001',
  MINI_ALIPAY_APP_ID: '2021000000008888',
};

/** Builds what is out of date; returns the names of those it built. */
export async function buildMiniPrograms(settings = TEST_SETTINGS) {
  await installTools();
  const wanted = hashOfSources(settings);
  const stale = PLATFORMS.filter((platform) => remembered(platform) !== wanted);
  // One after the other: each of them fills a processor.
  for (const platform of stale) {
    rmSync(distOf(platform), { recursive: true, force: true });
    await run(process.execPath, ['build/build.mjs', platform], { ...process.env, ...settings });
    mkdirSync(join(MINI, 'dist'), { recursive: true });
    writeFileSync(hashFile(platform), wanted);
  }
  return stale;
}

/** The Taro side, the pages under its React and the stand-in for the wallets, by its own compiler. */
export async function checkMiniTypes() {
  await installTools();
  const compiler = 'node_modules/typescript/bin/tsc';
  const projects = ['.', '../../../tests/mini/host'];
  for (const project of projects)
    await run(process.execPath, [compiler, '-p', project], process.env);
  return ['pages, Taro side, host'];
}

/** `npm ci` in the package of the mini-programs, once for each lockfile. */
export async function installTools() {
  const marker = join(MINI, 'node_modules', '.installed-from');
  const lock = createHash('sha256').update(readFileSync(join(MINI, 'package-lock.json')));
  const wanted = lock.digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  console.error('Installing the tools of the mini-programs from npm (once, about 470 MB) …');
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], process.env);
  writeFileSync(marker, wanted);
}

export function distOf(platform) {
  return join(MINI, 'dist', platform);
}

/** A package of the mini-programs' own tools. */
export function miniRequire(name) {
  return createRequire(join(MINI, 'package.json'))(name);
}

async function run(command, args, env) {
  const child = spawn(command, args, {
    cwd: MINI,
    env: { ...env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${output.slice(-6000)}`);
}

function hashOfSources(settings) {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  const sources = [
    ...SOURCES.map((path) => join(ROOT, path)),
    ...MINI_SOURCES.map((path) => join(MINI, path)),
  ];
  for (const path of sources.flatMap(filesBelow)) {
    if (/\.test\.tsx?$/.test(path)) continue;
    hash
      .update(`${relative(ROOT, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
}

function hashFile(platform) {
  return join(MINI, 'dist', `.${platform}-built-from`);
}

function remembered(platform) {
  return existsSync(hashFile(platform)) ? readFileSync(hashFile(platform), 'utf8') : undefined;
}

/** A file itself, or the files below a folder, in a fixed order. */
function filesBelow(path) {
  if (/\.(json|mjs|js)$/.test(path)) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const child = join(path, entry.name);
      return entry.isDirectory() ? filesBelow(child) : [child];
    });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const built = await buildMiniPrograms();
  console.log(built.length ? `built ${built.join(', ')}` : 'everything is up to date');
}
