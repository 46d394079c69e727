import type { MandatesDoor } from '../src/modules/autopay/index.ts';
import { insertMandate } from '../src/modules/channels/store/mandate-store.ts';
import { keepMandateNews, mandateOf } from '../src/modules/channels/use-cases/mandates.ts';
import type { FakeChannel } from './fake-channel.ts';
import type { TestSystem } from './harness.ts';

/** A wallet in memory: who agreed, and what it answers. */
export interface FakeMandates extends MandatesDoor {
  /** The next calls of a verb answer this instead. */
  readonly answers: { announce: Answer[]; end: Answer[] };
  readonly announced: { mandateNo: string; amountFen: number; debitOn: string }[];
  readonly ended: string[];
  /** Called while the channel is being told of an end. */
  duringEnd: (() => Promise<void>) | undefined;
}
type Answer =
  | { readonly state: 'refused'; readonly code: string; readonly message: string }
  | { readonly state: 'unknown'; readonly reason: string };

export function fakeMandates(system: TestSystem, channel: FakeChannel): FakeMandates {
  const { db } = system.deps;
  const fake: FakeMandates = {
    answers: { announce: [], end: [] },
    announced: [],
    ended: [],
    duringEnd: undefined,
    routeFeeItems: async (tx, question) =>
      question.ways.some((way) => way.channel === 'wechat-pay')
        ? await channel.routeFeeItems(tx, question)
        : new Map(),
    mandateOf: (deps, { ask: _ask, ...input }) => mandateOf(deps, input),
    async signMandate(_deps, input) {
      await db.transaction(input.companyId, (tx) => insertMandate(tx, input));
      const url = `https://wallet.test/sign/${input.mandateNo}`;
      return { state: 'accepted', instructions: { kind: 'redirect', url } };
    },
    async announceDebit(_deps, { mandateNo, amountFen, debitOn }) {
      const odd = fake.answers.announce.shift();
      if (odd) return odd;
      fake.announced.push({ mandateNo, amountFen, debitOn });
      return { state: 'done' };
    },
    async endMandate(deps, { companyId, merchantAccountId, mandateNo }) {
      await fake.duringEnd?.();
      const odd = fake.answers.end.shift();
      if (odd) return odd;
      fake.ended.push(mandateNo);
      const { channelMandateNo } = await mandateOf(deps, {
        companyId,
        merchantAccountId,
        mandateNo,
      });
      await keepMandateNews(
        deps,
        { companyId, merchantAccountId },
        {
          mandateNo,
          channelMandateNo: channelMandateNo ?? '',
          state: 'ended',
          at: system.clock.now(),
        },
      );
      return { state: 'done' };
    },
  };
  return fake;
}
