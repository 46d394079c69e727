import type { Greeting } from '../greeting.ts';
import { companyByShortCode, ensureFirstAdministrator } from '../modules/identity/index.ts';
import { dayOf, monthOf } from '../platform/clock.ts';
import type { Deps } from '../platform/deps.ts';
import { ensureAutopay } from './autopay.ts';
import { ensureBank } from './bank.ts';
import { ensureBills, ensureDeskPayments, firstRoomCode } from './bills.ts';
import { ensureFees } from './charging.ts';
import { createClient, type DemoClient } from './client.ts';
import { ensureContent } from './content.ts';
import { ensureCommunities, ensureServicePhones } from './estate.ts';
import { ensureFeedback } from './feedback.ts';
import { loadedDemo, rememberLoaded } from './loaded.ts';
import { ensureMerchantAccounts, pointAtSimulator } from './merchant-account.ts';
import { ensureMessaging, pointMessagesAtSimulator } from './messaging.ts';
import { ensurePrepayments } from './prepayments.ts';
import { ensureReminders } from './reminders.ts';
import { ensureResidents } from './residents.ts';
import type { SimulatorPlace } from './simulated-accounts.ts';

/** The demo's passwords are public: demo mode binds to this machine only. */
const password = 'wuye-demo-2026';
const logins = [
  { loginName: 'admin', displayName: '周经理', role: '管理员' },
  { loginName: 'finance', displayName: '林会计', role: '财务' },
  { loginName: 'desk', displayName: '小何', role: '收费员' },
] as const;
const shortCode = 'demo';
const timeZone = 'Asia/Shanghai';

export interface DemoOptions {
  /** This server, as it listens. */
  readonly origin: string;
  readonly simulatorUrl: string;
  /** The house list of the first community. */
  readonly workbook: string;
}

/**
 * Loads the demo through the routes that an administrator uses, once. Every step looks first
 * whether it was done, so a start that was broken off is completed by the next one.
 */
export async function ensureDemo(deps: Deps, options: DemoOptions): Promise<Greeting> {
  const place = { simulatorUrl: options.simulatorUrl, publicUrl: deps.publicUrl };
  const company = await companyByShortCode(deps, shortCode);
  const loaded = company && (await loadedDemo(deps, company.companyId));
  if (company) {
    await pointAtSimulator(deps, company.companyId, place);
    await pointMessagesAtSimulator(deps, company.companyId, place);
  }
  const roomCodePath = loaded ? loaded.roomCodePath : await load(deps, options, place);
  return {
    logins: logins.map(({ loginName, role }) => ({ loginName, role, password })),
    roomCodeUrl: deps.publicUrl + roomCodePath,
  };
}

/** @returns the path of the room code to begin with */
async function load(deps: Deps, options: DemoOptions, place: SimulatorPlace): Promise<string> {
  await ensureFirstAdministrator(deps, {
    companyName: '阳光物业（演示）',
    shortCode,
    loginName: logins[0].loginName,
    password,
  });
  const client = createClient(options.origin);
  await client.post('/api/session', { loginName: logins[0].loginName, password });
  await ensureStaff(client);
  const approver = createClient(options.origin);
  await approver.post('/api/session', { loginName: logins[1].loginName, password });
  await ensureMerchantAccounts(client, approver, place);
  await approver.remove('/api/session');
  await ensureCommunities(client, options.workbook);
  await ensureServicePhones(client);
  await ensureFees(client);
  await ensureBills(client, monthOf(dayOf(deps.clock.now(), timeZone)));
  await ensureDeskPayments(client);
  await ensureBank(client, dayOf(deps.clock.now(), timeZone));
  await ensurePrepayments(client);
  await ensureContent(client);
  await ensureMessaging(client, place);
  const homePlace = { ...place, origin: options.origin };
  await ensureResidents(client, homePlace);
  const company = await companyByShortCode(deps, shortCode);
  if (company) {
    await ensureAutopay(deps, company.companyId, homePlace);
    await ensureFeedback(client, deps, company.companyId);
  }
  await ensureReminders(deps, client, homePlace);
  const roomCodePath = new URL(await firstRoomCode(client)).pathname;
  await client.remove('/api/session');
  if (company) await rememberLoaded(deps, company.companyId, { roomCodePath });
  return roomCodePath;
}

async function ensureStaff(client: DemoClient): Promise<void> {
  const staff = await client.get<{ items: { loginName: string }[] }>('/api/staff');
  const roles = await client.get<{ items: { id: string; name: string }[] }>('/api/roles');
  for (const { role, loginName, displayName } of logins) {
    if (staff.items.some((known) => known.loginName === loginName)) continue;
    const roleIds = roles.items.filter(({ name }) => name === role).map(({ id }) => id);
    await client.post('/api/staff', { loginName, displayName, roleIds, password });
  }
}
