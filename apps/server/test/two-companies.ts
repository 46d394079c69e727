import type { FastifyInstance } from 'fastify';
import { adjustBill } from '../src/modules/billing/index.ts';
import { builtInRoleId, createCompany, createStaff } from '../src/modules/identity/index.ts';
import {
  proposePolicy,
  proposeSettlement,
  requestRefund,
  startPayment,
  takeDeskPayment,
} from '../src/modules/payment/index.ts';
import { systemActor } from '../src/platform/actor.ts';
import { type Database, sql } from '../src/platform/database/index.ts';
import { newId } from '../src/platform/id.ts';
import { givenAutopayThings } from './autopay-things.ts';
import { givenBankThings } from './bank-builders.ts';
import { givenBills } from './billing-builders.ts';
import { givenMerchantAccount } from './channels-builders.ts';
import { givenAssigned, givenFee } from './charging-builders.ts';
import { givenAnnouncement } from './content-builders.ts';
import { givenCheckedImport, givenServicePhone, givenUnit } from './estate-builders.ts';
import { fillFeedback } from './feedback-things.ts';
import type { TableInTest } from './generic-rows.ts';
import type { TestSystem } from './harness.ts';
import { givenMessages } from './messaging-builders.ts';
import { fakeChannel, payer } from './payment-builders.ts';
import { givenReminders } from './reminders-builders.ts';
import { givenResidentThings } from './resident-builders.ts';

/** A company with its administrator, signed in. */
export interface Member {
  readonly companyId: string;
  readonly token: string;
}

export const password = '春江花月夜 2026';

export async function givenMember(
  system: TestSystem,
  app: FastifyInstance,
  { shortCode, name }: { shortCode: string; name: string },
): Promise<Member> {
  const { companyId } = await createCompany(system.deps, { name, shortCode });
  await createStaff(system.deps, {
    companyId,
    loginName: `admin-${shortCode}`,
    displayName: `${name}管理员`,
    password,
    roleIds: [builtInRoleId(companyId, 'administrator')],
    by: systemActor(companyId, 'test'),
  });
  return { companyId, token: await signIn(app, `admin-${shortCode}`) };
}

export async function signIn(app: FastifyInstance, loginName: string): Promise<string> {
  const payload = { loginName, password };
  const answer = await app.inject({ method: 'POST', url: '/api/session', payload });
  return answer.cookies[0]?.value ?? '';
}

/** Something of every kind that a route can name. */
export async function fillCompany(system: TestSystem, companyId: string): Promise<void> {
  const actor = { ...system.staff, companyId };
  const unit = await givenUnit(system, {
    companyId,
    ownerName: '甲某某',
    ownerPhone: '13900001111',
  });
  await givenServicePhone(system, actor, unit.communityId);
  const fee = await givenFee(system, { companyId, name: '甲方费' });
  await givenAssigned(system, fee, { communityId: unit.communityId }, { companyId });
  await givenRoute(system, companyId);
  await givenCheckedImport(system, Buffer.from('楼栋,房号,建筑面积\n1,101,abc\n'), {
    actor,
    fileName: '甲.csv',
  });
  const billed = await givenBills(system, { companyId, unitId: unit.unitId, amountsFen: [120_00] });
  await givenReminders(system, { companyId, unitId: unit.unitId });
  const channels = fakeChannel(system, companyId);
  await startPayment(
    { ...system.deps, channels },
    {
      companyId,
      unitId: billed.unitId,
      billIds: billed.bills.map(({ id }) => id),
      payer: payer('甲'),
      product: 'native',
      source: 'cashier',
    },
  );
  await system.deps.db.transaction(companyId, (tx) =>
    tx.run(sql`
      insert into payment.surplus (company_id, id, case_no, reason, amount_fen, channel, order_no,
        opened_at)
      values (${companyId}, ${newId(system.clock.now())}, 'GZ-JIA-1', 'unknown-order', 100,
        'wechat-pay', 'jia0000001', ${system.clock.now()})`),
  );
  await fillRefunds(system, companyId);
  await fillAdjustment(system, companyId);
  await fillFeedback(system, companyId);
  await givenBankThings({ ...system.deps, channels }, actor);
  await givenResidentThings(system, { companyId, unitId: billed.unitId });
  await givenAutopayThings(system, { companyId });
  await givenMessages(system, { companyId });
  await givenAnnouncement(system, actor);
}

