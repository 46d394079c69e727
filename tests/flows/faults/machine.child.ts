import { buildApp } from '../../../apps/server/src/compose.ts';
import { autopayListeners, autopayTasks } from '../../../apps/server/src/modules/autopay/index.ts';
import {
  approveRefund,
  approveSettlement,
  paymentTasks,
  payOutRefund,
  type StartInput,
  startPayment,
  takeDeskPayment,
} from '../../../apps/server/src/modules/payment/index.ts';
import { createSecretBox } from '../../../apps/server/src/platform/crypto/secret-box.ts';
import { createDatabase } from '../../../apps/server/src/platform/database/index.ts';
import type { Deps } from '../../../apps/server/src/platform/deps.ts';
import { connectLive } from '../../../apps/server/src/platform/live.ts';
import { silentLog } from '../../../apps/server/src/platform/log.ts';
import { dispatchDue, type Listener } from '../../../apps/server/src/platform/outbox/index.ts';

/** What a child is told, as JSON in WUYE_CHILD. */
export interface ChildTask {
  readonly appUrl: string;
  readonly jobsUrl: string;
  readonly publicUrl: string;
  readonly port: number;
  /** Where the clock of the test stands, RFC 3339. */
  readonly now: string;
  readonly action:
    | { readonly kind: 'start'; readonly input: StartInput }
    | { readonly kind: 'desk'; readonly input: DeskTask }
    | { readonly kind: 'approve-refund'; readonly input: DecisionTask & { amountFen: number } }
    | { readonly kind: 'pay-out'; readonly input: DecisionTask & { voucherNo: string } }
    | { readonly kind: 'settle-case'; readonly input: DecisionTask }
    | { readonly kind: 'sweep' }
    | { readonly kind: 'debits' }
    | { readonly kind: 'serve' };
}

export interface DeskTask {
  readonly companyId: string;
  readonly unitId: string;
  readonly billIds: readonly string[];
  readonly amountFen: number;
  readonly idempotencyKey: string;
}

/** Somebody decides on a refund, or on a proposal to use a case. */
export interface DecisionTask {
  readonly companyId: string;
  readonly id: string;
  readonly staffId: string;
}

/** A server process over the real modules that is killed, without warning, at WUYE_KILL_AT. */
const task = JSON.parse(process.env.WUYE_CHILD ?? '{}') as ChildTask;
const killAt = process.env.WUYE_KILL_AT;

const db = createDatabase({ url: task.appUrl, poolSize: 8 });
const deps: Deps = {
  db,
  jobsDb: createDatabase({ url: task.jobsUrl, poolSize: 4 }),
  clock: { now: () => new Date(task.now) },
  live: await connectLive(db, task.appUrl, silentLog),
  publicUrl: task.publicUrl,
  notifyUrl: task.publicUrl,
  demo: true,
  log: silentLog,
  secrets: createSecretBox(new Map([[1, Buffer.alloc(32, 7)]])),
  checkpoint: (name) => {
    if (name === killAt) process.kill(process.pid, 'SIGKILL');
  },
};

await act();
process.stdout.write('done\n');
if (task.action.kind !== 'serve') process.exit(0);

async function act(): Promise<void> {
  const { action } = task;
  switch (action.kind) {
    case 'start':
      await startPayment(deps, action.input);
      return;
    case 'desk': {
      const { companyId, ...input } = action.input;
      const permissions = new Set<string>();
      const actor = { kind: 'staff', companyId, id: companyId, name: '小何', permissions } as const;
      await takeDeskPayment(deps, { ...input, actor, method: 'cash' });
      return;
    }
    case 'approve-refund': {
      const { id: refundId, amountFen } = action.input;
      await approveRefund(deps, { actor: staffOf(action.input), refundId, amountFen });
      return;
    }
    case 'pay-out': {
      const { id: refundId, voucherNo } = action.input;
      const payout = { voucherNo, payeeName: '王阿姨', note: '本人签收' };
      await payOutRefund(deps, { actor: staffOf(action.input), refundId, ...payout });
      return;
    }
    case 'settle-case':
      await approveSettlement(deps, {
        actor: staffOf(action.input),
        settlementId: action.input.id,
      });
      return;
    case 'sweep':
      for (const each of paymentTasks(deps)) await each.run();
      return;
    case 'debits':
      await workOnDebits();
      return;
    case 'serve': {
      const app = await buildApp(deps);
      await app.listen({ port: task.port, host: '127.0.0.1' });
    }
  }
}

/** The worker's part in debits: its tasks, and what the modules tell each other. */
async function workOnDebits(): Promise<void> {
  for (const each of [...autopayTasks(deps), ...paymentTasks(deps)]) await each.run();
  const listeners = new Map<string, Listener[]>();
  for (const [topic, listener] of autopayListeners(deps)) {
    listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
  }
  await dispatchDue({ db: deps.jobsDb, clock: deps.clock, log: deps.log, listeners });
}

function staffOf({ companyId, staffId }: DecisionTask) {
  const permissions = new Set<string>();
  return { kind: 'staff', companyId, id: staffId, name: '复核员', permissions } as const;
}
