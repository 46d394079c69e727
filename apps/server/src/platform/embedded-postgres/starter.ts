import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { birthOf } from './processes.ts';

/** Who stops the server: the process that started it, or after its death one that attached. */
type Starter = { readonly pid: number; readonly birth: string };

export function becomeStarter(file: string): void {
  const starter = { pid: process.pid, birth: birthOf(process.pid) };
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(starter), { mode: 0o600 });
  renameSync(draft, file);
}

/** Whether the recorded starter still runs; a later process with its number is not it. */
export function isStarterAlive(file: string): boolean {
  const starter = readStarter(file);
  return starter !== undefined && birthOf(starter.pid) === starter.birth;
}

function readStarter(file: string): Starter | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Starter;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
