import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What is used of the server's own picture library, which lies in its workspace. */
interface Picture {
  webp(options: { readonly quality: number; readonly effort: number }): Picture;
  toBuffer(): Promise<Buffer>;
}

const load = createRequire(join(import.meta.dirname, '../../apps/server/package.json'));
const open = load('sharp') as (picture: Buffer) => Picture;

/** Small enough to be kept: text stays sharp, and a page has about 20 KB. */
export async function toWebp(picture: Buffer): Promise<Buffer> {
  return await open(picture).webp({ quality: 72, effort: 6 }).toBuffer();
}
