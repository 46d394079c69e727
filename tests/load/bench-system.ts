import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecretBox } from '../../apps/server/src/platform/crypto/secret-box.ts';
import { createDatabase, migrate, sql } from '../../apps/server/src/platform/database/index.ts';
import { startEmbeddedPostgres } from '../../apps/server/src/platform/embedded-postgres/index.ts';
import { newId } from '../../apps/server/src/platform/id.ts';
import { connectLive } from '../../apps/server/src/platform/live.ts';
import { silentLog } from '../../apps/server/src/platform/log.ts';
import type { TestSystem } from '../../apps/server/test/harness.ts';
import { freePort } from '../flows/cashier-scene.ts';

/** A server of its own over a database of its own, at the present time. */
export async function openSystem(): Promise<TestSystem & { readonly port: number }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wuye-bench-'));
  const server = await startEmbeddedPostgres({ dataDir });
  await migrate({ ownerUrl: server.ownerUrl, directory: 'apps/server/migrations' });
  const appUrl = server.url('wuye_app');
  const jobsUrl = server.url('wuye_jobs');
  const db = createDatabase({ url: appUrl, poolSize: 8 });
  const jobsDb = createDatabase({ url: jobsUrl, poolSize: 2 });
  const live = await connectLive(db, appUrl, silentLog);
  const clock = { now: () => new Date(), set: () => undefined, advance: () => undefined };
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  const companyId = newId(clock.now());
  const shortCode = 'bench';
  await db.global.run(sql`
    insert into identity.company_code (short_code, company_id)
    values (${shortCode}, ${companyId})`);
  await db.transaction(companyId, (tx) =>
    tx.run(sql`
      insert into identity.company (id, short_code, name, created_at)
      values (${companyId}, ${shortCode}, '阳光物业', ${clock.now()})`),
  );
  const secrets = createSecretBox(new Map([[1, Buffer.alloc(32, 7)]]));
  const shared = { db, jobsDb, clock, live, publicUrl, notifyUrl: publicUrl, secrets };
  return {
    deps: { ...shared, demo: true, log: silentLog, checkpoint: () => undefined },
    clock,
    port,
    companyId,
    shortCode,
    staff: { kind: 'staff', companyId, id: newId(clock.now()), name: '', permissions: new Set() },
    urls: { owner: server.ownerUrl, app: appUrl, jobs: jobsUrl },
    addCompany: () => Promise.reject(new Error('the bench has one company')),
    async close() {
      await live.close();
      await db.close();
      await jobsDb.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
