/**
 * Module boundaries, generated from one table. Lowest module first: calls run down this table,
 * news runs up it as events. The reasons are in ARCHITECTURE.md.
 * `tools/check.mjs` runs it and fails when no module was cruised.
 */
const MAY_CALL = {
  identity: [],
  estate: [],
  ledger: [],
  channels: [],
  messaging: [],
  risk: [],
  prepayment: ['ledger'],
  charging: ['estate'],
  resident: ['estate', 'channels', 'messaging'],
  content: ['charging', 'resident'],
  billing: ['estate', 'charging', 'ledger', 'prepayment'],
  payment: ['billing', 'channels', 'ledger', 'risk', 'prepayment'],
  bank: ['estate', 'billing', 'payment'],
  invoicing: ['estate', 'resident', 'billing', 'payment'],
  counter: ['payment', 'ledger'],
  cashier: ['estate', 'billing', 'payment', 'invoicing'],
  checkout: ['estate', 'resident', 'prepayment', 'billing', 'payment', 'channels', 'cashier'],
  autopay: ['estate', 'resident', 'billing', 'payment', 'channels', 'messaging'],
  reconciliation: ['payment', 'channels', 'ledger'],
  feedback: ['estate', 'resident', 'billing', 'messaging', 'cashier'],
  reminders: ['estate', 'resident', 'billing', 'messaging', 'feedback'],
  analytics: [],
  integration: [],
};

const MODULES = 'apps/server/src/modules';
const TEST = '\\.test\\.ts$';

/** One rule a module: it imports itself and what its row names, nothing else. */
const table = Object.entries(MAY_CALL).map(([module, allowed]) => ({
  name: `table-${module}`,
  comment: `${module} may call ${allowed.join(', ') || 'no other module'}.`,
  severity: 'error',
  from: { path: `^${MODULES}/${module}/`, pathNot: TEST },
  to: { path: `^${MODULES}/`, pathNot: `^${MODULES}/(${[module, ...allowed].join('|')})/` },
}));

const rules = [
  {
    name: 'module-is-in-the-table',
    comment: 'A new module gets a row in MAY_CALL first.',
    from: { path: `^${MODULES}/`, pathNot: `^${MODULES}/(${Object.keys(MAY_CALL).join('|')})/` },
    to: {},
  },
  {
    name: 'only-through-the-door',
    comment: 'Another module is reached through its index.ts, by tests and by verbs alike.',
    from: { path: `^${MODULES}/([^/]+)/` },
    to: { path: `^${MODULES}/`, pathNot: `^${MODULES}/($1/|[^/]+/index\\.ts$)` },
  },
  {
    name: 'server-enters-by-the-door',
    comment: 'compose.ts and the entry points see index, routes, jobs and events of a module.',
    from: { path: '^apps/server/(src/[^/]+\\.ts$|src/demo/)' },
    to: {
      path: `^${MODULES}/`,
      pathNot: `^${MODULES}/[^/]+/(index|routes|jobs|events)\\.ts$`,
    },
  },
  {
    name: 'platform-has-no-business-word',
    comment: 'platform/ knows no module.',
    from: { path: '^apps/server/src/platform/', pathNot: TEST },
    to: { path: `^apps/server/src/(modules/|[^/]+\\.ts$)` },
  },
  {
    name: 'routes-and-jobs-leave-sql-alone',
    comment: 'A route or a job makes one call to a use-case or a query; it never imports store/.',
    from: { path: `^${MODULES}/[^/]+/(routes|jobs)(/|\\.ts$)` },
    to: { path: '/store/' },
  },
  {
    name: 'queries-only-read',
    comment: 'store/ writes or locks; a query does neither.',
    from: { path: `^${MODULES}/[^/]+/queries/`, pathNot: TEST },
    to: { path: `^${MODULES}/[^/]+/(store|use-cases)/` },
  },
  {
    name: 'apps-are-apart',
    comment: 'No app imports another.',
    from: { path: '^apps/([^/]+)/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'simulator-shares-nothing',
    comment: 'Sharing our reading of a channel protocol would make both wrong together.',
    from: { path: '^apps/gateway-simulator/' },
    to: { path: '^(packages|tools|tests)/' },
  },
  {
    name: 'packages-know-no-app',
    comment: 'packages/ are imported; they import no app, tool or test.',
    from: { path: '^packages/' },
    to: { path: '^(apps|tools|tests)/' },
  },
  {
    name: 'product-needs-no-test-code',
    comment: 'Only tests import test code.',
    from: { path: '^(apps|packages)/[^/]+/src/', pathNot: TEST },
    to: { path: `(${TEST}|^apps/server/test/|^tests/)` },
  },
  {
    name: 'no-circular',
    comment: 'A cycle means two files that are one.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'resolvable',
    comment:
      'Every import leads somewhere; the mini-programs, with packages apart, have their tsc.',
    from: { pathNot: '^apps/resident/mini/' },
    to: { couldNotResolve: true },
  },
].map((rule) => ({ severity: 'error', ...rule }));

export default {
  forbidden: [...table, ...rules],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // The swc parser reads no TSX; tools/tidy.ts checks the imports of the console.
    exclude: { path: '((^|/)(dist|node_modules|fixtures)/|\\.tsx$)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
