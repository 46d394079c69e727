import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const MODULES = 'apps/server/src/modules';

/** A small repository with one breach of every rule, and one import that is allowed. */
const FILES: Record<string, string> = {
  [`${MODULES}/estate/index.ts`]: 'export const unit = 1;',
  [`${MODULES}/estate/store/unit-store.ts`]: "import '../../payment/index.ts';",
  [`${MODULES}/billing/index.ts`]: "import '../estate/index.ts'; import '../payment/index.ts';",
  [`${MODULES}/billing/routes.ts`]: "import './store/bill-store.ts';",
  [`${MODULES}/billing/store/bill-store.ts`]: "import '../../estate/store/unit-store.ts';",
  [`${MODULES}/billing/queries/list.ts`]: "import '../store/bill-store.ts';",
  [`${MODULES}/payment/index.ts`]: "import type { a } from '../billing/index.ts';",
  [`${MODULES}/loyalty/index.ts`]: "import '../estate/index.ts';",
  'apps/server/src/platform/clock.ts': "import '../modules/estate/index.ts';",
  'apps/server/src/compose.ts': "import './modules/billing/store/bill-store.ts';",
  'apps/server/src/lost.ts': "import './nowhere.ts';",
  'apps/server/test/builders.ts': 'export const given = 1;',
  'apps/server/src/api.ts': "import '../test/builders.ts';",
  'apps/cashier/src/main.ts': "import '../../server/src/platform/clock.ts';",
  'apps/gateway-simulator/src/main.ts': "import '../../../packages/money/src/index.ts';",
  'packages/money/src/index.ts': "import '../../../apps/cashier/src/main.ts';",
};

const tree = mkdtempSync(join(tmpdir(), 'wuye-boundaries-'));
afterAll(() => rmSync(tree, { recursive: true, force: true }));
for (const [path, text] of Object.entries(FILES)) {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
}
const { stdout } = spawnSync(
  join(ROOT, 'node_modules/.bin/depcruise'),
  ['--config', join(ROOT, '.dependency-cruiser.mjs'), '--output-type', 'json', 'apps', 'packages'],
  { cwd: tree, encoding: 'utf8' },
);
type Violation = { from: string; to: string; rule: { name: string } };
const { violations } = (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary;
const found = violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`);

test.each([
  [`table-billing: ${MODULES}/billing/index.ts → ${MODULES}/payment/index.ts`],
  [`table-estate: ${MODULES}/estate/store/unit-store.ts → ${MODULES}/payment/index.ts`],
  [`module-is-in-the-table: ${MODULES}/loyalty/index.ts → ${MODULES}/estate/index.ts`],
  [
    `only-through-the-door: ${MODULES}/billing/store/bill-store.ts → ${MODULES}/estate/store/unit-store.ts`,
  ],
  [
    `server-enters-by-the-door: apps/server/src/compose.ts → ${MODULES}/billing/store/bill-store.ts`,
  ],
  [`platform-has-no-business-word: apps/server/src/platform/clock.ts → ${MODULES}/estate/index.ts`],
  [
    `routes-and-jobs-leave-sql-alone: ${MODULES}/billing/routes.ts → ${MODULES}/billing/store/bill-store.ts`,
  ],
  [
    `queries-only-read: ${MODULES}/billing/queries/list.ts → ${MODULES}/billing/store/bill-store.ts`,
  ],
  ['apps-are-apart: apps/cashier/src/main.ts → apps/server/src/platform/clock.ts'],
  ['simulator-shares-nothing: apps/gateway-simulator/src/main.ts → packages/money/src/index.ts'],
  ['packages-know-no-app: packages/money/src/index.ts → apps/cashier/src/main.ts'],
  ['product-needs-no-test-code: apps/server/src/api.ts → apps/server/test/builders.ts'],
  ['resolvable: apps/server/src/lost.ts → ./nowhere.ts'],
])('the boundaries refuse %s', (violation) => {
  expect(found).toContain(violation);
});

test('the boundaries refuse a cycle, even one of types', () => {
  expect(found.some((violation) => violation.startsWith('no-circular: '))).toBe(true);
});

test('the boundaries accept a call down the table through the door', () => {
  const allowed = `${MODULES}/billing/index.ts → ${MODULES}/estate/index.ts`;
  expect(found.filter((violation) => violation.includes(allowed))).toEqual([]);
});
