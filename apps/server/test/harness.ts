import type { StaffActor } from '../src/platform/actor.ts';
import { createSecretBox } from '../src/platform/crypto/secret-box.ts';
import { createDatabase, sql } from '../src/platform/database/index.ts';
import type { Deps } from '../src/platform/deps.ts';
import { newId } from '../src/platform/id.ts';
import { connectLive } from '../src/platform/live.ts';
import { silentLog } from '../src/platform/log.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';

/** A whole server without HTTP: a database of its own, a clock that tests drive, one company. */
export interface TestSystem {
  readonly deps: Deps & { readonly clock: FakeClock };
  readonly clock: FakeClock;
  readonly companyId: string;
  readonly shortCode: string;
  /** Has every permission. */
  readonly staff: StaffActor;
  readonly urls: { readonly owner: string; readonly app: string; readonly jobs: string };
  /** Another company in the same database. */
  addCompany(shortCode: string): Promise<string>;
  close(): Promise<void>;
}

export interface TestSystemOptions {
  readonly at?: string;
  readonly publicUrl?: string;
  readonly checkpoint?: (name: string) => void;
  /** Instead of a copy of the template: for tests that kill the database itself. */
  readonly database?: TestDatabase;
}

const everyPermission: ReadonlySet<string> = new (class extends Set<string> {
  override has(): boolean {
    return true;
  }
})();

export async function givenSystem(options: TestSystemOptions = {}): Promise<TestSystem> {
  const clock = fakeClock(options.at ?? '2026-11-24T02:00:00Z');
  const urls = options.database ?? (await createTestDatabase());
  const db = createDatabase({ url: urls.appUrl, poolSize: 16 });
  const jobsDb = createDatabase({ url: urls.jobsUrl, poolSize: 6 });
  const live = await connectLive(db, urls.appUrl, silentLog);
  const publicUrl = options.publicUrl ?? 'http://localhost:8080';
  const deps = {
    db,
    jobsDb,
    clock,
    live,
    publicUrl,
    notifyUrl: publicUrl,
    demo: true,
    log: silentLog,
    secrets: createSecretBox(new Map([[1, Buffer.alloc(32, 7)]])),
    checkpoint: options.checkpoint ?? (() => undefined),
  };
  const addCompany = (shortCode: string) => insertCompany(deps, shortCode);
  const companyId = await addCompany('test');
  return {
    deps,
    clock,
    companyId,
    shortCode: 'test',
    addCompany,
    urls: { owner: urls.ownerUrl, app: urls.appUrl, jobs: urls.jobsUrl },
    staff: {
      kind: 'staff',
      companyId,
      id: newId(clock.now()),
      name: '测试员',
      permissions: everyPermission,
    },
    async close() {
      await live.close();
      await db.close();
      await jobsDb.close();
      await urls.drop();
    },
  };
}

async function insertCompany(deps: Deps, shortCode: string): Promise<string> {
  const at = deps.clock.now();
  const companyId = newId(at);
  await deps.db.global.run(sql`
    insert into identity.company_code (short_code, company_id)
    values (${shortCode}, ${companyId})`);
  await deps.db.transaction(companyId, (tx) =>
    tx.run(sql`
      insert into identity.company (id, short_code, name, created_at)
      values (${companyId}, ${shortCode}, ${`测试物业 ${shortCode}`}, ${at})`),
  );
  return companyId;
}
