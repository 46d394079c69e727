import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../apps/server/test/database.ts';

const root = join(import.meta.dirname, '..', '..');
/** The first start builds what is stale, on a busy machine. */
const startTimeoutMs = 120_000;

let directory: string;
let port: number;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'wuye-start-'));
  port = await freePort();
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

describe('an installation of one’s own', () => {
  test('starts empty, shows its password once, and keeps its data through a stop and a kill -9', {
    timeout: 3 * startTimeoutMs,
  }, async () => {
    const first = await start({});
    const password = /admin \/ (\S+?)（/.exec(first.output())?.[1] ?? '';
    expect(await signIn(password)).toBe(200);
    expect(await signIn('not-the-password')).toBe(401);
    expect(await first.end('SIGTERM')).toBe(0);

    const second = await start({});
    expect(second.output()).not.toContain(password);
    expect(await signIn(password)).toBe(200);
    await second.end('SIGKILL');

    const third = await start({});
    expect(await signIn(password)).toBe(200);
    expect(await third.end('SIGTERM')).toBe(0);
  });

  test('runs on a database of its owner’s, under roles that own nothing', {
    timeout: startTimeoutMs,
  }, async () => {
    const database = await createTestDatabase();
    const dataDir = join(directory, 'external');
    const system = await start({
      DATABASE_URL: database.ownerUrl,
      DATA_DIR: dataDir,
      ADMIN_PASSWORD: 'a long enough password',
    });
    expect(await signIn('a long enough password')).toBe(200);
    expect(await system.end('SIGTERM')).toBe(0);
    await database.drop();
  });
});

describe('what cannot start says why in one sentence', () => {
  test('a busy port', { timeout: startTimeoutMs }, async () => {
    const holder = createServer().listen(port, '127.0.0.1');
    const { code, text } = await failingStart({ DATA_DIR: join(directory, 'busy') });
    holder.close();
    expect(code).toBe(1);
    expect(text).toContain(`端口 ${port} 已被占用`);
  });
  test('a data directory of somebody else', { timeout: startTimeoutMs }, async () => {
    const foreign = mkdtempSync(join(directory, 'foreign-'));
    writeFileSync(join(foreign, 'holiday.txt'), 'not ours');
    const { code, text } = await failingStart({ DATA_DIR: foreign });
    expect(code).toBe(1);
    expect(text).toContain(foreign);
    expect(text).not.toContain('    at ');
  });
  test('a setting that is none', { timeout: startTimeoutMs }, async () => {
    const { code, text } = await failingStart({ PORT: 'eighty' });
    expect(code).toBe(1);
    expect(text).toContain('PORT');
  });
  test('the demo on an address that others reach', { timeout: startTimeoutMs }, async () => {
    const { code, text } = await failingStart({ DEMO: 'on', HOST: '0.0.0.0' });
    expect(code).toBe(1);
    expect(text).toContain('演示模式只能绑定本机地址');
  });
  test('a database that is not there', { timeout: startTimeoutMs }, async () => {
    const { code, text } = await failingStart({
      DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:9/none',
      DATA_DIR: join(directory, 'unreachable'),
    });
    expect(code).toBe(1);
    expect(text).toContain('DATABASE_URL');
  });
});

function launch(env: Record<string, string>): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, ['tools/start.mjs'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DEMO: 'off',
      PORT: String(port),
      DATA_DIR: join(directory, 'data'),
      ...env,
    },
  });
  children.add(child);
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return { child, output: () => text };
}

async function start(env: Record<string, string>) {
  const { child, output } = launch(env);
  const until = Date.now() + startTimeoutMs;
  while (!output().includes('wuye-pay is running')) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(output());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const end = async (signal: NodeJS.Signals) => {
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return await ended;
  };
  return { output, end };
}

async function failingStart(env: Record<string, string>) {
  const { child, output } = launch(env);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, text: output() };
}

async function signIn(password: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ loginName: 'admin', password }),
  });
  return response.status;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return typeof address === 'object' && address ? address.port : 0;
}
