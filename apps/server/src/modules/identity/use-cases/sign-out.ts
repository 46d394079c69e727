import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Deps } from '../../../platform/deps.ts';
import { revokeSession } from '../store/session-store.ts';
import { hashOfToken } from './sign-in.ts';

/** Ends one session; the token is worthless from then on, wherever it was copied to. */
export async function signOut(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: StaffActor,
  token: string,
): Promise<void> {
  await deps.db.transaction(actor.companyId, async (tx) => {
    const revoked = await revokeSession(tx, hashOfToken(token), deps.clock.now());
    if (revoked === undefined) return;
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'identity.sign_out',
      subjectKind: 'staff',
      subjectId: revoked.staffId,
    });
  });
}
