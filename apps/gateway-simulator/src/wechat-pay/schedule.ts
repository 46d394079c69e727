import type { ClockScope } from '../clock.ts';
import { collectLate, type PayDeps } from './pay.ts';
import { orderKey } from './records.ts';

export type Schedule = {
  /** Moves the clock step by step, so that everything falls due at its own time. */
  advance(ms: number, scope: ClockScope): Promise<void>;
  stop(): void;
};

/** How late a retry may be. */
const POLL_MS = 250;

/** Sends what falls due and collects late payments, as real time passes or a test moves it. */
export function startSchedule(deps: PayDeps): Schedule {
  const timer = setInterval(() => {
    runDue(deps).catch((error: unknown) => {
      console.error('gateway-simulator: the schedule failed', error);
    });
  }, POLL_MS);
  timer.unref();
  return { advance: (ms, scope) => advance(deps, ms, scope), stop: () => clearInterval(timer) };
}

async function advance(deps: PayDeps, ms: number, scope: ClockScope): Promise<void> {
  const { clock } = deps;
  const target = clock.scheduleNow() + ms;
  const moveTo = (at: number) => clock.advance(Math.max(0, at - clock.scheduleNow()), scope);
  for (let due = nextDueAt(deps); due <= target; due = nextDueAt(deps)) {
    moveTo(due);
    await runDue(deps);
  }
  moveTo(target);
  await runDue(deps);
}

async function runDue(deps: PayDeps): Promise<void> {
  await Promise.all(deps.records.latePayments.values().map((late) => collectLate(deps, late)));
  await deps.notifier.sendDue();
}

function nextDueAt(deps: PayDeps): number {
  const expiries = deps.records.latePayments.values().map((late) => {
    const order = deps.records.orders.get(orderKey(late.mchid, late.outTradeNo));
    return order?.expireAt ?? Infinity;
  });
  return Math.min(deps.notifier.nextDueAt() ?? Infinity, ...expiries);
}
