import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Whether the process runs; one that died and waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return procStat(pid)?.state !== 'Z';
}

/** Tells this run of a pid from a later process with the same number; undefined when gone. */
export function identityOf(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  const birth = procStat(pid)?.startTicks ?? ps(pid, 'lstart=');
  return `${pid}.${createHash('sha256').update(birth).digest('hex').slice(0, 12)}`;
}

/** Whether the process that once had this identity still runs. */
export function isRunning(identity: string): boolean {
  return identityOf(Number(identity.split('.')[0])) === identity;
}

/** The command line of a process, or an empty text when it cannot be seen. */
export function commandOf(pid: number): string {
  const text = readProc(pid, 'cmdline');
  return text === undefined ? ps(pid, 'command=') : text.replaceAll('\0', ' ').trim();
}

function procStat(pid: number): { state: string; startTicks: string } | undefined {
  // The second field is the program's name in brackets and may hold blanks.
  const fields = readProc(pid, 'stat')
    ?.replace(/^.*\) /s, '')
    .split(' ');
  const [state, startTicks] = [fields?.[0], fields?.[19]];
  return state && startTicks ? { state, startTicks } : undefined;
}

function readProc(pid: number, name: string): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return undefined;
    throw error;
  }
}

function ps(pid: number, column: string): string {
  return spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
}
