import { startEmbeddedPostgres, TEST_SETTINGS } from '../src/platform/embedded-postgres/index.ts';

/** A process that tests can kill: starts the database of a directory and waits for SIGTERM. */
async function main(dataDir: string): Promise<void> {
  // Durability is what is tested, so it stays on.
  const settings = { ...TEST_SETTINGS, fsync: 'on', synchronous_commit: 'on' };
  const server = await startEmbeddedPostgres({ dataDir, settings });
  const { ownerUrl, startedByUs } = server;
  process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  console.log(JSON.stringify({ ownerUrl, startedByUs }));
  setInterval(() => {}, 60_000);
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  console.log(JSON.stringify({ error: String(error) }));
  process.exit(1);
});
