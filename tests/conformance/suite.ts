import { afterAll, beforeAll, describe, test } from 'vitest';
import { channelOf } from '../../apps/server/src/modules/channels/index.ts';
import type { Case, Facts } from './case.ts';
import { accountCases } from './cases/account.ts';
import { closingCases } from './cases/closing.ts';
import { codeCases } from './cases/codes.ts';
import { mandateCases } from './cases/mandates.ts';
import { moneyCases } from './cases/money.ts';
import { noticeCases } from './cases/notices.ts';
import { orderCases } from './cases/orders.ts';
import { refundCases } from './cases/refunds.ts';
import { statementCases } from './cases/statements.ts';
import { unclearCases } from './cases/unclear.ts';
import type { Driver } from './driver.ts';
import { type Stand, startStand } from './stand.ts';

/** In order: the statements come last and hold what all the others did. */
const cases: readonly Case[] = [
  ...accountCases,
  ...orderCases,
  ...unclearCases,
  ...closingCases,
  ...noticeCases,
  ...moneyCases,
  ...codeCases,
  ...refundCases,
  ...mandateCases,
  ...statementCases,
];

/** Runs the one suite that every channel passes, against an adapter and its simulator. */
export function conformance(driver: Driver): void {
  const { description, login, mandates } = channelOf(driver.channel);
  const facts: Facts = {
    description,
    driver,
    hasLogin: login !== undefined,
    hasMandates: mandates !== undefined,
  };
  describe(`conformance of ${driver.channel}`, () => {
    let stand: Stand;
    beforeAll(async () => {
      stand = await startStand(driver);
    });
    afterAll(() => stand.stop());
    for (const one of cases) {
      test(`${one.id}: ${one.promise}`, async ({ skip }) => {
        const reason = one.notOffered?.(facts);
        if (reason !== undefined) skip(reason);
        await stand.control('DELETE', 'faults');
        await stand.sync();
        await one.run(stand);
      });
    }
  });
}
