import { stableJson } from '../../../apps/server/src/platform/idempotency.ts';
import type { mortalProcess } from './process.ts';
import type { Snapshot } from './snapshot.ts';
import type { Step } from './steps.ts';
import type { World } from './world.ts';

export type Process = ReturnType<typeof mortalProcess>;

/** What a step may look at: the world, and our books as they were before its batch. */
export interface Stage {
  readonly world: World;
  readonly process: Process;
  readonly seen: Snapshot;
  readonly notes: Notes;
}

/** What a run remembers of what it told and was answered. */
export interface Notes {
  readonly liedAbout: Set<string>;
  readonly acknowledged: Set<string>;
  /** Answers under idempotency keys: the same must come again. */
  readonly answers: Map<string, string>;
}

export type Of<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

export function nth<Item>(items: readonly Item[], index: number): Item | undefined {
  return items.length === 0 ? undefined : items[index % items.length];
}

export function sameAsBefore({ notes }: Pick<Stage, 'notes'>, key: string, answer: unknown): void {
  const text = stableJson(answer);
  const before = notes.answers.get(key) ?? text;
  notes.answers.set(key, before);
  if (before !== text) throw new Error(`5 repeatable: ${key} gave ${before}, then ${text}`);
}
