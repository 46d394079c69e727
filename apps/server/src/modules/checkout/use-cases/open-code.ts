import type { ResidentActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { AppError } from '../../../platform/errors.ts';
import { findHome, type Limiter } from '../../cashier/index.ts';
import type { Home } from '../../resident/index.ts';
import type { CheckoutDeps } from '../deps.ts';
import { checkoutErrors } from '../errors.ts';

interface OpenInput {
  readonly actor: ResidentActor;
  /** Of a printed code, or of the link of a message. */
  readonly code: string;
}

/**
 * The printed code behind what was scanned or tapped: itself, or that of the link's home.
 * @throws CODES_TOO_OFTEN, and what says that a link is unknown or over
 */
export async function roomCodeBehind(
  deps: CheckoutDeps,
  guessing: Limiter,
  { actor, code }: OpenInput,
): Promise<string> {
  if (guessing.isSpent(actor.id)) throw checkoutErrors.CODES_TOO_OFTEN();
  if (code.includes('-')) return code;
  return await counted(guessing, actor, () => deps.doors.roomCodeOfLink(deps, code));
}

export interface OpenedHome {
  readonly home: Pick<Home, 'unitId' | 'communityName' | 'label' | 'role'>;
  readonly isBound: boolean;
  readonly roomCode: string;
}

/**
 * The home behind a printed code. Whoever has no access to it sees what everybody sees who scans
 * the code: what is to be paid. @throws ROOM_CODE_UNKNOWN, ROOM_CODE_REPLACED
 */
export async function openedHome(
  tx: Tx,
  guessing: Limiter,
  input: OpenInput & { readonly homes: readonly Home[] },
): Promise<OpenedHome> {
  const { actor, code: roomCode, homes } = input;
  const { unitId, view } = await counted(guessing, actor, () => findHome(tx, roomCode));
  const own = homes.find((each) => each.unitId === unitId);
  if (own) return { home: own, isBound: true, roomCode };
  const { communityName, unitLabel: label } = view;
  return { home: { unitId, communityName, label, role: 'payer' }, isBound: false, roomCode };
}

/** Codes that nobody has are counted; one's own can be opened as often as one likes. */
async function counted<Found>(
  guessing: Limiter,
  actor: ResidentActor,
  find: () => Promise<Found>,
): Promise<Found> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof AppError) guessing.allows(actor.id);
    throw error;
  }
}
