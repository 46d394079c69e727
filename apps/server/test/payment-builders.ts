import type { PaymentInputDeps } from '../src/modules/payment/index.ts';
import type { StaffActor } from '../src/platform/actor.ts';
import { newId } from '../src/platform/id.ts';
import { type BilledUnit, givenBills } from './billing-builders.ts';
import { type FakeChannel, fakeChannel } from './fake-channel.ts';
import type { TestSystem } from './harness.ts';

export { type CallFault, type FakeChannel, type FakeVerb, fakeChannel } from './fake-channel.ts';

/** The system with a channel that tests script. */
export interface PaymentWorld {
  readonly system: TestSystem;
  /** A company of its own, so that its books are only of this world. */
  readonly companyId: string;
  readonly shortCode: string;
  readonly staff: StaffActor;
  /** Somebody else with every permission: two people decide about risky money. */
  readonly checker: StaffActor;
  readonly channel: FakeChannel;
  readonly deps: PaymentInputDeps;
  /** A home with published bills. */
  bills(...amountsFen: number[]): Promise<BilledUnit>;
  /** What a payer asks for; everything can be changed. */
  wish(unit: BilledUnit, change?: Partial<Wish>): Wish;
}

export interface Wish {
  readonly companyId: string;
  readonly unitId: string;
  readonly billIds: readonly string[];
  readonly payer: {
    readonly channel: 'wechat-pay';
    readonly openId?: string;
    readonly key: string;
  };
  readonly product: 'jsapi' | 'native';
  readonly source: 'cashier';
}

let worlds = 0;

export async function paymentWorld(system: TestSystem): Promise<PaymentWorld> {
  worlds += 1;
  const shortCode = `w${worlds}`;
  const companyId = await system.addCompany(shortCode);
  const channel = fakeChannel(system, companyId);
  return {
    system,
    companyId,
    shortCode,
    staff: { ...system.staff, companyId },
    checker: { ...system.staff, companyId, id: newId(system.clock.now()), name: '复核员' },
    channel,
    deps: { ...system.deps, channels: channel },
    bills: (...amountsFen) => givenBills(system, { amountsFen, companyId }),
    wish: (unit, change = {}) => ({
      companyId,
      unitId: unit.unitId,
      billIds: unit.bills.map(({ id }) => id),
      payer: payer('业主'),
      product: 'jsapi',
      source: 'cashier',
      ...change,
    }),
  };
}

export function payer(name: string): Wish['payer'] {
  return { channel: 'wechat-pay', openId: `o-${name}`, key: `wechat-pay:${name}` };
}
