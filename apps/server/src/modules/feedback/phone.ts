import type { Deps } from '../../platform/deps.ts';
import { feedbackErrors } from './errors.ts';
import type { SealedPhone } from './store/ticket-store.ts';

const purpose = 'ticket.phone';

/** @throws FEEDBACK_PHONE_WRONG */
export function sealPhone(
  { secrets }: Pick<Deps, 'secrets'>,
  companyId: string,
  typed: string | undefined,
): SealedPhone | null {
  const phone = typed?.replaceAll(/[\s-]/g, '') ?? '';
  if (phone === '') return null;
  if (!/^1[3-9][0-9]{9}$/.test(phone)) throw feedbackErrors.FEEDBACK_PHONE_WRONG();
  return {
    cipher: secrets.seal(companyId, purpose, phone),
    index: secrets.blindIndex(companyId, purpose, phone),
    masked: `${phone.slice(0, 3)}****${phone.slice(-4)}`,
  };
}

export function openPhone(
  { secrets }: Pick<Deps, 'secrets'>,
  companyId: string,
  cipher: Buffer,
): string {
  return secrets.open(companyId, purpose, cipher);
}
