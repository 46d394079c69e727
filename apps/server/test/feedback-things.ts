import { changeRouting, keepPhoto, openTicket, saveCanned } from '../src/modules/feedback/index.ts';
import { sql } from '../src/platform/database/index.ts';
import { derivedId, newId } from '../src/platform/id.ts';
import { givenBills } from './billing-builders.ts';
import { phonePhoto } from './feedback-builders.ts';
import type { TestSystem } from './harness.ts';
import { givenResident } from './resident-builders.ts';

/** A disputed bill with a photo, a routing, a canned answer and a question that was asked. */
export async function fillFeedback(system: TestSystem, companyId: string): Promise<void> {
  const { deps, clock } = system;
  const unit = await givenBills(system, { companyId, amountsFen: [77_00] });
  const displayName = '甲某某';
  const resident = await givenResident(system, { companyId, unitIds: [unit.unitId], displayName });
  const { actor } = resident;
  const bytes = await phonePhoto();
  const upload = { companyId, ownerKey: `resident/${actor.id}`, spendings: [], bytes };
  const photo = await keepPhoto(deps, upload);
  await openTicket(deps, {
    companyId,
    idempotencyKey: 'jia-dispute-1',
    source: 'app',
    opener: { kind: 'resident', actor },
    unitId: unit.unitId,
    billId: unit.bills[0]?.id ?? '',
    text: '甲方费面积不对',
    photoIds: [photo.id],
  });
  const staff = { ...system.staff, companyId };
  const { id: categoryId } = await deps.db.read(companyId, (tx) =>
    tx.one(sql<{ id: string }>`
      select id from feedback.category where company_id = ${companyId} order by id limit 1`),
  );
  await changeRouting(deps, {
    ...{ actor: staff, communityId: unit.communityId, categoryId, roleId: null, staffId: null },
    ...{ firstReplyMinutes: 60, resolveMinutes: 600 },
  });
  const canned = { title: '甲方费答复', text: '您好', textEn: '', categoryId: null };
  await saveCanned(deps, { actor: staff, ...canned });
  await givenDigest(system, companyId);
  await deps.db.transaction(companyId, (tx) =>
    tx.run(sql`
      insert into feedback.survey (company_id, id, account_id, payment_id, community_id, asked_at)
      values (${companyId}, ${newId(clock.now())}, ${actor.id}, ${newId(clock.now())},
        ${unit.communityId}, ${clock.now()})`),
  );
}

/** Of one week, without anything in it. */
async function givenDigest(system: TestSystem, companyId: string): Promise<void> {
  const weekStart = '2026-11-16';
  const content = {
    tickets: {
      ...{ opened: 0, openedBefore: 0, resolved: 0, reopened: 0, disputesOpened: 0 },
      ...{ disputesAnswered: 0, firstReplyInTimePercent: null, resolvedInTimePercent: null },
      ...{ overdue: 0, averageRatingHundredths: null, ratings: 0 },
    },
    ...{ categories: [], communities: [], words: [], payments: [] },
    satisfaction: { asked: 0, answered: 0, averageHundredths: null },
  };
  await system.deps.db.transaction(companyId, (tx) =>
    tx.run(sql`
      insert into feedback.digest (company_id, id, week_start, content, generated_at)
      values (${companyId}, ${derivedId(companyId, 'feedback.digest', weekStart)}, ${weekStart},
        ${JSON.stringify(content)}, ${system.clock.now()})`),
  );
}
