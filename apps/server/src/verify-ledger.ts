import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, readConfig } from './platform/config.ts';
import { createDatabase, type Database, sql } from './platform/database/index.ts';
import { StartError, startEmbeddedPostgres } from './platform/embedded-postgres/index.ts';
import { linesOf } from './verify-ledger/print.ts';
import { hasFailure, verifyLedger } from './verify-ledger/verify.ts';

/**
 * `npm run verify-ledger [-- --lang en]`: proves the books and ends with 1 when they do not hold.
 * Reads DATABASE_OWNER_URL, DATABASE_JOBS_URL or DATABASE_URL, else the embedded database of
 * DATA_DIR, running or not.
 */
try {
  process.exitCode = await run(process.argv.slice(2), process.env);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function run(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const language = args[args.indexOf('--lang') + 1] === 'en' ? 'en' : 'zh';
  const { dataDir } = readConfig({ ...env, DEMO: 'on', HOST: undefined });
  const anchors = join(dataDir, 'anchors');
  const source = await openSource(env, dataDir);
  const db = createDatabase({ url: source.url, poolSize: 1, applicationName: 'verify-ledger' });
  try {
    await requireRights(db);
    const anchorDirectory = existsSync(anchors) ? anchors : undefined;
    const reports = await verifyLedger(db, { anchorDirectory, now: new Date() });
    console.log(linesOf(reports, language).join('\n'));
    return hasFailure(reports) ? 1 : 0;
  } finally {
    await db.close();
    await source.stop();
  }
}

interface Source {
  readonly url: string;
  stop(): Promise<void>;
}

async function openSource(
  env: Readonly<Record<string, string | undefined>>,
  dataDir: string,
): Promise<Source> {
  const url = env.DATABASE_OWNER_URL || env.DATABASE_JOBS_URL || env.DATABASE_URL;
  if (url) return { url, stop: async () => undefined };
  if (!existsSync(join(dataDir, 'postgres'))) {
    throw new ConfigError(
      `目录 ${dataDir} 中没有数据库：请先用 npm start 启动一次，或用 DATA_DIR 指定数据目录\n` +
        `There is no database in ${dataDir}: run npm start once, or name the directory with DATA_DIR`,
    );
  }
  const server = await startEmbeddedPostgres({ dataDir });
  return { url: server.ownerUrl, stop: () => server.stop() };
}

async function requireRights(db: Database): Promise<void> {
  const { ready, free } = await db.global.one(sql<{ ready: boolean; free: boolean }>`
    select to_regclass('ledger.transfer') is not null as ready,
      (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as free`);
  if (!ready) {
    throw new ConfigError('数据库还没有建表：请先启动一次系统（the database has no tables yet）');
  }
  if (!free) {
    throw new ConfigError(
      '该角色只能看到一家公司的数据：请设置 DATABASE_OWNER_URL 或 DATABASE_JOBS_URL\n' +
        'This role sees one company at a time: set DATABASE_OWNER_URL or DATABASE_JOBS_URL',
    );
  }
}
