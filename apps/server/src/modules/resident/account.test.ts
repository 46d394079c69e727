import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { givenUnit } from '../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { type Device, type ResidentWorld, residentWorld } from '../../../test/resident-world.ts';
import { sql } from '../../platform/database/index.ts';

let system: TestSystem;
let world: ResidentWorld;
beforeAll(async () => {
  system = await givenSystem();
  world = await residentWorld(system);
});
afterAll(async () => {
  await world.close();
  await system.close();
});

let phones = 0;
const newPhone = () => `1380001${String((phones += 1)).padStart(4, '0')}`;
let users = 0;
const newUser = () => `user${(users += 1)}`;

/** Types the code that came to a phone into the account that is signed in. */
async function provePhone(device: Device, phone: string) {
  const asked = await device.send('POST', '/api/resident/me/phone-codes', { phone });
  const code = world.sent.findLast(({ to }) => to === phone)?.code;
  const { codeId } = asked.json();
  return await device.send('PUT', '/api/resident/me/phone', { codeId, code });
}
const switchTo = (device: Device, ticket: string, moveWallet: boolean) =>
  device.send('POST', '/api/resident/session/switch', { ticket, moveWallet });
const byWallet = async (user: string) => {
  const device = world.device();
  await device.signInByWallet(user);
  return device;
};