/** A routing rule and a change that waits, of the company's merchant account. */
async function givenRoute(system: TestSystem, companyId: string): Promise<void> {
  const { merchantAccountId } = await givenMerchantAccount(system, { companyId });
  const at = system.clock.now();
  await system.deps.db.transaction(companyId, async (tx) => {
    await tx.run(sql`
      insert into channels.route (company_id, id, merchant_account_id, priority, created_at)
      values (${companyId}, ${newId(at)}, ${merchantAccountId}, 10, ${at})`);
    await tx.run(sql`
      insert into channels.change_request (company_id, id, kind, subject_id, title, detail, lines,
        state, proposed_by, proposed_by_name, proposed_at)
      values (${companyId}, ${newId(at)}, 'change-account', ${merchantAccountId}, '甲方收款',
        '{"state": "disabled"}', '[]', 'open', ${newId(at)}, '甲某某', ${at})`);
  });
}

/** A change of a bill that waits for a second person. */
async function fillAdjustment(system: TestSystem, companyId: string): Promise<void> {
  const { bills } = await givenBills(system, { companyId, amountsFen: [900_00] });
  const actor = { ...system.staff, companyId };
  await system.deps.db.transaction(companyId, (tx) =>
    adjustBill(tx, system.deps, {
      actor,
      billId: bills[0]?.id ?? '',
      kind: 'correction',
      amountFen: 500_00,
      reason: '甲方费算错',
    }),
  );
}

/** A refund that waits for its checker, a proposal for a case, and a policy that is proposed. */
async function fillRefunds(system: TestSystem, companyId: string): Promise<void> {
  const actor = { ...system.staff, companyId };
  const deps = { ...system.deps, channels: fakeChannel(system, companyId) };
  const unit = await givenBills(system, { companyId, amountsFen: [50_00, 60_00] });
  const [paid, open] = unit.bills.map(({ id }) => id);
  const { paymentId } = await takeDeskPayment(deps, {
    actor,
    unitId: unit.unitId,
    billIds: [paid ?? ''],
    method: 'cash',
    amountFen: 50_00,
    idempotencyKey: 'jia-drawer-1',
  });
  await requestRefund(deps, {
    actor,
    paymentId,
    lines: [{ billId: paid ?? '', amountFen: 10_00 }],
    billEffect: 'reopen',
    reason: '甲方费多收',
    idempotencyKey: 'jia-refund-1',
  });
  const { id: caseId } = await system.deps.db.read(companyId, (tx) =>
    tx.one(sql<{ id: string }>`
      select id from payment.surplus where company_id = ${companyId}`),
  );
  await proposeSettlement(deps, {
    actor,
    caseId,
    unitId: unit.unitId,
    lines: [{ billId: open ?? '', amountFen: 1_00 }],
    note: '甲方费抵缴',
    idempotencyKey: 'jia-settle-1',
  });
  const proposal = { secondPayment: true, closedPayment: false, mostFen: 100_00 };
  await proposePolicy(deps, { actor, ...proposal, reason: '甲方规则' });
}

