import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { derivedId } from '../../../platform/id.ts';
import { type OwnerPhone, ownerPhonesOf } from '../../estate/index.ts';
import { accountContactRows, type ContactRow, contactRows, todayOf } from '../queries/contacts.ts';
import type { BindingRole } from '../queries/homes.ts';
import { opened } from '../secrets.ts';

/** Somebody who can be told something about a home, and the ways to reach them. */
export interface Contact {
  /** The account's id; for somebody of the house list an id that all homes of their phone share. */
  readonly recipientKey: string;
  /** null: of the house list, and not known to the app. */
  readonly accountId: string | null;
  readonly role: BindingRole;
  readonly language: 'zh' | 'en';
  /** Verified by the account, or as the house list says. */
  readonly phone: string | null;
  readonly email: string | null;
  readonly walletIds: readonly { readonly scope: string; readonly openId: string }[];
  readonly devices: readonly { readonly provider: 'jpush' | 'getui'; readonly token: string }[];
}

/**
 * Whom to tell about each unit: the accounts bound to it; where nobody is, its owners by the phone
 * of the house list. For jobs and for messages: what it answers is in clear.
 * @returns units with nobody to tell are missing
 */
export async function contactsOfUnits(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'secrets'>,
  unitIds: readonly string[],
): Promise<Map<string, Contact[]>> {
  const contacts = new Map<string, Contact[]>();
  const add = (unitId: string, contact: Contact) => {
    const known = contacts.get(unitId) ?? [];
    if (known.some(({ recipientKey }) => recipientKey === contact.recipientKey)) return;
    contacts.set(unitId, [...known, contact]);
  };
  for (const row of await contactRows(tx, unitIds)) add(row.unitId, ofAccount(tx, deps, row));
  const unbound = unitIds.filter((unitId) => !contacts.has(unitId));
  if (unbound.length === 0) return contacts;
  const day = await todayOf(tx, deps.clock.now());
  const owners = await ownerPhonesOf(tx, deps.secrets, { unitIds: unbound, day });
  for (const owner of owners) add(owner.unitId, ofOwner(tx, owner));
  return contacts;
}

export interface AccountContact {
  readonly contact: Contact;
  /** As they call themselves, else their masked phone. */
  readonly name: string;
}

/**
 * How accounts can be reached, whatever home it is about; closed ones are missing. Their role is
 * that of a payer, who may know least.
 */
export async function contactsOfAccounts(
  tx: Tx,
  deps: Pick<Deps, 'secrets'>,
  accountIds: readonly string[],
): Promise<Map<string, AccountContact>> {
  const rows = await accountContactRows(tx, accountIds);
  return new Map(
    rows.map(({ displayName, phoneMasked, ...row }) => {
      const contact = ofAccount(tx, deps, { ...row, unitId: '', role: 'payer' });
      return [row.accountId, { contact, name: displayName ?? phoneMasked ?? '住户' }];
    }),
  );
}

export async function contactOfAccount(
  tx: Tx,
  deps: Pick<Deps, 'secrets'>,
  accountId: string,
): Promise<AccountContact | undefined> {
  return (await contactsOfAccounts(tx, deps, [accountId])).get(accountId);
}

function ofAccount(tx: Tx, { secrets }: Pick<Deps, 'secrets'>, row: ContactRow): Contact {
  const { accountId, role, language, walletIds, devices, phoneCipher, emailCipher } = row;
  const open = (kind: 'phone' | 'email', cipher: Buffer | null) =>
    cipher && opened(secrets, tx.companyId, kind, cipher);
  return {
    recipientKey: accountId,
    accountId,
    role,
    language,
    phone: open('phone', phoneCipher),
    email: open('email', emailCipher),
    walletIds,
    devices,
  };
}

function ofOwner(tx: Tx, { phone, phoneIndex }: OwnerPhone): Contact {
  return {
    recipientKey: derivedId(tx.companyId, 'phone', phoneIndex.toString('hex')),
    accountId: null,
    role: 'owner',
    language: 'zh',
    phone,
    email: null,
    walletIds: [],
    devices: [],
  };
}
