import { randomInt } from 'node:crypto';
import { dayOf } from '../../platform/clock.ts';

/** Without letters and digits that are taken for one another when read out. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

function random(length: number): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
}

/** BS261124K7Q3X: the day, and five letters of which 33 million are possible a day. */
export function newTicketNo(at: Date, timeZone: string): string {
  return `BS${dayOf(at, timeZone).slice(2).replaceAll('-', '')}${random(5)}`;
}

/** In the link of a ticket without an account: 60 bits, and guessing is slowed down. */
export function newAccessCode(): string {
  return random(12).toLowerCase();
}

/** The path of a ticket for whoever holds its link. */
export function ticketPath(shortCode: string, accessCode: string): string {
  return `/t/${shortCode}-${accessCode}`;
}
