import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface SimulatorProcess {
  /** Where the server reaches it, without a trailing slash. */
  readonly url: string;
  stop(): Promise<void>;
}

const startTimeoutMs = 20_000;
const stopTimeoutMs = 5000;

/** Starts the gateway simulator as a process of its own: it shares no code with the server. */
export async function startSimulatorProcess(options: {
  readonly dataDir: string;
  readonly publicUrl: string;
}): Promise<SimulatorProcess> {
  const app = join(import.meta.dirname, '..', '..', 'gateway-simulator');
  const bundle = join(app, 'dist', 'main.mjs');
  const args = import.meta.url.endsWith('.ts')
    ? ['--import', 'tsx', join(app, 'src', 'main.ts')]
    : [bundle];
  if (!existsSync(args.at(-1) ?? '')) throw new Error('the gateway simulator has not been built');
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      SIM_PORT: '0',
      SIM_DATA_DIR: options.dataDir,
      SIM_PUBLIC_URL: options.publicUrl,
      SIM_EXIT_WITH_PARENT: '1',
    },
  });
  const port = await portOf(child);
  return { url: `http://127.0.0.1:${port}`, stop: () => stop(child) };
}

/** The first line that the simulator prints says where it listens. */
async function portOf(child: ChildProcess): Promise<number> {
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('the gateway simulator did not start')),
      startTimeoutMs,
    );
    child.once('exit', (code) => reject(new Error(`the gateway simulator ended: ${code}`)));
    if (!child.stdout) return reject(new Error('the gateway simulator has no output'));
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer);
      resolve((JSON.parse(line) as { port: number }).port);
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
