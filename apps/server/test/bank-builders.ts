import type { BankImportDetail } from '@wuye-pay/contract';
import { layoutPresets } from '../src/modules/bank/domain/statement/presets.ts';
import {
  addAccount,
  orderApply,
  runDueImports,
  showEntries,
  showImport,
  uploadStatement,
} from '../src/modules/bank/index.ts';
import { addLayout, addRule } from '../src/modules/bank/use-cases/edit-settings.ts';
import type { StaffActor } from '../src/platform/actor.ts';
import { sql } from '../src/platform/database/index.ts';
import type { PaymentWorld } from './payment-builders.ts';

/** A company with a bank account and the channel that tests script. */
export interface BankWorld extends PaymentWorld {
  readonly bankAccountId: string;
}

export const ownNumber = '1100 2233 4455 66778';

export async function bankWorld(world: PaymentWorld): Promise<BankWorld> {
  const account = await addAccount(world.deps, {
    actor: world.staff,
    name: '基本户',
    holder: '晨光物业服务有限公司',
    bankName: '建设银行',
    branch: '晨光支行',
    number: ownNumber,
    communityIds: [],
  });
  return { ...world, bankAccountId: account.id };
}

/** One line of a statement in the manner of the first example of ours. */
export interface Line {
  readonly day?: string;
  readonly credit?: string;
  readonly debit?: string;
  readonly balance?: string;
  readonly name?: string;
  readonly account?: string;
  readonly text?: string;
  readonly remark?: string;
  readonly no?: string;
}

const header = '交易日期,借方发生额,贷方发生额,余额,对方户名,对方账号,摘要,附言,交易流水号';

/** A statement whose balances follow from each other, from 1,000 yuan on, unless they are given. */
export function statementOf(lines: readonly Line[], titles: readonly string[] = []): Buffer {
  let balance = 100_000;
  const rows = lines.map((line) => {
    balance += fenOf(line.credit) - fenOf(line.debit);
    const cells = [
      line.day ?? '2026-11-20',
      line.debit ?? '',
      line.credit ?? '',
      line.balance ?? yuanOf(balance),
      line.name ?? '张三',
      line.account ?? '6222020200012345678',
      line.text ?? '转账',
      line.remark ?? '',
      line.no ?? '',
    ];
    return cells.map((cell) => (/[",]/.test(cell) ? `"${cell}"` : cell)).join(',');
  });
  return Buffer.from([...titles, header, ...rows].join('\r\n'));
}

function fenOf(yuan = '0'): number {
  return Math.round(Number(yuan.replaceAll(',', '') || '0') * 100);
}

function yuanOf(fen: number): string {
  return (fen / 100).toFixed(2);
}

export async function checked(
  world: BankWorld,
  bytes: Buffer,
  more: {
    readonly fileName?: string;
    readonly layoutName?: string;
    readonly layoutId?: string;
  } = {},
): Promise<BankImportDetail> {
  const { bankImportId } = await uploadStatement(world.deps, {
    actor: world.staff,
    bankAccountId: world.bankAccountId,
    fileName: '对账单.csv',
    bytes,
    ...more,
  });
  await runDueImports(world.deps);
  return await showImport(world.deps, world.companyId, bankImportId);
}

/** Uploads, checks and imports a statement; the answer says what became of it. */
export async function imported(
  world: BankWorld,
  bytes: Buffer,
  more: Parameters<typeof checked>[2] & { readonly acceptLookAlikes?: boolean } = {},
): Promise<BankImportDetail> {
  const { acceptLookAlikes = false, ...file } = more;
  const { id: bankImportId } = await checked(world, bytes, file);
  await orderApply(world.deps, { actor: world.staff, bankImportId, acceptLookAlikes });
  await runDueImports(world.deps);
  return await showImport(world.deps, world.companyId, bankImportId);
}

export async function entriesOf(world: BankWorld) {
  return (await showEntries(world.deps, world.companyId, { limit: 200 })).items;
}

/** The balance of an account of the ledger, debits less credits. */
export async function debitOf(world: BankWorld, code: string): Promise<number> {
  return await world.deps.db.read(world.companyId, async (tx) => {
    const row = await tx.one(sql<{ balance: number }>`
      select coalesce(sum(case when debit_code = ${code} then amount_fen else 0 end
        - case when credit_code = ${code} then amount_fen else 0 end), 0)::bigint as balance
      from ledger.pub_transfer where company_id = ${tx.companyId}`);
    return row.balance;
  });
}

/** What is open on the bills of a unit, oldest first. */
export async function openOf(world: BankWorld, unitId: string): Promise<number[]> {
  return await world.deps.db.read(world.companyId, async (tx) => {
    const rows = await tx.many(sql<{ open: number }>`
      select amount_fen - paid_fen - waived_fen as open from billing.pub_bill
      where company_id = ${tx.companyId} and unit_id = ${unitId} order by period_start, id`);
    return rows.map(({ open }) => open);
  });
}

/** Something of every kind that a route of the bank module can name. */
export async function givenBankThings(deps: BankWorld['deps'], actor: StaffActor): Promise<void> {
  const account = {
    name: '甲方户',
    holder: '甲某某公司',
    bankName: '建设银行',
    number: ownNumber,
    communityIds: [],
  };
  const { id: bankAccountId } = await addAccount(deps, { actor, ...account });
  await addRule(deps, { actor, kind: 'other', place: 'text', words: '甲方费结息' });
  const content = layoutPresets[0]?.content;
  if (content) await addLayout(deps, { actor, name: '甲方费版式', content });
  const bytes = statementOf([{ credit: '10', name: '甲某某' }]);
  const file = { actor, bankAccountId, fileName: '甲方费.csv', bytes };
  const { bankImportId } = await uploadStatement(deps, file);
  await runDueImports(deps);
  await orderApply(deps, { actor, bankImportId, acceptLookAlikes: false });
  await runDueImports(deps);
}
