import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test.each(['18.20.4', '20.18.3'])('Node %s is told in two sentences what it lacks', (version) => {
  const program = `
    Object.defineProperty(process.versions, 'node', { value: '${version}' });
    import(${JSON.stringify(join(import.meta.dirname, 'start.mjs'))});`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([
    `需要 Node.js 20.19 或更新版本，当前是 ${version}，请升级后再启动。`,
    `Node.js 20.19 or newer is needed; this is ${version}. Please upgrade it and start again.`,
  ]);
});
