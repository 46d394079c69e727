import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { identityOf, isRunning } from './processes.ts';

/**
 * Who stops the server: the process that started it, which the server's command line names, or
 * after its death one that attached. Returns whether that is this process.
 */
export function takeCharge(starter: string, adopterFile: string): boolean {
  const own = ownIdentity();
  if (isRunning(starter)) return starter === own;
  const adopter = existsSync(adopterFile) ? readFileSync(adopterFile, 'utf8') : '';
  if (isRunning(adopter)) return adopter === own;
  const draft = `${adopterFile}.${process.pid}`;
  writeFileSync(draft, own, { mode: 0o600 });
  renameSync(draft, adopterFile);
  return true;
}

export function ownIdentity(): string {
  return identityOf(process.pid) ?? '';
}
