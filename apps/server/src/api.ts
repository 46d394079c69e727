import { buildApp } from './compose.ts';
import { addHealthRoutes, serveConsole } from './front.ts';
import { readConfig } from './platform/config.ts';
import { serveResidentApp } from './resident-app.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { openSystem } from './system.ts';

/** The HTTP side alone, for production: n of these beside n workers. */
const config = readConfig({ ...process.env, DEMO: 'off' });
const system = await openSystem(config);
const app = await buildApp(system.deps, { loggerInstance: system.log });
addHealthRoutes(app, system.deps.db);
await serveConsole(app);
await serveResidentApp(app, config);
await app.listen({ port: config.port, host: config.host });
stopOnSignal(async () => {
  await app.close();
  await system.close();
});
