import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbeddedPostgres, TEST_SETTINGS } from './index.ts';
import { findPostmaster } from './postmaster.ts';
import { saysDiskFull } from './start-error.ts';

const IS_ROOT = process.getuid?.() === 0;
const RUNNER = join(import.meta.dirname, '../../../test/run-embedded.ts');
const NOBODY = 65_534;

let parent = '';
let dataDir = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'wuye-embedded-'));
  chmodSync(parent, 0o755);
  dataDir = join(parent, 'data');
});
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const directory of [dataDir, join(parent, 'deep'.repeat(30), 'data')]) {
    const server = findPostmaster(join(directory, 'postgres'));
    if (server) process.kill(server.pid, 'SIGKILL');
  }
  rmSync(parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

test('what was saved is there after a stop and a second start', async () => {
  const first = await startEmbeddedPostgres({ dataDir, settings: TEST_SETTINGS });
  await save(first.ownerUrl, 'a bill');
  await first.stop();
  expect(findPostmaster(join(dataDir, 'postgres'))).toBeUndefined();

  const second = await startEmbeddedPostgres({ dataDir, settings: TEST_SETTINGS });
  expect(await saved(second.ownerUrl)).toEqual(['a bill']);
  await second.stop();
});

test('after kill -9 of our process the next start takes over the living database', async () => {
  const starter = await runStarter();
  await save(starter.ownerUrl, 'a payment');
  const before = findPostmaster(join(dataDir, 'postgres'))?.pid;
  await kill(starter.child, 'SIGKILL');

  const next = await runStarter();
  expect(findPostmaster(join(dataDir, 'postgres'))?.pid).toBe(before);
  expect(await saved(next.ownerUrl)).toEqual(['a payment']);
  await kill(next.child, 'SIGTERM');
  expect(findPostmaster(join(dataDir, 'postgres'))).toBeUndefined();
});

test('after kill -9 of the database every acknowledged row is there', async () => {
  const starter = await runStarter();
  for (const note of ['1', '2', '3']) await save(starter.ownerUrl, note);
  process.kill(findPostmaster(join(dataDir, 'postgres'))?.pid ?? 0, 'SIGKILL');
  await kill(starter.child, 'SIGKILL');

  const next = await runStarter();
  expect(await saved(next.ownerUrl)).toEqual(['1', '2', '3']);
  await kill(next.child, 'SIGTERM');
});

test('a second process only attaches, and its end leaves the database running', async () => {
  const [one, two] = await Promise.all([runStarter(), runStarter()]);
  expect(new Set([one.startedByUs, two.startedByUs])).toEqual(new Set([true, false]));
  const [starter, guest] = one.startedByUs ? [one, two] : [two, one];
  await kill(guest.child, 'SIGTERM');
  await save(starter.ownerUrl, 'still here');
  await kill(starter.child, 'SIGTERM');
});

test('a pid file that names a stranger does not keep the database from starting', async () => {
  await (await startEmbeddedPostgres({ dataDir, settings: TEST_SETTINGS })).stop();
  const cluster = join(dataDir, 'postgres');
  const { uid, gid } = statSync(cluster);
  const stranger = spawn('sleep', ['60'], { uid, gid });
  const lines = [stranger.pid, cluster, 1, 5432, join(dataDir, 'socket'), '', '1 1', 'ready', ''];
  writeFileSync(join(cluster, 'postmaster.pid'), lines.join('\n'));

  const server = await startEmbeddedPostgres({ dataDir, settings: TEST_SETTINGS });
  expect(server.startedByUs).toBe(true);
  expect(stranger.exitCode).toBeNull();
  await server.stop();
  stranger.kill();
});

test('a path too long for a socket works all the same', async () => {
  const deep = join(parent, 'deep'.repeat(30), 'data');
  const server = await startEmbeddedPostgres({ dataDir: deep, settings: TEST_SETTINGS });
  await save(server.ownerUrl, 'deep');
  expect(server.socketDir.startsWith(deep)).toBe(false);
  await server.stop();
});

test('a directory with other files is refused and left as it is', async () => {
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'thesis.doc'), 'precious');
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/请把 DATA_DIR 设为一个空目录/);
  expect(execFileSync('ls', ['-A', dataDir], { encoding: 'utf8' })).toBe('thesis.doc\n');
});

