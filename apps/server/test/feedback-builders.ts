import sharp from 'sharp';
import type { StaffActor } from '../src/platform/actor.ts';
import { sql } from '../src/platform/database/index.ts';
import { newId } from '../src/platform/id.ts';
import { type BilledUnit, givenBills } from './billing-builders.ts';
import type { TestSystem } from './harness.ts';
import { givenResident, type ResidentInTest } from './resident-builders.ts';

/** A company of its own with a billed home, its resident, and two people of the office. */
export interface FeedbackWorld {
  readonly companyId: string;
  readonly shortCode: string;
  readonly unit: BilledUnit;
  readonly resident: ResidentInTest;
  readonly staff: StaffActor;
  readonly colleague: StaffActor;
}

let worlds = 0;

export async function feedbackWorld(
  system: TestSystem,
  amountsFen: readonly number[] = [120_00, 80_00],
): Promise<FeedbackWorld> {
  worlds += 1;
  const shortCode = `f${worlds}`;
  const companyId = await system.addCompany(shortCode);
  const unit = await givenBills(system, { companyId, amountsFen });
  const resident = await givenResident(system, {
    companyId,
    unitIds: [unit.unitId],
    walletIds: { 'wechat-pay/wx1': `o-${shortCode}` },
  });
  const staff = await givenColleague(system, companyId, '客服小李');
  const colleague = await givenColleague(system, companyId, '经理老王');
  return { companyId, shortCode, unit, resident, staff, colleague };
}

/** Somebody of the office who exists, so that tickets can be given to them. */
export async function givenColleague(
  system: TestSystem,
  companyId: string,
  name: string,
): Promise<StaffActor> {
  const at = system.clock.now();
  const id = newId(at);
  await system.deps.db.transaction(companyId, (tx) =>
    tx.run(sql`
      insert into identity.staff (company_id, id, login_name, display_name, password_hash,
        password_set_at, created_at)
      values (${companyId}, ${id}, ${`staff-${id}`}, ${name}, 'x', ${at}, ${at})`),
  );
  return { ...system.staff, companyId, id, name };
}

/** A photo as a phone takes it: lying on its side, with a place and a device in it. */
export async function phonePhoto(): Promise<Buffer> {
  return await sharp({ create: { width: 400, height: 200, channels: 3, background: '#3a7' } })
    .withExif({
      IFD0: { Make: 'SecretPhone' },
      IFD3: { GPSLatitude: '30/1 16/1 0/1', GPSLatitudeRef: 'N' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}
