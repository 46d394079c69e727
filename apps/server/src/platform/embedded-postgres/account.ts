import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StartError } from './start-error.ts';

/**
 * The account that PostgreSQL runs as. It refuses to run as root, so root lends it another:
 * `switch` sets uid and gid; `namespace` stays root outside and is nobody inside, which also
 * works where the data or the binaries lie below a private home directory.
 */
export type Account =
  | { readonly kind: 'same' }
  | { readonly kind: 'switch'; readonly uid: number; readonly gid: number }
  | { readonly kind: 'namespace' };

/** Inside the namespace root appears as this account, nobody of every Linux. */
const NOBODY = 65534;

/** Chooses the account for a data directory (which exists) and binaries. */
export function chooseAccount(dataDir: string, binariesDir: string): Account {
  if (process.getuid?.() !== 0) return { kind: 'same' };
  const candidates = [ownerOf(join(dataDir, 'postgres')), passwd('postgres'), passwd('nobody')];
  for (const candidate of candidates) {
    if (!candidate || candidate.uid === 0) continue;
    const { uid } = candidate;
    if (isReachable(dataDir, uid) && isReachable(binariesDir, uid)) {
      return { kind: 'switch', ...candidate };
    }
  }
  if (namespacesWork()) return { kind: 'namespace' };
  throw new StartError(
    `PostgreSQL 不能以 root 身份运行，而普通账户又无法进入 ${dataDir}；请改用普通账户启动，或把 DATA_DIR 设到普通账户可进入的目录。`,
    `PostgreSQL does not run as root, and no ordinary account can enter ${dataDir}: start as an ordinary user, or set DATA_DIR to a directory that others may enter.`,
  );
}

/** Starts a program as the account; the environment holds nothing that could redirect it. */
export function spawnAs(
  account: Account,
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly output: number | 'pipe'; readonly detached: boolean },
): ChildProcess {
  const [file, fullArgs] =
    account.kind === 'namespace'
      ? ['unshare', [...namespaceArgs, command, ...args]]
      : [command, [...args]];
  return spawn(file, fullArgs, {
    cwd: options.cwd,
    detached: options.detached,
    stdio: ['ignore', options.output, options.output],
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    ...(account.kind === 'switch' ? { uid: account.uid, gid: account.gid } : {}),
  });
}

/** Gives a file or a whole directory to the account. Only root can, and only root needs to. */
export function giveTo(account: Account, path: string): void {
  if (account.kind === 'same') return;
  const { uid, gid } = account.kind === 'switch' ? account : { uid: 0, gid: 0 };
  const now = statSync(path);
  if (now.uid === uid && now.gid === gid) return;
  chownTree(path, uid, gid);
}

const namespaceArgs = ['-U', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];

function namespacesWork(): boolean {
  return spawnSync('unshare', [...namespaceArgs, 'true'], { stdio: 'ignore' }).status === 0;
}

function ownerOf(path: string): { uid: number; gid: number } | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && { uid: stats.uid, gid: stats.gid };
}

function passwd(name: string): { uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** Whether the account may enter the directory and everything above it. */
function isReachable(directory: string, uid: number): boolean {
  for (let path = resolve(directory); ; path = dirname(path)) {
    const { mode, uid: owner } = statSync(path);
    if ((owner === uid ? mode & 0o100 : mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

function chownTree(path: string, uid: number, gid: number): void {
  const stats = statSync(path);
  if (stats.isDirectory()) {
    chmodSync(path, 0o700);
    for (const name of readdirSync(path)) chownTree(join(path, name), uid, gid);
  }
  chownSync(path, uid, gid);
}
