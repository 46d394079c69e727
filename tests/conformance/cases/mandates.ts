import {
  announceDebit,
  endMandate,
  mandateOf,
  signMandate,
} from '../../../apps/server/src/modules/channels/index.ts';
import { fen } from '../../../packages/money/src/index.ts';
import { type Case, isOneOf, must, sees } from '../case.ts';
import type { Stand } from '../stand.ts';

const dayMs = 86_400_000;
const dayOf = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

const named = (stand: Stand, mandateNo: string) => ({ ...stand.of, mandateNo });

async function asked(stand: Stand): Promise<{ mandateNo: string; link: string }> {
  const mandateNo = stand.newNo();
  const { clock, deps } = stand.system;
  const result = await signMandate(deps, {
    ...named(stand, mandateNo),
    displayName: '阳光花园 3栋2单元501',
    limitFen: fen(500_00),
    firstDebitOn: dayOf(clock.now()),
    returnUrl: 'http://localhost:8080/q/1',
    requestedAt: clock.now(),
  });
  if (result.state !== 'accepted') throw new Error(`not asked: ${JSON.stringify(result)}`);
  const { instructions } = result;
  const link = instructions.kind === 'redirect' ? instructions.url : '';
  return { mandateNo, link };
}

async function signed(stand: Stand): Promise<string> {
  const { mandateNo, link } = await asked(stand);
  const path = `${stand.driver.channel}/mandates/${mandateNo}/sign`;
  await stand.ear.after(() => stand.control('POST', path, { link, outcome: 'signed' }));
  return mandateNo;
}

const known = (stand: Stand, mandateNo: string) =>
  mandateOf(stand.system.deps, { ...named(stand, mandateNo), ask: true });

export const mandateCases: readonly Case[] = (
  [
    {
      id: 'mandate.sign',
      promise: 'a payer agrees; the notice and the query say the same',
      async run(stand) {
        const mandateNo = await signed(stand);
        const heard = await mandateOf(stand.system.deps, named(stand, mandateNo));
        sees(heard, { state: 'active' }, 'the notice made it active');
        sees(await known(stand, mandateNo), { state: 'active' }, 'the query says active');
      },
    },
    {
      id: 'mandate.walks-away',
      promise: 'a payer who walks away has agreed to nothing',
      async run(stand) {
        const { mandateNo, link } = await asked(stand);
        const path = `${stand.driver.channel}/mandates/${mandateNo}/sign`;
        await stand.control('POST', path, { link, outcome: 'cancel' });
        const { state } = await known(stand, mandateNo);
        must(state !== 'active', 'the mandate is not active', state);
      },
    },
    {
      id: 'mandate.debit',
      promise: 'a debit is taken, told of, and found with its sum',
      async run(stand) {
        const mandateNo = await signed(stand);
        const order = await stand.order({ product: 'debit', mandateNo });
        isOneOf(await stand.prepay(order), ['accepted', 'paid'], 'the debit is taken');
        await stand.advance(2_000);
        sees(
          await stand.query(order),
          { state: 'paid', trade: { orderNo: order.orderNo, amountFen: 254_70 } },
          'it is found paid',
        );
      },
    },
    {
      id: 'mandate.announce',
      promise: 'the payer is told of a debit to come, or the channel says why not',
      async run(stand) {
        const mandateNo = await signed(stand);
        await stand.prepay(await stand.order({ product: 'debit', mandateNo }));
        await stand.advance(2_000);
        const debitOn = dayOf(new Date(stand.system.clock.now().getTime() + 2 * dayMs));
        const told = await announceDebit(stand.system.deps, {
          ...named(stand, mandateNo),
          amountFen: fen(254_70),
          debitOn,
        });
        isOneOf(told, ['done', 'refused'], 'the answer is clear');
      },
    },
    {
      id: 'mandate.over-limit',
      promise: 'a debit above what the payer agreed to is never sent',
      async run(stand) {
        const mandateNo = await signed(stand);
        const before = (await stand.messages()).length;
        const order = await stand.order({ product: 'debit', mandateNo, amountFen: 500_01 });
        const result = await stand.prepay(order).then(
          (answer) => JSON.stringify(answer),
          (error: unknown) => (error as { code?: string }).code ?? String(error),
        );
        must(result === 'MANDATE_LIMIT', 'it is refused as over the limit', result);
        must((await stand.messages()).length === before, 'nothing was sent');
      },
    },
    {
      id: 'mandate.ended',
      promise: 'a mandate that we ended is ended at the channel, and debits nobody',
      async run(stand) {
        const mandateNo = await signed(stand);
        const input = { ...named(stand, mandateNo), reason: '业主已迁出' };
        sees(await endMandate(stand.system.deps, input), { state: 'done' }, 'it is ended');
        sees(await known(stand, mandateNo), { state: 'ended' }, 'the query says ended');
        const order = await stand.order({ product: 'debit', mandateNo });
        const result = await stand.prepay(order).then(
          (answer) => JSON.stringify(answer),
          (error: unknown) => (error as { code?: string }).code ?? String(error),
        );
        must(result === 'MANDATE_NOT_ACTIVE', 'a debit is refused', result);
      },
    },
  ] satisfies readonly Case[]
).map((one) => ({
  ...one,
  notOffered: ({ hasMandates }) => (hasMandates ? undefined : 'the channel has no mandates'),
}));
