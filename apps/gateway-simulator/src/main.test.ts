import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { controlOf, MCHID, merchantOf, registration } from '../test/merchant.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const NOWHERE = 'http://127.0.0.1:9/notify';

async function startProcess(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await expect.poll(() => output, { timeout: 15_000 }).toContain('\n');
  const { event, port } = JSON.parse(output) as { event: string; port: number };
  expect(event).toBe('listening');
  return { child, url: `http://127.0.0.1:${port}`, output: () => output };
}

test('what was answered survives kill -9, and a line cut short is dropped', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gateway-simulator-'));
  const first = await startProcess({ SIM_DATA_DIR: dataDir });
  await controlOf(first.url)('POST', 'wechat-pay/merchants', registration());
  await merchantOf(first.url, NOWHERE).prepay('ORDER-KILLED');
  const pay = { outTradeNo: 'ORDER-KILLED', outcome: 'paid-no-notification' };
  await controlOf(first.url)('POST', 'wechat-pay/pay', pay);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const journal = join(dataDir, 'simulator.jsonl');
  writeFileSync(journal, `${readFileSync(journal, 'utf8')}{"table":"orders","key":"cut sho`);

  const second = await startProcess({ SIM_DATA_DIR: dataDir });
  const { json } = await controlOf(second.url)('GET', `wechat-pay/book?mchid=${MCHID}`);
  expect(json).toMatchObject({ count: 1, totalFen: 254_70 });
  expect((await merchantOf(second.url, NOWHERE).query('ORDER-KILLED')).status).toBe(200);
  expect(statSync(journal).mode & 0o077).toBe(0); // It holds private keys.
}, 40_000);

test('it ends on SIGTERM, and with its parent', async () => {
  const byTerm = await startProcess({});
  byTerm.child.kill('SIGTERM');
  expect((await once(byTerm.child, 'exit'))[0]).toBe(0);
  expect(byTerm.output().trim().split('\n')).toHaveLength(1);
  const byParent = await startProcess({ SIM_EXIT_WITH_PARENT: '1' });
  byParent.child.stdin.end();
  expect((await once(byParent.child, 'exit'))[0]).toBe(0);
}, 40_000);
