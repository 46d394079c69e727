import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The repository: the bench runs there, and bundles lie there. */
const root = join(import.meta.dirname, '..', '..');
const startWithinMs = 30_000;

export interface ServerOptions {
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly masterKeys: string;
  /** Where to leave a CPU profile when it stops. */
  readonly profileDir?: string;
}

export interface Server {
  readonly port: number;
  /** Processor time that it has used so far; NaN where the system does not tell. */
  cpuMs(): number;
  /** Memory that it holds now, in MB of 2^20 bytes; NaN where the system does not tell. */
  memoryMb(): number;
  stop(): Promise<void>;
}

/** Builds what is stale, as `npm start` does. */
export async function buildServer(): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'tools/build.mjs')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('the build failed');
}

/** The server of `npm start` with its jobs, without demo data, in a process of its own. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const port = await freePort();
  const profile =
    options.profileDir === undefined
      ? []
      : ['--cpu-prof', `--cpu-prof-dir=${options.profileDir}`, '--cpu-prof-interval=500'];
  const child = spawn(process.execPath, [...profile, join(root, 'apps/server/dist/start.mjs')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: String(port),
      DATA_DIR: options.dataDir,
      DATABASE_URL: options.databaseUrl,
      MASTER_KEYS: options.masterKeys,
      DEMO: 'off',
      LOG_LEVEL: 'error',
      ADMIN_PASSWORD: 'of nobody but the bench',
    },
  });
  await untilReady(child, port);
  return {
    port,
    cpuMs: () => cpuMsOf(child.pid),
    memoryMb: () => memoryMbOf(child.pid),
    stop: () => stop(child),
  };
}

/** Of a process in clock ticks of 10 ms: user and system time, fields 14 and 15. */
function cpuMsOf(pid: number | undefined): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  const fields = readFileSync(file, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function memoryMbOf(pid: number | undefined): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return Number.NaN;
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))?.[1]) / 1024;
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  const deadline = performance.now() + startWithinMs;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  child.kill('SIGKILL');
  throw new Error('the server did not get ready');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
