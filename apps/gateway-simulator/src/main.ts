import { startSimulator } from './simulator.ts';

/** Time for requests under way to end before the process leaves anyhow. */
const GRACE_MS = 3_000;

const { SIM_PORT, SIM_HOST, SIM_DATA_DIR, SIM_PUBLIC_URL, SIM_EXIT_WITH_PARENT } = process.env;

const simulator = await startSimulator({
  port: Number(SIM_PORT ?? 0),
  host: SIM_HOST ?? '127.0.0.1',
  ...(SIM_DATA_DIR ? { dataDir: SIM_DATA_DIR } : {}),
  ...(SIM_PUBLIC_URL ? { publicUrl: SIM_PUBLIC_URL } : {}),
});

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
if (SIM_EXIT_WITH_PARENT === '1') {
  // With a channel to the parent its standard input may be closed from the beginning.
  if (process.connected) process.once('disconnect', stop);
  else process.stdin.once('end', stop).once('close', stop).resume();
}
process.stdout.write(`${JSON.stringify({ event: 'listening', port: simulator.port })}\n`);

function stop(): void {
  setTimeout(() => process.exit(1), GRACE_MS).unref();
  simulator.close().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error('gateway-simulator: could not stop cleanly', error);
      process.exit(1);
    },
  );
}