test('data of another PostgreSQL version is refused with both versions named', async () => {
  await (await startEmbeddedPostgres({ dataDir, settings: TEST_SETTINGS })).stop();
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '17\n');
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/PostgreSQL 17.*18/);
});

test.skipIf(!IS_ROOT || !canMount())(
  'a full disk is named, at the first start and later',
  async () => {
    mkdirSync(dataDir);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=30m', 'tmpfs', dataDir]);
    try {
      await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/磁盘已满/);
      // Later it fills up while the system is down, and is made larger again.
      execFileSync('mount', ['-o', 'remount,size=150m', dataDir]);
      await (await startEmbeddedPostgres({ dataDir, settings: TEST_SETTINGS })).stop();
      const filler = join(dataDir, 'filler');
      spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1M']);
      await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/磁盘已满/);
      rmSync(filler);
      await (await startEmbeddedPostgres({ dataDir, settings: TEST_SETTINGS })).stop();
    } finally {
      execFileSync('umount', [dataDir]);
    }
  },
);

test('a full disk is read from the words of the database', () => {
  const words = 'PANIC:  could not write to file "pg_wal/xlogtemp.9": No space left on device';
  expect(saysDiskFull(words)).toBe(true);
  expect(saysDiskFull('FATAL:  lock file "postmaster.pid" already exists')).toBe(false);
});

test.skipIf(!IS_ROOT)('root can keep the data below a private directory', async () => {
  chmodSync(parent, 0o700);
  const server = await startEmbeddedPostgres({ dataDir, settings: TEST_SETTINGS });
  await save(server.ownerUrl, 'private');
  await server.stop();
});

test.skipIf(!IS_ROOT)('an ordinary user starts it, and afterwards root does too', async () => {
  mkdirSync(dataDir);
  execFileSync('chown', [`${NOBODY}:${NOBODY}`, dataDir]);
  const ordinary = await runStarter({ uid: NOBODY, gid: NOBODY });
  await save(ordinary.ownerUrl, 'mine');
  await kill(ordinary.child, 'SIGTERM');

  const root = await startEmbeddedPostgres({ dataDir, settings: TEST_SETTINGS });
  expect(await saved(root.ownerUrl)).toEqual(['mine']);
  await root.stop();
  expect(statSync(join(dataDir, 'postgres')).uid).toBe(NOBODY);
});

type Starter = { child: ChildProcess; ownerUrl: string; startedByUs: boolean };

async function runStarter(account: { uid?: number; gid?: number } = {}): Promise<Starter> {
  const child = spawn(process.execPath, ['--import', 'tsx', RUNNER, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...account,
  });
  children.push(child);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  while (!output.includes('\n')) await once(child.stdout, 'data');
  const answer = JSON.parse(output) as Omit<Starter, 'child'> & { error?: string };
  if (answer.error) throw new Error(answer.error);
  return { child, ...answer };
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const end = once(child, 'exit');
  child.kill(signal);
  await end;
}

async function save(url: string, note: string): Promise<void> {
  await query(url, 'create table if not exists public.note (note text)');
  await query(url, 'insert into public.note values ($1)', [note]);
}

async function saved(url: string): Promise<unknown[]> {
  const rows = await query(url, 'select note from public.note order by note');
  return rows.map(({ note }) => note);
}

async function query(url: string, text: string, values: string[] = []) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ note: string }>(text, values);
    return rows;
  } finally {
    await client.end();
  }
}

function canMount(): boolean {
  const directory = mkdtempSync(join(tmpdir(), 'wuye-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', directory]).status === 0;
  if (mounted) execFileSync('umount', [directory]);
  rmSync(directory, { recursive: true });
  return mounted;
}
