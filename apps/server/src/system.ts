import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { connect } from './connections.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { loadMasterKeys } from './platform/crypto/master-keys.ts';
import { createSecretBox } from './platform/crypto/secret-box.ts';
import { createDatabase } from './platform/database/index.ts';
import type { Deps } from './platform/deps.ts';
import { claimDataDirectory } from './platform/embedded-postgres/index.ts';
import { connectLive } from './platform/live.ts';

/** What api and worker share: settings turned into connections. */
export interface System {
  readonly deps: Deps;
  readonly log: Logger;
  /** Where the heads of the hash chains are written down, outside the database. */
  readonly anchorDirectory: string;
  /** Closes the connections, then stops the embedded database. */
  close(): Promise<void>;
}

const jobsPoolSize = 6;

export async function openSystem(config: Config): Promise<System> {
  const log = pino({ level: config.logLevel, base: { host: hostname() } });
  // Before anything is written there: a foreign directory is refused.
  if (config.databaseUrl === undefined) claimDataDirectory(config.dataDir);
  const keys = await loadMasterKeys(config.masterKeys, config.dataDir);
  const secrets = createSecretBox(keys);
  const migrations = join(import.meta.dirname, '..', 'migrations');
  const connections = await connect(config, secrets, migrations);
  let isClosing = false;
  const onIdleError = (error: Error) => {
    // The embedded database ends sockets that the pools have let go of a moment before.
    if (!isClosing) log.warn({ err: error }, 'a database connection broke');
  };
  const shared = { prepared: config.prepared, onIdleError };
  const db = createDatabase({ ...shared, url: connections.appUrl, poolSize: config.poolSize });
  const jobsDb = createDatabase({ ...shared, url: connections.jobsUrl, poolSize: jobsPoolSize });
  const live = await connectLive(db, connections.appUrl, log);
  const deps: Deps = {
    db,
    jobsDb,
    clock: systemClock,
    secrets,
    live,
    log,
    publicUrl: config.publicUrl,
    notifyUrl: config.notifyUrl,
    demo: config.demo,
    checkpoint: () => undefined,
  };
  return {
    deps,
    log,
    anchorDirectory: join(config.dataDir, 'anchors'),
    async close() {
      isClosing = true;
      await live.close();
      await Promise.all([db.close(), jobsDb.close()]);
      await connections.stop();
    },
  };
}