describe('a wallet and a phone', () => {
  test('a phone of nobody becomes the wallet’s account’s, and signs in to it', async () => {
    const phone = newPhone();
    const device = await byWallet(newUser());
    const answer = await provePhone(device, phone);
    expect(answer.json()).toMatchObject({ kind: 'linked', ticket: null });
    const byPhone = await world.signedInByPhone(phone);
    expect((await byPhone.me()).accountId).toBe((await device.me()).accountId);
  });

  test('the phone that the wallet tells does the same', async () => {
    const phone = newPhone();
    const device = await byWallet(newUser());
    world.walletPhones.set('phone-code', `+86${phone}`);
    const told = { channel: 'wechat-pay', code: 'phone-code' };
    const answer = await device.send('PUT', '/api/resident/me/wallet-phone', told);
    expect(answer.json()).toMatchObject({ kind: 'linked' });
    expect((await device.me()).phoneMasked).toBe(`138****${phone.slice(-4)}`);
    const unknown = { ...told, code: 'other' };
    const refused = await device.send('PUT', '/api/resident/me/wallet-phone', unknown);
    expect(refused.json().error.code).toBe('PHONE_NOT_TOLD');
  });

  test('whoever borrows a phone to sign in leaves the lender’s wallet where it was', async () => {
    const lender = newUser();
    const borrowed = await byWallet(lender);
    const lenders = (await borrowed.me()).accountId;
    const bobs = newPhone();
    const bob = await (await world.signedInByPhone(bobs)).me();
    const proved = (await provePhone(borrowed, bobs)).json();
    expect(proved).toMatchObject({ kind: 'other-account', me: { accountId: lenders } });
    const onDevice = await switchTo(borrowed, proved.ticket, false);
    expect(onDevice.json().me.accountId).toBe(bob.accountId);
    expect((await (await byWallet(lender)).me()).accountId).toBe(lenders);
  });

  test('an account that has homes is never joined with another, whatever is asked', async () => {
    const unit = await givenUnit(system);
    const user = newUser();
    const device = await byWallet(user);
    const { accountId } = await device.me();
    await bind(accountId, unit.unitId);
    const other = newPhone();
    await world.signedInByPhone(other);
    const proved = (await provePhone(device, other)).json();
    expect(proved.mayMoveWallet).toBe(false);
    const answer = await switchTo(device, proved.ticket, true);
    expect(answer.json().error.code).toBe('WALLET_OF_OTHER_ACCOUNT');
    expect((await (await byWallet(user)).me()).accountId).toBe(accountId);
  });

  test('an empty account’s wallet moves to one’s own account when one says so', async () => {
    const user = newUser();
    const phone = newPhone();
    const mine = await (await world.signedInByPhone(phone)).me();
    const device = await byWallet(user);
    const old = { token: device.token };
    const proved = (await provePhone(device, phone)).json();
    expect(proved.mayMoveWallet).toBe(true);
    const moved = await switchTo(device, proved.ticket, true);
    expect(moved.json()).toMatchObject({ me: { accountId: mine.accountId } });
    expect((await (await byWallet(user)).me()).accountId).toBe(mine.accountId);
    device.token = old.token; // The empty account is closed, and its session with it.
    expect((await device.send('GET', '/api/resident/me')).statusCode).toBe(401);
  });

  test('what was proved is spent once, by whoever proved it, within ten minutes', async () => {
    const phone = newPhone();
    await world.signedInByPhone(phone);
    const device = await byWallet(newUser());
    const { ticket } = (await provePhone(device, phone)).json();
    const thief = await byWallet(newUser());
    expect((await switchTo(thief, ticket, false)).json().error.code).toBe('TICKET_SPENT');
    const { token } = device;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => {
        const twin = world.device();
        twin.token = token;
        return switchTo(twin, ticket, false);
      }),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    const late = await byWallet(newUser());
    const again = (await provePhone(late, phone)).json();
    system.clock.advance(10 * 60_000 + 1000);
    expect((await switchTo(late, again.ticket, false)).statusCode).toBe(409);
  });

  test('a code for the account is no code to sign in with, and the reverse', async () => {
    const phone = newPhone();
    const device = await byWallet(newUser());
    const asked = await device.send('POST', '/api/resident/me/phone-codes', { phone });
    const { codeId } = asked.json();
    const code = world.sent.at(-1)?.code;
    const typed = { company: 'test', surface: 'h5', codeId, code };
    const signIn = await world.device().send('POST', '/api/resident/session/phone', typed);
    expect(signIn.json().error.code).toBe('CODE_WRONG');
    const other = await byWallet(newUser());
    const taken = await other.send('PUT', '/api/resident/me/phone', { codeId, code });
    expect(taken.json().error.code).toBe('CODE_WRONG');
  });

  test('a wallet is removed only while there is another way in', async () => {
    const device = await byWallet(newUser());
    const remove = async () => {
      const [wallet] = (await device.me()).wallets;
      return await device.send('DELETE', `/api/resident/me/wallets/${wallet?.walletId}`);
    };
    expect((await remove()).json().error.code).toBe('LAST_WAY_IN');
    await provePhone(device, newPhone());
    expect((await remove()).json().wallets).toEqual([]);
  });

  test('one may let a wallet in, but not one whose account has something', async () => {
    const device = await world.signedInByPhone(newPhone());
    const link = (user: string) =>
      device.send('POST', '/api/resident/me/wallets', {
        channel: 'wechat-pay',
        loginCode: `code-${user}#link`,
      });
    const fresh = newUser();
    expect((await link(fresh)).json().wallets).toHaveLength(1);
    const taken = newUser();
    await provePhone(await byWallet(taken), newPhone());
    expect((await link(taken)).json().error.code).toBe('WALLET_OF_OTHER_ACCOUNT');
  });
});

