// The whole system on an empty data directory of its own, which goes when the process ends.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const parent = mkdtempSync(join(tmpdir(), 'wuye-browser-'));
process.env.DATA_DIR = join(parent, 'data');
process.on('exit', () => rmSync(parent, { recursive: true, force: true }));
await import('../../tools/start.mjs');
