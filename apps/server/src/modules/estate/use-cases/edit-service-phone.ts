import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Deps } from '../../../platform/deps.ts';
import { estateErrors } from '../errors.ts';
import { companyServicePhone, type ServicePhone } from '../queries/service-phones.ts';
import { communityById } from '../store/community-store.ts';
import { deleteServicePhone, saveServicePhone } from '../store/service-phone-store.ts';

export interface EditServicePhone {
  readonly actor: StaffActor;
  /** null: of the whole company, where a community has none of its own. */
  readonly communityId: string | null;
  /** null: none. */
  readonly service: { readonly phone: string; readonly hours?: string | null } | null;
}

/** What residents call. @throws COMMUNITY_NOT_FOUND */
export function editServicePhone(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, communityId, service }: EditServicePhone,
): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    if (communityId !== null && !(await communityById(tx, communityId))) {
      throw estateErrors.COMMUNITY_NOT_FOUND();
    }
    const phone = service && tidy(service.phone);
    const hours = service?.hours ? tidy(service.hours) || null : null;
    if (phone === null) await deleteServicePhone(tx, communityId);
    else await saveServicePhone(tx, communityId, { phone, hours }, deps.clock.now());
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'estate.set_service_phone',
      subjectKind: communityId === null ? 'company' : 'community',
      subjectId: communityId ?? tx.companyId,
      detail: { phone, hours },
    });
  });
}

/** Full-width digits and dashes as people type them. */
function tidy(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‐-―−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

export function showCompanyService(
  deps: Pick<Deps, 'db'>,
  companyId: string,
): Promise<{ service: ServicePhone | null }> {
  return deps.db.read(companyId, async (tx) => ({
    service: (await companyServicePhone(tx)) ?? null,
  }));
}
