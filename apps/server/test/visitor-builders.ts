import { expect } from 'vitest';
import { addFeedbackRoutes } from '../src/modules/feedback/index.ts';
import { builtInId } from '../src/modules/feedback/queries/categories.ts';
import { ticketDetail } from '../src/modules/feedback/queries/ticket-detail.ts';
import { listTickets } from '../src/modules/feedback/queries/tickets.ts';
import type { StaffActor } from '../src/platform/actor.ts';
import {
  type Answer,
  type CashierWorld,
  cashierWorld,
  type FormFields,
} from './cashier-builders.ts';
import { givenColleague, phonePhoto } from './feedback-builders.ts';
import type { TestSystem } from './harness.ts';

type Home = Awaited<ReturnType<CashierWorld['home']>>;

/** People without an account at the code of a door, and the office that answers them. */
export async function visitorWorld(system: TestSystem) {
  const cashier = await cashierWorld(system);
  addFeedbackRoutes(cashier.app, system.deps, cashier.doors);
  const { companyId } = cashier.world;
  const staff: StaffActor = await givenColleague(system, companyId, '客服小李');
  const photo = await phonePhoto();
  let keys = 0;
  const category = (code: string) => builtInId(companyId, code);
  const nextKey = () => {
    keys += 1;
    return `00000000-0000-4000-8000-${String(keys).padStart(12, '0')}`;
  };
  /** A form as the page hands it out; each has a phone of its own, which is counted. */
  const filled = (change: FormFields = {}): FormFields => {
    return {
      key: nextKey(),
      category: category('repair'),
      text: '单元门禁打不开',
      phone: `139${String(10_000_000 + keys)}`,
      ...change,
    };
  };
  const phoneAt = () => cashier.browser({ agent: 'Mozilla/5.0 (Linux; Android 14) Chrome/130' });
  const ticketsOf = async (unitLabel: string) => {
    const { items } = await listTickets(system.deps, { companyId, readerId: staff.id });
    return items.filter((ticket) => ticket.unitLabel === unitLabel);
  };
  const seenByStaff = (ticketId: string) =>
    ticketDetail(system.deps, { companyId, permissions: staff.permissions, ticketId });
  /** Somebody asked; with the link that they were sent to. */
  const asked = async (change: FormFields = {}, at?: Home) => {
    const home = at ?? (await cashier.home(100_00));
    const browser = phoneAt();
    const answer = await browser.send(`/q/${home.roomCode}/ask`, filled(change));
    expect(answer.statusCode, answer.body.slice(-300)).toBe(303);
    const [ticket] = await ticketsOf(home.label);
    return { browser, link: linkOf(answer), home, ticketId: ticket?.id ?? '' };
  };
  return {
    ...{
      cashier,
      nextKey,
      companyId,
      staff,
      photo,
      category,
      filled,
      phoneAt,
      ticketsOf,
      seenByStaff,
      asked,
    },
  };
}

export type VisitorWorld = Awaited<ReturnType<typeof visitorWorld>>;

export function linkOf(answer: Answer): string {
  return String(answer.headers.location).replace(/\?.*/, '');
}
