import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../src/platform/database/migrate.ts';
import { startEmbeddedPostgres, TEST_SETTINGS } from '../src/platform/embedded-postgres/index.ts';
import { findPostmaster, stopPostmaster } from '../src/platform/embedded-postgres/postmaster.ts';
import { isAlive } from '../src/platform/embedded-postgres/processes.ts';
import { asDatabase } from './database-url.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The owner's connection to the template database; nobody may stay connected to it. */
    readonly templateUrl: string;
  }
}

const DIRECTORY_PREFIX = 'wuye-test-';

/**
 * One PostgreSQL for the whole run, with one migrated template that every test file copies.
 * TEST_DATABASE_URL names a superuser's connection to an existing server instead.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const template = `wuye_template_${process.pid}`;
  const templateUrl = asDatabase(server.url, template);
  await execute(server.url, `drop database if exists ${template}`);
  await execute(server.url, `create database ${template}`);
  await migrate({
    ownerUrl: templateUrl,
    directory: join(import.meta.dirname, '..', 'migrations'),
  });
  project.provide('templateUrl', templateUrl);
  return async () => {
    await execute(server.url, `drop database if exists ${template} with (force)`);
    await server.stop();
  };
}

async function startServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return { url: given, stop: async () => {} };
  await removeAbandonedServers();
  const dataDir = mkdtempSync(join(tmpdir(), `${DIRECTORY_PREFIX}${process.pid}-`));
  chmodSync(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir, settings: TEST_SETTINGS });
  return {
    url: server.ownerUrl,
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A run that was killed leaves its server behind; the next run clears it away. */
async function removeAbandonedServers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(DIRECTORY_PREFIX)) continue;
    const pid = Number(name.slice(DIRECTORY_PREFIX.length).split('-')[0]);
    if (!Number.isInteger(pid) || isAlive(pid)) continue;
    const dataDir = join(tmpdir(), name);
    const server = findPostmaster(join(dataDir, 'postgres'));
    if (server) await stopPostmaster(join(dataDir, 'postgres'), server.pid);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
