import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MasterKeys } from './secret-box.ts';

/**
 * Master keys from the environment ("1:<base64>,2:<base64>", 32 bytes each), else from a file
 * that is made at the first start and readable by its owner only.
 */
export async function loadMasterKeys(
  fromEnvironment: string | undefined,
  dataDir: string,
): Promise<MasterKeys> {
  if (fromEnvironment) return parseMasterKeys(fromEnvironment);
  const directory = join(dataDir, 'keys');
  const path = join(directory, 'master.key');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const fresh = `1:${randomBytes(32).toString('base64')}`;
  try {
    await writeFile(path, fresh, { flag: 'wx', mode: 0o600 });
    return parseMasterKeys(fresh);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return parseMasterKeys(await readFile(path, 'utf8'));
  }
}

export function parseMasterKeys(text: string): MasterKeys {
  const keys = new Map<number, Buffer>();
  for (const part of text.trim().split(',')) {
    const [number = '', encoded = ''] = part.split(':');
    const key = Buffer.from(encoded, 'base64');
    const id = Number(number);
    if (!Number.isInteger(id) || id < 1 || id > 255 || key.length !== 32) {
      throw new Error('MASTER_KEYS must be "1:<32 bytes in base64>", separated by commas');
    }
    keys.set(id, key);
  }
  return keys;
}
