import {
  orderApply,
  runDueImports,
  showImport,
  uploadImport,
} from '../src/modules/estate/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import { createSecretBox } from '../src/platform/crypto/secret-box.ts';
import { createDatabase } from '../src/platform/database/index.ts';
import { silentLog } from '../src/platform/log.ts';
import { houseWorkbook } from './workbook-builders.ts';

/**
 * Run by a test as a process of its own: imports a list of houses and prints by how many megabytes
 * the process grew meanwhile. Arguments: company id, number of houses.
 */
const [companyId = '', count = '0'] = process.argv.slice(2);
const db = createDatabase({ url: process.env['APP_URL'] ?? '', poolSize: 4 });
const jobsDb = createDatabase({ url: process.env['JOBS_URL'] ?? '', poolSize: 2 });
const deps = {
  db,
  jobsDb,
  clock: systemClock,
  secrets: createSecretBox(new Map([[1, Buffer.alloc(32, 7)]])),
  log: silentLog,
  live: {
    announce: async () => undefined,
    subscribe: () => () => undefined,
    close: async () => undefined,
  },
  // A test that wants this process dead at a point of the work names it.
  checkpoint: (name: string) => {
    if (name === process.env['KILL_AT']) process.kill(process.pid, 'SIGKILL');
  },
};
const actor = {
  kind: 'staff',
  companyId,
  id: companyId,
  name: '测试员',
  permissions: new Set<string>(),
} as const;

function list(houses: number): Buffer {
  const header = ['楼栋', '单元', '房号', '建筑面积', '业主姓名', '手机号', '入住日期'];
  const rows = Array.from({ length: houses }, (_none, index) => [
    String(1 + Math.floor(index / 1000)),
    String(1 + (Math.floor(index / 500) % 2)),
    String(101 + (index % 500)),
    '89.37',
    `业主${index}`,
    `139${String(index).padStart(8, '0')}`,
    '2020-06-10',
  ]);
  return Buffer.from(houseWorkbook([header, ...rows]));
}

// Making the file is the test's work, not the import's: it happens before the measurement.
const bytes = list(Number(count));
globalThis.gc?.();
const before = process.memoryUsage().rss;
let peak = before;
const timer = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 10);
const started = performance.now();
const { importId } = await uploadImport(deps, {
  actor,
  fileName: '房屋.xlsx',
  bytes,
  communityName: '大小区',
});
await runDueImports(deps);
const checkedMs = performance.now() - started;
await orderApply(deps, { actor, importId });
await runDueImports(deps);
const appliedMs = performance.now() - started - checkedMs;
clearInterval(timer);
const { state, totals, failure } = await showImport(deps, companyId, importId);
const grownMb = Math.round((peak - before) / 1024 / 1024);
process.stdout.write(
  JSON.stringify({
    state,
    failure,
    new: totals.new,
    grownMb,
    packed: bytes.length,
    checkedMs,
    appliedMs,
  }),
);
await Promise.all([db.close(), jobsDb.close()]);
