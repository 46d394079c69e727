import pg from 'pg';
import { type Config, ConfigError } from './platform/config.ts';
import type { SecretBox } from './platform/crypto/secret-box.ts';
import { migrate } from './platform/database/index.ts';
import { startEmbeddedPostgres } from './platform/embedded-postgres/index.ts';

/** Where the roles of the application connect. */
export interface Connections {
  readonly appUrl: string;
  readonly jobsUrl: string;
  /** Stops the embedded database if this process started it. */
  stop(): Promise<void>;
}

const oldestVersion = 150_000;
/** Scheme, then user and password. Not `URL`: one without a host (a socket) is none to it. */
const credentials = /^(postgres(?:ql)?:\/\/)(?:[^@/?]*@)?/;

/** The embedded database, or the one that DATABASE_URL names; migrated either way. */
export async function connect(
  config: Config,
  secrets: SecretBox,
  migrations: string,
): Promise<Connections> {
  if (config.databaseUrl === undefined) return await embedded(config, migrations);
  const ownerUrl = config.databaseOwnerUrl ?? (await ownerOf(config.databaseUrl));
  if (ownerUrl === undefined) await requireMigrated(config.databaseUrl);
  else await migrate({ ownerUrl, directory: migrations });
  const roleUrls =
    config.databaseOwnerUrl === undefined && ownerUrl !== undefined
      ? await derivedRoles(ownerUrl, secrets)
      : { appUrl: config.databaseUrl, jobsUrl: config.databaseJobsUrl };
  const { appUrl, jobsUrl } = roleUrls;
  if (jobsUrl === undefined) {
    throw new ConfigError(
      '请设置 DATABASE_JOBS_URL（角色 wuye_jobs）：指定了应用角色时，后台任务需要自己的连接',
    );
  }
  return { appUrl, jobsUrl, stop: async () => undefined };
}

async function embedded(config: Config, migrations: string): Promise<Connections> {
  const server = await startEmbeddedPostgres({ dataDir: config.dataDir });
  try {
    await migrate({ ownerUrl: server.ownerUrl, directory: migrations });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    appUrl: server.url('wuye_app'),
    jobsUrl: server.url('wuye_jobs'),
    stop: () => server.stop(),
  };
}

/** @returns the URL itself when its role may create roles and own tables, else undefined */
async function ownerOf(url: string): Promise<string | undefined> {
  return await withClient(url, async (client) => {
    const { rows } = await client.query<{ version: string; owner: boolean }>(`
      select current_setting('server_version_num') as version,
        rolsuper or (rolcreaterole and rolbypassrls) as owner
      from pg_roles where rolname = current_user`);
    if (Number(rows[0]?.version) < oldestVersion) {
      throw new ConfigError('需要 PostgreSQL 15 或更新版本（PostgreSQL 15 or newer is needed）');
    }
    return rows[0]?.owner ? url : undefined;
  });
}

async function requireMigrated(url: string): Promise<void> {
  const migrated = await withClient(url, async (client) => {
    const { rows } = await client.query<{ exists: boolean }>(
      `select to_regclass('identity.company') is not null as exists`,
    );
    return rows[0]?.exists;
  });
  if (!migrated) {
    throw new ConfigError(
      '数据库还没有建表：请设置 DATABASE_OWNER_URL（可建表的角色），或直接用该角色作为 DATABASE_URL',
    );
  }
}

/**
 * Given only an owner's connection, the application still runs under its own roles: their
 * passwords are derived from the master key, so every process finds the same ones.
 */
async function derivedRoles(ownerUrl: string, secrets: SecretBox) {
  const urls = await withClient(ownerUrl, async (client) => {
    const made: string[] = [];
    for (const role of ['wuye_app', 'wuye_jobs']) {
      const password = secrets.derive(`database-role:${role}`);
      await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`);
      made.push(ownerUrl.replace(credentials, `$1${role}:${password}@`));
    }
    return made;
  });
  return { appUrl: urls[0] ?? '', jobsUrl: urls[1] };
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    await client.end();
    throw new ConfigError(
      `连接不上 DATABASE_URL 指定的数据库：${error instanceof Error ? error.message : ''}`,
      { cause: error },
    );
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
