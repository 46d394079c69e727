import type { AutopayMandate } from '@wuye-pay/contract';
import { fen } from '@wuye-pay/money';
import {
  type AutopayInputDeps,
  autopayListeners,
  autopayTasks,
} from '../src/modules/autopay/index.ts';
import { showMandate } from '../src/modules/autopay/use-cases/show-mandates.ts';
import { signAutopay } from '../src/modules/autopay/use-cases/sign-autopay.ts';
import { keepMandateNews } from '../src/modules/channels/use-cases/mandates.ts';
import { paymentTasks } from '../src/modules/payment/index.ts';
import { sql } from '../src/platform/database/index.ts';
import { newId } from '../src/platform/id.ts';
import { dispatchDue, type Listener } from '../src/platform/outbox/index.ts';
import { type BilledUnit, givenBills } from './billing-builders.ts';
import { givenMerchantAccount } from './channels-builders.ts';
import { type FakeChannel, fakeChannel } from './fake-channel.ts';
import { type FakeMandates, fakeMandates } from './fake-mandates.ts';
import type { TestSystem } from './harness.ts';
import { givenResident, type ResidentInTest } from './resident-builders.ts';

export interface AutopayWorld {
  readonly system: TestSystem;
  readonly companyId: string;
  readonly channel: FakeChannel;
  readonly wallet: FakeMandates;
  readonly deps: AutopayInputDeps;
  readonly merchantAccountId: string;
  /** Somebody with a phone, bound to homes. */
  resident(unitIds: readonly string[]): Promise<ResidentInTest>;
  bills(given: { unitId?: string; feeItemName?: string }, ...fens: number[]): Promise<BilledUnit>;
  sign(who: ResidentInTest, wish: GivenWish): Promise<string>;
  /** Asks for the signature, and leaves the wallet's page open. */
  ask(who: ResidentInTest, wish: GivenWish): Promise<string>;
  show(who: ResidentInTest, mandateId: string): Promise<AutopayMandate>;
  /** The tasks and events of every module that has to do with debits, until nothing is left. */
  work(): Promise<void>;
  /** Messaging's providers take what waits for them. */
  acceptNotices(state?: 'accepted' | 'failed'): Promise<number>;
  /** Lets days pass, hour by hour, with everything at work and every notice taken. */
  passHours(hours: number, each?: () => Promise<void>): Promise<void>;
  /** What was told, in the order of time; in one instant, by name. */
  messages(): Promise<string[]>;
}

export interface GivenWish {
  readonly homes: readonly BilledUnit[];
  readonly limitDebitFen?: number;
  readonly limitMonthFen?: number;
  readonly firstDebitOn?: string;
  readonly key?: string;
}

let worlds = 0;

export async function autopayWorld(
  system: TestSystem,
  options: { readonly checkpoint?: (name: string) => void } = {},
): Promise<AutopayWorld> {
  worlds += 1;
  const companyId = await system.addCompany(`ap${worlds}`);
  const { merchantAccountId } = await givenMerchantAccount(system, { companyId });
  const channel = fakeChannel(system, companyId);
  Object.assign(channel.account, { id: merchantAccountId });
  // No channel closes a debit: it is taken, or it fails.
  Object.assign(channel, { closeTrade: async () => ({ state: 'open' }) });
  const wallet = fakeMandates(system, channel);
  const checkpoint = options.checkpoint ?? system.deps.checkpoint;
  const deps = { ...system.deps, checkpoint, channels: channel, mandates: wallet };
  const at = { system, companyId, deps, merchantAccountId, wallet };
  return { ...at, channel, ...peopleIn(at), ...workIn(at) };
}

type At = Pick<AutopayWorld, 'system' | 'companyId' | 'deps' | 'merchantAccountId' | 'wallet'>;

function peopleIn({ system, companyId, deps, merchantAccountId }: At) {
  let keys = 0;
  async function ask(who: ResidentInTest, wish: GivenWish): Promise<string> {
    keys += 1;
    const { mandateId } = await signAutopay(deps, {
      actor: who.actor,
      channel: 'wechat-pay',
      merchantAccountId,
      homes: wish.homes.map(({ unitId, bills }) => ({
        unitId,
        feeItemIds: [...new Set(bills.map(({ feeItemId }) => feeItemId))],
      })),
      limitDebitFen: fen(wish.limitDebitFen ?? 1000_00),
      limitMonthFen: fen(wish.limitMonthFen ?? 2000_00),
      firstDebitOn: wish.firstDebitOn ?? localDay(system, 2),
      surface: 'h5',
      idempotencyKey: wish.key ?? `key-${companyId}-${keys}`,
    });
    return mandateId;
  }
  return {
    ask,
    async resident(unitIds: readonly string[]) {
      const who = await givenResident(system, {
        companyId,
        unitIds,
        walletIds: { [`wechat-pay/wx${companyId.slice(-4)}`]: `o-${newId(system.clock.now())}` },
      });
      return who;
    },
    bills: (given: { unitId?: string; feeItemName?: string }, ...amountsFen: number[]) =>
      givenBills(system, { ...given, amountsFen, companyId }),
    async sign(who: ResidentInTest, wish: GivenWish) {
      const mandateId = await ask(who, wish);
      await agree(system, { companyId, merchantAccountId, mandateId });
      await dispatch({ system, companyId, deps });
      return mandateId;
    },
    show: (who: ResidentInTest, mandateId: string) =>
      showMandate(deps, { actor: who.actor, mandateId }),
  };
}

