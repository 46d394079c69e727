import type { ChannelPart } from './channel-part.ts';
import type { Clock, ClockScope } from './clock.ts';

export type Schedule = {
  /** Moves the clock step by step, so that everything falls due at its own time. */
  advance(ms: number, scope: ClockScope): Promise<void>;
  stop(): void;
};

/** How late a retry may be. */
const POLL_MS = 250;

/** Lets every channel do what falls due, as real time passes or a test moves it. */
export function startSchedule(clock: Clock, parts: readonly ChannelPart[]): Schedule {
  const timer = setInterval(() => {
    runDue(parts).catch((error: unknown) => {
      console.error('gateway-simulator: the schedule failed', error);
    });
  }, POLL_MS);
  timer.unref();
  return {
    advance: (ms, scope) => advance(clock, parts, ms, scope),
    stop: () => clearInterval(timer),
  };
}

async function advance(
  clock: Clock,
  parts: readonly ChannelPart[],
  ms: number,
  scope: ClockScope,
): Promise<void> {
  const target = clock.scheduleNow() + ms;
  const moveTo = (at: number) => clock.advance(Math.max(0, at - clock.scheduleNow()), scope);
  for (let due = nextDueAt(parts); due <= target; due = nextDueAt(parts)) {
    moveTo(due);
    await runDue(parts);
  }
  moveTo(target);
  await runDue(parts);
}

async function runDue(parts: readonly ChannelPart[]): Promise<void> {
  await Promise.all(parts.map((part) => part.runDue()));
}

function nextDueAt(parts: readonly ChannelPart[]): number {
  return Math.min(...parts.map((part) => part.nextDueAt() ?? Infinity));
}
