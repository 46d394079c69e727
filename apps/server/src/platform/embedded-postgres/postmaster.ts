import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf, isAlive } from './processes.ts';

/** What a running server says about itself in postmaster.pid. */
export type Postmaster = {
  readonly pid: number;
  readonly socketDir: string;
  readonly isReady: boolean;
  /** The identity of the process that started it. */
  readonly starter: string;
};

const POLL_MS = 10;

/** A fast stop takes milliseconds; after this the server is told to quit, which loses nothing. */
const FAST_STOP_MS = 10_000;
const QUIT_MS = 10_000;

/** The server that runs on the cluster directory; undefined when none does. */
export function findPostmaster(clusterDir: string): Postmaster | undefined {
  const file = join(clusterDir, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  // pid, directory, start, port, socket directory, listen address, shared memory, status
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
  if (!isServerOf(pid, clusterDir)) return undefined;
  const starter = /wuye\.starter=(\S+)/.exec(commandOf(pid))?.[1] ?? '';
  return { pid, socketDir: lines[4] ?? '', isReady: lines[7]?.trim() === 'ready', starter };
}

/**
 * Deletes a pid file that names a living process which is not our server: after a crash of a
 * container the number may have been given to another program, and PostgreSQL would refuse for
 * ever. A number that nobody has is left to PostgreSQL, which knows what to do.
 */
export function removeStalePidFile(clusterDir: string): void {
  const file = join(clusterDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (pid > 0 && isAlive(pid) && !isServerOf(pid, clusterDir)) rmSync(file, { force: true });
}

/** Stops the server: fast first, then at once. Either way every committed row is on the disk. */
export async function stopPostmaster(clusterDir: string, pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await isGoneWithin(clusterDir, pid, FAST_STOP_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await isGoneWithin(clusterDir, pid, QUIT_MS)) return;
  throw new Error(`PostgreSQL (pid ${pid}) did not stop within ${FAST_STOP_MS + QUIT_MS} ms`);
}

/** The server's argument list names the cluster; its children show a title without it. */
function isServerOf(pid: number, clusterDir: string): boolean {
  const command = commandOf(pid);
  const program = command.split(' -D ')[0] ?? '';
  return basename(program) === 'postgres' && command.includes(` -D ${clusterDir} `);
}

async function isGoneWithin(clusterDir: string, pid: number, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    if (!isAlive(pid) && !findPostmaster(clusterDir)) return true;
    await sleep(POLL_MS);
  }
  return false;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
