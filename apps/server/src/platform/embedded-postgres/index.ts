import { mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';
import { chooseAccount, giveTo } from './account.ts';
import { findBinaries } from './binaries.ts';
import { claimDataDirectory } from './data-directory.ts';
import { initialiseCluster, OWNER_ROLE } from './initialise.ts';
import { type Postmaster, stopPostmaster } from './postmaster.ts';
import { serve } from './serve.ts';
import { diskFullError, saysDiskFull } from './start-error.ts';
import { takeCharge } from './starter.ts';

export { claimDataDirectory } from './data-directory.ts';
export { StartError } from './start-error.ts';

export type EmbeddedPostgres = {
  /** Connects as the superuser of the cluster; for migrations. */
  readonly ownerUrl: string;
  readonly url: (role: string, database?: string) => string;
  readonly socketDir: string;
  /** Whether `stop()` of this process stops the server. */
  readonly startedByUs: boolean;
  readonly stop: () => Promise<void>;
};

const DATABASE = 'wuye';

/** Enough for one machine with everything on it; measured: half again as many payments. */
export const PRODUCTION_SETTINGS = {
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  max_connections: '60',
} as const;

/** For clusters that are thrown away: nothing is waited for, a crash may lose everything. */
export const TEST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
  max_connections: '100',
  shared_buffers: '128MB',
} as const;

/**
 * Starts PostgreSQL on the data directory, or attaches to the one that runs there: it outlives
 * a `kill -9` of the process that started it. Throws a StartError for what the reader can mend.
 */
export async function startEmbeddedPostgres(options: {
  readonly dataDir: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly logFile?: string;
}): Promise<EmbeddedPostgres> {
  const dataDir = claimDataDirectory(options.dataDir);
  const clusterDir = join(dataDir, 'postgres');
  const binaries = findBinaries();
  const account = chooseAccount(dataDir, binaries.root);
  await initialiseCluster(clusterDir, binaries, account);
  giveTo(account, clusterDir);
  const logFile = options.logFile ?? join(dataDir, 'postgres.log');
  mkdirSync(dirname(logFile), { recursive: true });
  const settings = options.settings ?? PRODUCTION_SETTINGS;
  const server = await serve({ clusterDir, logFile, binaries, account, settings });

  const startedByUs = takeCharge(server.starter, join(dataDir, 'postgres.adopter'));
  const url = (role: string, database = DATABASE) => urlOf(server, role, database);
  await createDatabase(url(OWNER_ROLE, 'postgres')).catch((error: unknown) => {
    const isFull = error instanceof Error && saysDiskFull(error.message);
    throw isFull ? diskFullError(dataDir, error) : error;
  });
  return {
    ownerUrl: url(OWNER_ROLE),
    url,
    socketDir: server.socketDir,
    startedByUs,
    stop: async () => {
      if (startedByUs) await stop(clusterDir, server);
    },
  };
}

async function stop(clusterDir: string, server: Postmaster): Promise<void> {
  await stopPostmaster(clusterDir, server.pid);
  const isTemporary = dirname(server.socketDir) !== dirname(clusterDir);
  if (isTemporary && basename(server.socketDir).startsWith('wuye-')) {
    rmSync(server.socketDir, { recursive: true, force: true });
  }
}

function urlOf({ socketDir }: Postmaster, role: string, database: string): string {
  const host = encodeURIComponent(socketDir).replaceAll('%2F', '/');
  return `postgres://${role}@/${database}?host=${host}`;
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      DATABASE,
    ]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } catch (error) {
    // Another process created it after we looked, or was about to.
    const { code } = error as { code?: string };
    if (code !== '42P04' && code !== '23505') throw error;
  } finally {
    await client.end();
  }
}