interface MandateAt {
  readonly companyId: string;
  readonly merchantAccountId: string;
  readonly mandateId: string;
}

/** The payer confirms in the wallet, and the channel tells. */
export const agree = (system: TestSystem, at: MandateAt) => tellState(system, at, 'active');

/** The payer ends it in the wallet, and the channel tells. */
export const endInWallet = (system: TestSystem, at: MandateAt) => tellState(system, at, 'ended');

async function tellState(
  system: TestSystem,
  at: MandateAt,
  state: 'active' | 'ended',
): Promise<void> {
  const mandateNo = await mandateNoOf(system, at);
  const channelMandateNo = `W${mandateNo}`;
  const news = { mandateNo, channelMandateNo, state, at: system.clock.now() };
  await keepMandateNews(system.deps, at, news);
}

async function mandateNoOf(
  system: TestSystem,
  at: { companyId: string; mandateId: string },
): Promise<string> {
  const row = await system.deps.db.read(at.companyId, (tx) =>
    tx.one(sql<{ no: string }>`
      select mandate_no as no from autopay.mandate
      where company_id = ${at.companyId} and id = ${at.mandateId}`),
  );
  return row.no;
}

async function dispatch({ deps }: Pick<At, 'system' | 'companyId' | 'deps'>): Promise<void> {
  const listeners = new Map<string, Listener[]>();
  for (const [topic, listener] of autopayListeners(deps)) {
    listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
  }
  const { jobsDb: db, clock, log } = deps;
  for (let turn = 0; turn < 20; turn += 1) {
    if ((await dispatchDue({ db, clock, log, listeners })) === 0) return;
  }
}

/** What the worker does for debits, and what messaging's providers say. */
export function workIn(at: Pick<At, 'system' | 'companyId' | 'deps'>) {
  const { system, companyId, deps } = at;
  async function work(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) {
      for (const task of [...paymentTasks(deps), ...autopayTasks(deps)]) await task.run();
      await dispatch(at);
    }
  }
  async function acceptNotices(state: 'accepted' | 'failed' = 'accepted'): Promise<number> {
    const now = system.clock.now();
    const taken = await system.deps.db.transaction(companyId, (tx) =>
      tx.many(sql<{ id: string; subjectId: string }>`
        update messaging.message set state = ${state}, via = 'sms', reason = 'test',
          accepted_at = case when ${state} = 'accepted' then ${now}::timestamptz end,
          ended_at = ${now}
        where company_id = ${companyId} and state = 'queued' and purpose = 'autopay'
        returning id, subject_id as "subjectId"`),
    );
    const listeners = autopayListeners(deps).filter(([topic]) => topic === `messaging.${state}`);
    for (const { id, subjectId } of taken) {
      const payload = { messageId: id, purpose: 'autopay', subjectId, via: 'sms' };
      const event = { companyId, id, topic: '', payload, tries: 1 };
      for (const [, listener] of listeners) await listener(event);
    }
    return taken.length;
  }
  return {
    work,
    acceptNotices,
    async passHours(hours: number, each: () => Promise<void> = async () => undefined) {
      for (let hour = 0; hour < hours; hour += 1) {
        system.clock.advance(3_600_000);
        await work();
        await acceptNotices();
        await each();
      }
    },
    async messages() {
      const rows = await system.deps.db.read(companyId, (tx) =>
        tx.many(sql<{ key: string }>`
          select template_key as key from messaging.message
          where company_id = ${companyId} and purpose = 'autopay'
          order by created_at, template_key`),
      );
      return rows.map(({ key }) => key.replace('autopay.', ''));
    },
  };
}

/** The day so many days from now, in the company's time zone. */
export function localDay({ clock }: TestSystem, days = 0): string {
  const at = new Date(clock.now().getTime() + 8 * 3_600_000 + days * 86_400_000);
  return at.toISOString().slice(0, 10);
}
