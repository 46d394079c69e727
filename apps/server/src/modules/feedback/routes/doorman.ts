import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../../platform/clock.ts';
import { AppError, platformErrors } from '../../../platform/errors.ts';
import { createLimiter } from '../../cashier/index.ts';
import { feedbackErrors } from '../errors.ts';
import { askingLimit, guessingLimit } from '../limits.ts';

const unknown = ['ROOM_CODE_UNKNOWN', 'RECEIPT_UNKNOWN', 'TICKET_LINK_UNKNOWN'];

/** Slows down one address that guesses codes or floods forms; the database counts the rest. */
export function createDoorman(clock: Clock) {
  const guesses = createLimiter(clock, guessingLimit);
  const forms = createLimiter(clock, askingLimit);
  return {
    /** Before a form is read. @throws TOO_MANY_REQUESTS */
    letForm({ ip }: FastifyRequest): void {
      if (!forms.allows(ip)) throw platformErrors.TOO_MANY_REQUESTS();
    },
    /** @throws TICKET_LINK_GUESSING, and what the work throws */
    async watch<Result>({ ip }: FastifyRequest, work: () => Promise<Result>): Promise<Result> {
      if (guesses.isSpent(ip)) throw feedbackErrors.TICKET_LINK_GUESSING();
      try {
        return await work();
      } catch (error) {
        if (error instanceof AppError && unknown.includes(error.code)) guesses.allows(ip);
        throw error;
      }
    },
  };
}

export type Doorman = ReturnType<typeof createDoorman>;
