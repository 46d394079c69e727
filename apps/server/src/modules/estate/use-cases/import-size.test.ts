import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';

const system = await givenSystem();
afterAll(() => system.close());

test('50,000 houses come in without the process growing by more than 300 MB', {
  timeout: 180_000,
}, async () => {
  const script = fileURLToPath(new URL('../../../../test/measure-import.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', script, system.companyId, '50000'],
    { env: { ...process.env, APP_URL: system.urls.app, JOBS_URL: system.urls.jobs } },
  );
  const measured = JSON.parse(stdout);
  expect(measured).toMatchObject({ state: 'applied', failure: null, new: 50_000 });
  expect(measured.grownMb).toBeLessThan(300);
});
