import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { givenUnit } from '../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { type PaymentWorld, paymentWorld } from '../../../test/payment-builders.ts';
import { stepsIn } from '../../../test/payment-steps.ts';
import { refundStepsIn } from '../../../test/refund-steps.ts';
import { givenResident } from '../../../test/resident-builders.ts';
import type { StaffActor } from '../../platform/actor.ts';
import { sql } from '../../platform/database/index.ts';
import { createApp } from '../../platform/http/index.ts';
import { authenticateResident } from '../resident/index.ts';
import { addInvoicingRoutes, issueReceipt, verifyReceipt } from './index.ts';

let system: TestSystem;
let world: PaymentWorld;
let app: FastifyInstance;
let staff: StaffActor;
const steps = stepsIn(() => world);
const refunds = refundStepsIn(() => world);
beforeAll(async () => {
  system = await givenSystem();
  app = await createApp({
    publicUrl: system.deps.publicUrl,
    authenticate: async () => staff,
    authenticateResident: (request) => authenticateResident(system.deps, request),
  });
  addInvoicingRoutes(app, system.deps);
});
beforeEach(async () => {
  world = await paymentWorld(system);
  staff = world.staff;
});
afterAll(async () => {
  await app.close();
  await system.close();
});

const by = { kind: 'staff', id: '1' } as const;
const issue = (paymentId: string) =>
  system.deps.db.transaction(world.companyId, (tx) =>
    issueReceipt(tx, system.deps, { paymentId, by }),
  );

async function paid(...amountsFen: number[]) {
  const { unit, paymentId, orderNo } = await steps.started(...amountsFen);
  await steps.confirm(world.channel.pay(orderNo));
  return { unit, paymentId, orderNo };
}

describe('a receipt', () => {
  test('says what was settled, home by home and bill by bill', async () => {
    const { paymentId, orderNo } = await paid(254_70, 486_00);
    expect(await issue(paymentId)).toMatchObject({
      amountFen: 740_70,
      refundedFen: 0,
      agrees: true,
      facts: { paymentNo: orderNo, method: { zh: '微信支付' }, lines: [{ amountFen: 254_70 }, {}] },
    });
  });
  test('is one, however many ask at once', async () => {
    const { paymentId } = await paid(100_00);
    const issued = await Promise.all(Array.from({ length: 32 }, () => issue(paymentId)));
    expect(new Set(issued.map(({ checkCode }) => checkCode)).size).toBe(1);
  });
  test('is not given before the money is here', async () => {
    const { paymentId } = await steps.started(100_00);
    await expect(issue(paymentId)).rejects.toThrow('RECEIPT_NOT_YET');
  });
  test('cannot be changed or taken away in the database', async () => {
    const { paymentId } = await paid(100_00);
    await issue(paymentId);
    const change = system.deps.db.transaction(world.companyId, (tx) =>
      tx.run(sql`update invoicing.receipt set amount_fen = 1 where company_id = ${tx.companyId}`),
    );
    await expect(change).rejects.toThrow('permission denied');
  });
});

describe('whoever holds a receipt', () => {
  test('finds it by its code, also typed with look-alike letters', async () => {
    const { paymentId } = await paid(100_00);
    const { checkCode, receiptNo } = await issue(paymentId);
    const typed = checkCode.toUpperCase().replaceAll('0', 'O').replaceAll('1', 'I');
    const code = typed.replace(/^[^-]+/, world.shortCode);
    const found = await verifyReceipt(system.deps, { companyId: world.companyId, code });
    expect(found).toMatchObject({ receiptNo, agrees: true });
  });
  test('is told that a made-up code, and another company’s, is none', async () => {
    const { paymentId } = await paid(100_00);
    const { checkCode } = await issue(paymentId);
    const swapped = checkCode.replace(/.$/, (last) => (last === '7' ? '8' : '7'));
    const { companyId } = world;
    const other = system.companyId;
    for (const wrong of [
      { companyId, code: swapped },
      { companyId, code: '' },
      { companyId: other, code: checkCode },
    ]) {
      await expect(verifyReceipt(system.deps, wrong)).rejects.toThrow('RECEIPT_UNKNOWN');
    }
  });
  test('sees what was refunded since, while the receipt itself stays', async () => {
    const { paymentId, unit } = await paid(254_70);
    const { checkCode } = await issue(paymentId);
    const billIds = unit.bills.map(({ id }) => id);
    const { refundId } = await refunds.ask(paymentId, billIds, [54_70]);
    await refunds.approve(refundId);
    await refunds.notified((await refunds.refund(refundId)).refundNo);
    const { companyId } = world;
    const found = await verifyReceipt(system.deps, { companyId, code: checkCode });
    expect(found).toMatchObject({ amountFen: 254_70, refundedFen: 54_70, agrees: true });
  });
});

describe('in the app', () => {
  const path = (paymentId: string, format = '') =>
    `/api/resident/payments/${paymentId}/receipt${format}`;

  test('a resident gets it as page, PDF and picture', async () => {
    const { paymentId, unit } = await paid(254_70);
    const { companyId } = world;
    const { headers } = await givenResident(system, { companyId, unitIds: [unit.unitId] });
    const shown = await app.inject({ url: path(paymentId), headers });
    expect(shown.json()).toMatchObject({ amountFen: 254_70, agrees: true });
    const pdf = await app.inject({ url: path(paymentId, '.pdf'), headers });
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect(pdf.headers['content-disposition']).toContain(encodeURIComponent('收据'));
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const png = await app.inject({ url: path(paymentId, '.png'), headers });
    expect(png.rawPayload.subarray(1, 4).toString()).toBe('PNG');
    const again = await app.inject({ url: path(paymentId, '.pdf'), headers });
    expect(hash(again.rawPayload)).toBe(hash(pdf.rawPayload));
  });

  test('a neighbour and somebody who only pays for the home do not', async () => {
    const { paymentId, unit } = await paid(254_70);
    const { companyId } = world;
    const theirs = await givenUnit(system, { companyId });
    const neighbour = await givenResident(system, { companyId, unitIds: [theirs.unitId] });
    const helper = { companyId, unitIds: [unit.unitId], role: 'payer' as const };
    const payer = await givenResident(system, helper);
    for (const { headers } of [neighbour, payer]) {
      for (const format of ['', '.pdf', '.png']) {
        const answer = await app.inject({ url: path(paymentId, format), headers });
        expect(answer.statusCode).toBe(404);
      }
    }
  });
});

test('staff get it for any payment of their company, and of no other', async () => {
  const { paymentId } = await paid(254_70);
  const url = `/api/payments/${paymentId}/receipt.pdf`;
  expect((await app.inject({ url })).statusCode).toBe(200);
  staff = { ...world.staff, companyId: system.companyId };
  expect((await app.inject({ url })).statusCode).toBe(404);
});

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
