import { expect, test } from 'vitest';
import { tidy } from './tidy.ts';

const MODULES = 'apps/server/src/modules';
const README = `${MODULES}/billing/README.md`;

/** What tidy says of one file in a repository that is otherwise in order. */
function messagesFor(path: string, text: string): string[] {
  const sources = [
    { path, text },
    { path: README, text: '# billing' },
  ];
  return tidy(
    sources,
    sources.map((source) => source.path),
  ).map(({ line, message }) => `${line}: ${message}`);
}

const store = `${MODULES}/billing/store/bill-store.ts`;

test.each([
  ['SQL in a route', `${MODULES}/billing/routes.ts`, 'sql`select 1`', 'SQL stands in'],
  ['a write to a neighbour', store, 'sql`insert into ledger.transfer select 1`', 'not ours'],
  ['a read of a neighbour', store, 'sql<Row>`select 1\n from estate.unit`', '2: estate.unit'],
  ['a table of the platform', store, 'sql`delete from platform.outbox`', 'platform.outbox'],
  ['the clock of the database', store, 'sql`select now()`', 'time is a parameter'],
  ['the clock of the machine', store, 'const at = Date.now();', 'deps.clock'],
  ['money in floats', store, 'const text = yuan.toFixed(2);', 'whole fen'],
  ['a swallowed error', store, 'try { a(); } catch (error) {}', 'never swallowed'],
  ['a long line', store, `const a = b + ${'c'.repeat(100)};`, 'longer than 100'],
  ['a long file', store, 'a();\n'.repeat(301), '301 lines'],
  ['a focused test', `${MODULES}/billing/a.test.ts`, `${'test'}.only('a', b);`, 'silences'],
  [
    'a page of the app that reads the network by itself',
    'apps/resident/src/pages/bills/index.tsx',
    "import { request } from 'axios';",
    'what differs',
  ],
  [
    'a page of the app that imports another page',
    'apps/resident/src/pages/bills/index.tsx',
    "import { row } from '../bill/row.ts';",
    'a page of its own',
  ],
  [
    'a page of the app that goes around #ui',
    'apps/resident/src/pages/bills/index.tsx',
    "import { Link } from '../../ui/web/links.tsx';",
    "web's own",
  ],
  [
    'a value of the contract in the app',
    'apps/resident/src/api/contract.ts',
    "import { residentRoutes } from '@wuye-pay/contract';",
    'what differs',
  ],
  [
    'a tag in a page of the app',
    'apps/resident/src/pages/bills/index.tsx',
    'const a = <div>{b}</div>;',
    '#ui has',
  ],
  ['the browser in a page', 'apps/resident/src/data/a.ts', 'location.reload();', 'no browser'],
  ['a tag in a style', 'apps/resident/src/ui/a.css', 'button {\n  margin: 0;\n}', 'classes only'],
  ['a to-do without an issue', store, `// ${'TO'}DO later`, 'issue number'],
  ['a manager', store, 'class BillManager {}', 'verb of the trade'],
  ['an import without extension', store, "import { a } from '../domain/a';", 'names its extension'],
  [
    'a rule that reads the clock of the platform',
    `${MODULES}/billing/domain/bill.ts`,
    "import { clock } from '../../../platform/clock.ts';",
    'domain/ takes values only',
  ],
  [
    'a page that imports the page of another module',
    'apps/console/src/billing/BillPage.tsx',
    "import { UnitPage } from '../estate/UnitPage.tsx';",
    'share through ui/',
  ],
  [
    'an error declared outside errors.ts',
    `${MODULES}/billing/use-cases/issue.ts`,
    'defineErrors({ A: b });',
    'errors.ts of their module',
  ],
  ['a badly named migration', 'apps/server/migrations/7_bill.sql', '-- why', 'NNNN_module'],
  [
    'a migration without a reason',
    'apps/server/migrations/0007_billing_bill.sql',
    'create table a ();',
    'begin with a comment',
  ],
  ['a module without a row', `${MODULES}/loyalty/index.ts`, 'export {};', 'give the module a row'],
  ['a module without README', `${MODULES}/estate/index.ts`, 'export {};', 'on one screen'],
  ['a dead link', 'docs/a.md', '[b](./b.md)', 'no such file'],
  ['a package registry', 'docs/a.md', `https://registry${'.'}example.org`, 'no package registry'],
  ['a path of one machine', 'docs/a.md', `see ${'/home'}/ming/wuye`, 'path of one machine'],
])('tidy finds %s', (_name, path, text, expected) => {
  expect(messagesFor(path, text).join('\n')).toContain(expected);
});

test.each([
  ['a read of a published view', store, 'sql`select 1 from estate.pub_unit`'],
  ['the company row as anchor', store, 'sql`select 1 from identity.company`'],
  ['its own table', store, 'sql`update billing.bill set paid_fen = ${paid}`'],
  ['a function of the platform', store, 'sql`select 1 from platform.units(${a})`'],
  [
    'a type from elsewhere in a rule',
    `${MODULES}/billing/domain/bill.ts`,
    "import type { Clock } from '../../../platform/clock.ts';",
  ],
  [
    'a word of a type in a rule',
    `${MODULES}/billing/domain/bill.ts`,
    "export interface Bill {\n  readonly state: 'open';\n}",
  ],
  ['a long sentence on its own line', store, `  zh: '${'字'.repeat(120)}',`],
  [
    'a migration that runs by itself',
    'apps/server/migrations/0001_billing_a.sql',
    '-- no-transaction\n-- why\n',
  ],
])('tidy accepts %s', (_name, path, text) => {
  expect(messagesFor(path, text)).toEqual([]);
});