/** Where an id comes from, by the name of its field or parameter. */
const tableOf: Readonly<Record<string, string>> = {
  staffId: 'identity.staff',
  roleIds: 'identity.role',
  adjustmentId: 'billing.adjustment_request',
  answerId: 'feedback.canned_answer',
  assigneeId: 'identity.staff',
  roleId: 'identity.role',
  categoryId: 'feedback.category',
  photoId: 'feedback.photo',
  photoIds: 'feedback.photo',
  routingId: 'feedback.routing',
  satisfactionId: 'feedback.survey',
  ticketId: 'feedback.ticket',
  ticketIds: 'feedback.ticket',
  communityId: 'estate.community',
  communityIds: 'estate.community',
  mandateId: 'autopay.mandate',
  debitId: 'autopay.debit',
  bankAccountId: 'bank.account',
  bankImportId: 'bank.import',
  entryId: 'bank.entry',
  layoutId: 'bank.layout',
  feeItemIds: 'charging.fee_item',
  stepId: 'reminders.plan',
  reminderId: 'reminders.reminder',
  reminderIds: 'reminders.reminder',
  reminderPlanId: 'reminders.plan',
  planId: 'reminders.plan',
  ruleId: 'bank.rule',
  buildingId: 'estate.building',
  buildingIds: 'estate.building',
  announcementId: 'content.announcement',
  unitId: 'estate.unit',
  unitIds: 'estate.unit',
  personId: 'estate.person',
  occupancyId: 'estate.occupancy',
  importId: 'estate.import',
  feeItemId: 'charging.fee_item',
  tariffId: 'charging.tariff',
  assignmentId: 'charging.assignment',
  runId: 'billing.bill_run',
  billId: 'billing.bill',
  billIds: 'billing.bill',
  paymentId: 'payment.payment',
  caseId: 'payment.surplus',
  refundId: 'payment.refund',
  settlementId: 'payment.case_settlement',
  policyId: 'payment.refund_policy',
  sourceId: 'payment.payment',
  id: 'channels.merchant_account',
  merchantAccountId: 'channels.merchant_account',
  messageAccountId: 'messaging.account',
  messageId: 'messaging.message',
  residentId: 'resident.account',
  bindingId: 'resident.binding',
  sessionId: 'resident.session',
  walletId: 'resident.wallet_id',
  deviceId: 'resident.device',
  invitationId: 'resident.invitation',
  applicationId: 'resident.application',
  proofId: 'resident.application_photo',
  ticket: 'resident.code',
  codeId: 'resident.code',
  routeId: 'channels.route',
  changeId: 'channels.change_request',
};

export async function idsOf(owner: Database, companyId: string): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [field, table] of Object.entries(tableOf)) {
    const { rows } = await owner.read(companyId, (tx) =>
      tx.client.query(`select id from ${table} where company_id = $1 order by id limit 1`, [
        companyId,
      ]),
    );
    if (rows.length === 0) throw new Error(`nothing in ${table} to name with ${field}`);
    ids.set(field, rows[0].id);
  }
  // A day, a template and a language are nobody's.
  return ids
    .set('day', '2026-11-23')
    .set('weekStart', '2026-11-16')
    .set('templateKey', 'reminder.upcoming')
    .set('language', 'zh');
}

/** Everything that a company has, as one fingerprint a table. */
export async function contentsOf(
  owner: Database,
  tables: readonly TableInTest[],
  companyId: string,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { name, companyColumn } of tables) {
    const { rows } = await owner.read(companyId, (tx) =>
      tx.client.query(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '')
          as all
        from ${name} as t where ${companyColumn} = $1`,
        [companyId],
      ),
    );
    found[name] = rows[0].all;
  }
  return found;
}

/** Ids and words that only this company knows. */
export async function secretsOf(
  owner: Database,
  tables: readonly TableInTest[],
  companyId: string,
): Promise<string[]> {
  const ids: string[] = ['甲某', '甲方费', '13900001111', 'GZ-JIA-1', 'jia0000001'];
  for (const { name, companyColumn } of tables.filter(({ columns }) =>
    columns.some((column) => column.name === 'id'),
  )) {
    const { rows } = await owner.read(companyId, (tx) =>
      tx.client.query(`select id from ${name} where ${companyColumn} = $1`, [companyId]),
    );
    ids.push(...rows.map(({ id }) => id as string));
  }
  return ids;
}
