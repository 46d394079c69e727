import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Account, giveTo, spawnAs } from './account.ts';
import { type Binaries, unusableBinaries } from './binaries.ts';
import { isAlive } from './processes.ts';
import { diskFullError, saysDiskFull } from './start-error.ts';

/** The superuser of the embedded cluster; only migrations connect as it. */
export const OWNER_ROLE = 'wuye_owner';

/** An empty cluster takes 39 MB and its first write-ahead log 16 MB; the rest is room to breathe. */
const ROOM_FOR_A_CLUSTER_BYTES = 100 * 1024 * 1024;

/**
 * Creates the cluster directory if it does not exist. It is made under a name of its own and
 * renamed when complete, so a start that is killed half-way leaves nothing half made.
 */
export async function initialiseCluster(
  clusterDir: string,
  binaries: Binaries,
  account: Account,
): Promise<void> {
  if (existsSync(clusterDir)) return;
  const dataDir = dirname(clusterDir);
  await checkRoom(dataDir);
  removeAbandoned(clusterDir);
  const draft = `${clusterDir}.tmp-${process.pid}`;
  mkdirSync(draft, { mode: 0o700 });
  giveTo(account, draft);
  await runInitdb(draft, binaries, account);
  try {
    renameSync(draft, clusterDir);
  } catch (error) {
    // Another process of ours was faster; its cluster is as good.
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
    rmSync(draft, { recursive: true });
  }
}

async function checkRoom(dataDir: string): Promise<void> {
  const { bavail, bsize } = await statfs(dataDir);
  if (bavail * bsize < ROOM_FOR_A_CLUSTER_BYTES) throw diskFullError(dataDir);
}

/** Removes drafts of processes that are gone. */
function removeAbandoned(clusterDir: string): void {
  for (const name of readdirSync(dirname(clusterDir))) {
    const pid = /^postgres\.tmp-(\d+)$/.exec(name)?.[1];
    if (pid && (Number(pid) === process.pid || !isAlive(Number(pid)))) {
      rmSync(join(dirname(clusterDir), name), { recursive: true, force: true });
    }
  }
}

async function runInitdb(directory: string, binaries: Binaries, account: Account): Promise<void> {
  const args = [
    ...['-D', directory, '-U', OWNER_ROLE, '--encoding=UTF8'],
    // The builtin provider makes indexes independent of the system's C library.
    ...['--locale=C.UTF-8', '--locale-provider=builtin', '--lc-messages=C'],
    // The socket's directory is private; nothing listens on the network.
    ...['--auth-local=trust', '--auth-host=reject'],
  ];
  const child = spawnAs(account, binaries.initdb, args, {
    cwd: directory,
    output: 'pipe',
    detached: false,
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = await once(child, 'close').catch((cause: unknown) => {
    throw unusableBinaries(cause);
  });
  if (code === 0) return;
  rmSync(directory, { recursive: true, force: true });
  if (saysDiskFull(output)) throw diskFullError(dirname(directory));
  throw new Error(`initdb failed:\n${output}`);
}
