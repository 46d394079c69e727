import { buildMiniPrograms } from '../../tools/mini.mjs';
import { sizeOf } from '../mini/sizes.ts';
import type { BenchResult } from './report.ts';

const WALLET_BYTES_MOST = 2 * 1024 * 1024;

/** What the mini-programs weigh; the ratio is WeChat's limit of a package to ours. */
export async function run(): Promise<BenchResult> {
  await buildMiniPrograms();
  const sizes = (['weapp', 'alipay'] as const).map((name) => ({ name, ...sizeOf(name) }));
  const figures = sizes.flatMap(({ name, files, rawBytes, gzipBytes }) => [
    { name: `${name}: main package`, value: rawBytes / 1000, unit: 'KB' },
    { name: `${name}: main package, gzip`, value: gzipBytes / 1000, unit: 'KB' },
    { name: `${name}: files`, value: files, unit: '' },
  ]);
  const ratio = WALLET_BYTES_MOST / Math.max(...sizes.map(({ rawBytes }) => rawBytes));
  return { name: 'mini', ratio, figures, rows: sizes.reduce((sum, { files }) => sum + files, 0) };
}
