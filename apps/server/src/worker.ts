import { workOf } from './compose.ts';
import { readConfig } from './platform/config.ts';
import { startWorker } from './platform/worker.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { openSystem } from './system.ts';

/** The jobs alone, for production: n of these beside n apis. */
const config = readConfig({ ...process.env, DEMO: 'off' });
const system = await openSystem(config);
const worker = startWorker(system.deps, workOf(system.deps, system));
stopOnSignal(async () => {
  await worker.stop();
  await system.close();
});
