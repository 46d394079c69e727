import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';
import type { TestSystem } from '../../../apps/server/test/harness.ts';
import type { ChildTask } from './machine.child.ts';

/** Where the processes belong. */
interface Place {
  readonly system: TestSystem;
  readonly publicUrl: string;
  readonly port: number;
}

/** Processes over the real modules that kill themselves at a named point. */
export function childrenOf(place: () => Place, program: () => { readonly file: string }) {
  const killed = new Set<string>();
  const born: ChildProcess[] = [];

  function spawnChild(action: ChildTask['action'], killAt?: string): ChildProcess {
    const { system, publicUrl, port } = place();
    const task: ChildTask = {
      action,
      publicUrl,
      port,
      appUrl: system.urls.app,
      jobsUrl: system.urls.jobs,
      now: system.clock.now().toISOString(),
    };
    const env = { ...process.env, WUYE_CHILD: JSON.stringify(task), WUYE_KILL_AT: killAt };
    const child = spawn(process.execPath, [program().file], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    born.push(child);
    return child;
  }

  /** Waits until the child has killed itself; one that ends in another way fails the test. */
  async function death(child: ChildProcess, point: string): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode, `the process never came to ${point}`).toBe('SIGKILL');
    killed.add(point);
  }

  return {
    /** Ends what a failed test left running. */
    stopAll(): void {
      for (const child of born) child.kill('SIGKILL');
    },
    killed,
    death,
    async serving(killAt: string): Promise<ChildProcess> {
      const child = spawnChild({ kind: 'serve' }, killAt);
      await once(child.stdout ?? child, 'data');
      return child;
    },
    async runUntilKilled(point: string, action: ChildTask['action']): Promise<void> {
      await death(spawnChild(action, point), point);
    },
    async runToTheEnd(action: ChildTask['action']): Promise<void> {
      const child = spawnChild(action);
      await once(child, 'exit');
      expect(child.exitCode).toBe(0);
    },
  };
}
