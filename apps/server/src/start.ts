import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildApp, workOf } from './compose.ts';
import { ensureDemo } from './demo/demo.ts';
import { ensureAdministrator } from './first-administrator.ts';
import { addHealthRoutes, proxySimulator, serveConsole } from './front.ts';
import { announceStart } from './greeting.ts';
import { type Config, readConfig } from './platform/config.ts';
import { startWorker, type Worker } from './platform/worker.ts';
import { serveResidentApp } from './resident-app.ts';
import { type SimulatorProcess, startSimulatorProcess } from './simulator-process.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { openSystem, type System } from './system.ts';

/** Everything in one process: database, api, worker, console, pages and, in demo mode, the simulator. */
await run(readConfig(process.env));

async function run(config: Config): Promise<void> {
  const startedAt = performance.now();
  const system = await openSystem(config);
  const parts: Parts = { system };
  try {
    parts.app = await openPort(system, config);
    if (config.demo) parts.simulator = await openSimulator(parts.app, config);
    await parts.app.listen({ port: config.port, host: config.host });
    parts.worker = startWorker(system.deps, workOf(system.deps, system));
    const greeting = parts.simulator
      ? await ensureDemo(system.deps, {
          origin: `http://127.0.0.1:${config.port}`,
          simulatorUrl: parts.simulator.url,
          workbook: join(import.meta.dirname, '..', 'demo', 'sunshine-garden.xlsx'),
        })
      : await ensureAdministrator(system.deps, process.env);
    announceStart(config, greeting, performance.now() - startedAt);
  } catch (error) {
    await stop(parts);
    throw error;
  }
  stopOnSignal(() => stop(parts));
}

interface Parts {
  readonly system: System;
  app?: FastifyInstance;
  worker?: Worker;
  simulator?: SimulatorProcess;
}

async function openPort(system: System, config: Config): Promise<FastifyInstance> {
  const app = await buildApp(system.deps, { loggerInstance: system.log });
  addHealthRoutes(app, system.deps.db);
  await serveConsole(app);
  await serveResidentApp(app, config);
  return app;
}

async function openSimulator(app: FastifyInstance, config: Config): Promise<SimulatorProcess> {
  const simulator = await startSimulatorProcess({
    dataDir: join(config.dataDir, 'simulator'),
    publicUrl: `${config.publicUrl}/sim`,
  });
  await proxySimulator(app, simulator.url);
  return simulator;
}

/** Requests finish, jobs are released, then the database stops clean. */
async function stop({ app, worker, simulator, system }: Parts): Promise<void> {
  await app?.close();
  await worker?.stop();
  await simulator?.stop();
  await system.close();
}
