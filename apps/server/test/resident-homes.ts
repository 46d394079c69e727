import { givenUnit, type UnitInTest } from './estate-builders.ts';
import type { TestSystem } from './harness.ts';
import type { Answer, Device, ResidentWorld } from './resident-world.ts';

let phones = 0;

/** What residents do with homes, in few words. */
export function homeSteps(system: TestSystem, world: ResidentWorld) {
  const newPhone = () => {
    phones += 1;
    return `1370002${String(phones).padStart(4, '0')}`;
  };
  return {
    newPhone,
    somebody: () => world.signedInByPhone(newPhone()),
    /** A home with its owner signed in, who took the offer of the house list. */
    async ownedHome(): Promise<{ unit: UnitInTest; owner: Device; phone: string }> {
      const phone = newPhone();
      const unit = await givenUnit(system, { ownerPhone: phone, ownerName: '王小明' });
      const owner = await world.signedInByPhone(phone);
      const taken = { unitIds: [unit.unitId] };
      await owner.send('POST', '/api/resident/homes/by-phone', taken);
      return { unit, owner, phone };
    },
  };
}

export async function homesOf(device: Device) {
  return (await device.send('GET', '/api/resident/homes')).json().items;
}

export async function peopleOf(device: Device, { unitId }: UnitInTest) {
  return (await device.send('GET', `/api/resident/homes/${unitId}/people`)).json();
}

/** An invitation as its owner is told it: code, link, and what it is. */
export async function invited(owner: Device, { unitId }: UnitInTest, role = 'family') {
  const url = `/api/resident/homes/${unitId}/invitations`;
  return (await owner.send('POST', url, { role })).json();
}

export function accept(device: Device, code: string): Promise<Answer> {
  return device.send('POST', '/api/resident/homes/by-invitation', { code });
}
