import type { ChildProcess } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  statfsSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, giveTo, spawnAs } from './account.ts';
import { type Binaries, unusableBinaries } from './binaries.ts';
import { findPostmaster, type Postmaster, removeStalePidFile } from './postmaster.ts';
import { diskFullError, saysDiskFull } from './start-error.ts';
import { ownIdentity } from './starter.ts';

export type Cluster = {
  readonly clusterDir: string;
  readonly logFile: string;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly settings: Readonly<Record<string, string>>;
};

/** The operating system's limit for the path of a socket, and the file that PostgreSQL puts there. */
const SOCKET_PATH_MAX_BYTES = process.platform === 'darwin' ? 103 : 107;
const SOCKET_FILE = '.s.PGSQL.5432';

/** After a kill of everything, the old children keep their lock for seconds (up to 4 were seen). */
const LOCK_WAIT_MS = 15_000;
/** A living server that replays its log is waited for this long. */
const RECOVERY_WAIT_MS = 600_000;
const LOCKED = /lock file "postmaster.pid" already exists|pre-existing shared memory/;
/** With less than this the log itself may have lost the words that tell of a full disk. */
const FULL_BELOW_BYTES = 1024 * 1024;
const POLL_MS = 10;
const RETRY_MS = 200;

/** Attaches to the server that runs on the cluster, or starts one. */
export async function serve(cluster: Cluster): Promise<Postmaster> {
  const lockDeadline = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    if (findPostmaster(cluster.clusterDir)) {
      const running = await waitUntilReady(cluster.clusterDir, () => false);
      if (running) return running;
    }
    removeStalePidFile(cluster.clusterDir);
    const started = await start(cluster);
    if (typeof started !== 'string') return started;
    const isLocked = LOCKED.test(started);
    if (!isLocked || performance.now() > lockDeadline) throw startFailure(cluster, started);
    await sleep(RETRY_MS);
  }
}

/** Starts a server; returns it once ready, or what it wrote to its log before it ended. */
async function start(cluster: Cluster): Promise<Postmaster | string> {
  const { clusterDir, logFile } = cluster;
  const log = openSync(logFile, 'a', 0o600);
  const logStart = readFileSync(logFile).length;
  const child = spawnAs(cluster.account, cluster.binaries.postgres, argumentsOf(cluster), {
    cwd: clusterDir,
    output: log,
    // A signal to our process group (Ctrl-C) is ours to handle: the server stops after us.
    detached: true,
  });
  closeSync(log);
  const end = watch(child);
  child.unref();
  const ready = await waitUntilReady(clusterDir, () => end.hasEnded);
  if (end.error) throw unusableBinaries(end.error);
  if (ready && ready.pid === child.pid) return ready;
  return readFileSync(logFile).subarray(logStart).toString();
}

function argumentsOf(cluster: Cluster): string[] {
  const settings = {
    listen_addresses: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    'wuye.starter': ownIdentity(),
    ...cluster.settings,
  };
  return [
    ...['-D', cluster.clusterDir, '-k', makeSocketDir(cluster)],
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/** Beside the cluster, or in the temporary directory when that path is too long for a socket. */
function makeSocketDir({ clusterDir, account }: Cluster): string {
  let directory = join(dirname(clusterDir), 'socket');
  if (Buffer.byteLength(join(directory, SOCKET_FILE)) > SOCKET_PATH_MAX_BYTES) {
    directory = mkdtempSync(join(tmpdir().length < 60 ? tmpdir() : '/tmp', 'wuye-'));
  }
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  giveTo(account, directory);
  return directory;
}

function watch(child: ChildProcess): { hasEnded: boolean; error?: Error } {
  const end: { hasEnded: boolean; error?: Error } = { hasEnded: false };
  child.on('exit', () => (end.hasEnded = true));
  child.on('error', (error) => Object.assign(end, { hasEnded: true, error }));
  return end;
}

/** The ready server, or nothing when it ended (for a server that another process started: is gone). */
async function waitUntilReady(
  clusterDir: string,
  hasEnded: () => boolean,
): Promise<Postmaster | undefined> {
  const deadline = performance.now() + RECOVERY_WAIT_MS;
  let wasSeen = false;
  while (performance.now() < deadline && !hasEnded()) {
    const found = findPostmaster(clusterDir);
    if (found?.isReady) return found;
    if (wasSeen && !found) return undefined;
    wasSeen = Boolean(found);
    await sleep(POLL_MS);
  }
  return undefined;
}

function startFailure(cluster: Cluster, output: string): Error {
  const dataDir = dirname(cluster.clusterDir);
  const tail = output.trim().split('\n').slice(-8).join('\n');
  const { bavail, bsize } = statfsSync(dataDir);
  const isFull = saysDiskFull(output) || bavail * bsize < FULL_BELOW_BYTES;
  if (isFull) return diskFullError(dataDir);
  return new Error(`PostgreSQL did not start; see ${cluster.logFile}\n${tail}`);
}
