import type { FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/errors.ts';
import { cashierErrors } from '../errors.ts';
import type { Limiter } from '../limiter.ts';

export interface Limits {
  readonly guessing: Limiter;
  readonly paying: Limiter;
}

const unknownCodes = ['ROOM_CODE_UNKNOWN', 'RECEIPT_UNKNOWN'];

/** Runs the work unless the address has opened too many unknown codes. */
export async function guarded<Result>(
  limits: Limits,
  request: FastifyRequest,
  work: () => Promise<Result>,
): Promise<Result> {
  if (limits.guessing.isSpent(request.ip)) throw cashierErrors.ROOM_CODE_GUESSING();
  try {
    return await work();
  } catch (error) {
    const isGuess = error instanceof AppError && unknownCodes.includes(error.code);
    if (isGuess) limits.guessing.allows(request.ip);
    throw error;
  }
}