describe('the account', () => {
  test('name, language and elders’ mode are kept', async () => {
    const device = await world.signedInByPhone(newPhone());
    const change = { displayName: ' 小红 ', language: 'en', isElder: true };
    await device.send('POST', '/api/resident/me', change);
    await device.send('POST', '/api/resident/me', { isElder: true });
    expect(await device.me()).toMatchObject({ displayName: '小红', language: 'en', isElder: true });
    await device.send('POST', '/api/resident/me', { displayName: null });
    expect((await device.me()).displayName).toBeNull();
  });

  test('an e-mail address is proved before it is used', async () => {
    const device = await world.signedInByPhone(newPhone());
    const address = 'anna@example.com';
    const asked = await device.send('POST', '/api/resident/me/email-codes', { address });
    const code = world.sent.at(-1)?.code;
    const typed = { codeId: asked.json().codeId, code };
    const answer = await device.send('PUT', '/api/resident/me/email', typed);
    expect(answer.json().emailMasked).toBe('a***@example.com');
    const removed = await device.send('DELETE', '/api/resident/me/email');
    expect(removed.json().emailMasked).toBeNull();
  });

  test('signing out ends this session, and the others go on until they are ended', async () => {
    const phone = newPhone();
    const [one, two] = [await world.signedInByPhone(phone), await world.signedInByPhone(phone)];
    const sessions = (await one.send('GET', '/api/resident/sessions')).json().items;
    expect(sessions.map(({ isThis }: { isThis: boolean }) => isThis).sort()).toEqual([false, true]);
    const ended = await one.send('POST', '/api/resident/sessions/end-others', {});
    expect(ended.json()).toEqual({ ended: 1 });
    expect((await two.send('GET', '/api/resident/me')).statusCode).toBe(401);
    const cookie = one.cookies.get('resident-test') ?? '';
    await one.send('DELETE', '/api/resident/session');
    one.cookies.set('resident-test', cookie);
    expect((await one.send('GET', '/api/resident/me')).statusCode).toBe(401);
  });

  test('signing in again replaces the session that the browser had', async () => {
    const device = await world.signedInByPhone(newPhone());
    const before = device.cookies.get('resident-test') ?? '';
    await device.signInByPhone(newPhone());
    device.cookies.set('resident-test', before);
    expect((await device.send('GET', '/api/resident/me')).statusCode).toBe(401);
  });

  test('a device for pushes is its newest account’s', async () => {
    const [one, two] = [
      await world.signedInByPhone(newPhone()),
      await world.signedInByPhone(newPhone()),
    ];
    const push = { provider: 'jpush', token: 'registration-0001' };
    const first = (await one.send('PUT', '/api/resident/devices', push)).json().deviceId;
    expect((await two.send('PUT', '/api/resident/devices', push)).json().deviceId).toBe(first);
    const gone = await one.send('DELETE', `/api/resident/devices/${first}`);
    expect(gone.json().error.code).toBe('DEVICE_NOT_FOUND');
    expect((await two.send('DELETE', `/api/resident/devices/${first}`)).statusCode).toBe(200);
  });

  test('closing it erases what is personal and ends every access', async () => {
    const unit = await givenUnit(system);
    const phone = newPhone();
    const device = await world.signedInByPhone(phone);
    await device.send('POST', '/api/resident/me', { displayName: '要走的人' });
    const { accountId } = await device.me();
    await bind(accountId, unit.unitId);
    const cookie = device.cookies.get('resident-test') ?? '';
    const refused = await device.send('POST', '/api/resident/me/close', {});
    expect(refused.statusCode).toBe(400);
    await device.send('POST', '/api/resident/me/close', { confirm: true });
    device.cookies.set('resident-test', cookie);
    expect((await device.send('GET', '/api/resident/homes')).statusCode).toBe(401);
    const { account, open } = await left(accountId);
    expect(JSON.stringify(account)).not.toMatch(/要走的人|138/);
    expect([account.state, account.phone_index, open]).toEqual(['closed', null, 0]);
    const again = await world.device().signInByPhone(phone);
    expect(again.json()).toMatchObject({ isNew: true, me: { homes: 0 } });
  });
});

async function bind(accountId: string, unitId: string): Promise<void> {
  const at = system.clock.now();
  await system.deps.db.transaction(system.companyId, (tx) =>
    tx.run(sql`
      insert into resident.binding (company_id, id, account_id, unit_id, role, bound_by, bound_at)
      values (${tx.companyId}, ${unitId}, ${accountId}, ${unitId}, 'owner', 'phone', ${at})`),
  );
}

async function left(accountId: string) {
  return await system.deps.db.read(system.companyId, async (tx) => {
    const { account } = await tx.one(sql<{ account: Record<string, unknown> }>`
      select to_jsonb(account) as account from resident.account as account
      where company_id = ${tx.companyId} and id = ${accountId}`);
    const { open } = await tx.one(sql<{ open: number }>`
      select count(*) as open from resident.binding
      where company_id = ${tx.companyId} and account_id = ${accountId} and ended_at is null`);
    return { account, open };
  });
}
