import type { OfficePhones } from '@wuye-pay/contract';
import type { Deps } from '../../../platform/deps.ts';
import { communityServicePhones, companyServicePhone } from '../../estate/index.ts';

/** Whom to call, also for whoever cannot sign in. */
export function showOffice(deps: Pick<Deps, 'db'>, companyId: string): Promise<OfficePhones> {
  return deps.db.read(companyId, async (tx) => {
    const service = (await companyServicePhone(tx)) ?? null;
    const own = await communityServicePhones(tx);
    const communities = own.map(({ communityId, communityName, phone, hours }) => ({
      communityId,
      communityName,
      service: { phone, hours },
    }));
    return { service, communities };
  });
}
