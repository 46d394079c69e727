import { createHash } from 'node:crypto';

/** A person with a simulated wallet: a balance of change, and one bank card. */
export type SimulatedUser = {
  no: number;
  name: string;
  bankType: string;
  note: string;
  /** Fen of change (零钱); a payment above it needs the card. */
  balanceFen: number;
  cardName: string;
  cardBankType: string;
};

export const users: readonly SimulatedUser[] = [
  {
    no: 1,
    name: '王小明',
    bankType: 'OTHERS',
    note: '零钱支付',
    balanceFen: 1_000_000_00,
    cardName: '工商银行储蓄卡6222',
    cardBankType: 'ICBC_DEBIT',
  },
  {
    no: 2,
    name: '李芳',
    bankType: 'CMB_DEBIT',
    note: '招商银行储蓄卡',
    balanceFen: 12_34,
    cardName: '招商银行储蓄卡0403',
    cardBankType: 'CMB_DEBIT',
  },
  {
    no: 3,
    name: '陈伯伯',
    bankType: 'PSBC_DEBIT',
    note: '邮储银行储蓄卡',
    balanceFen: 0,
    cardName: '邮储银行储蓄卡8815',
    cardBankType: 'PSBC_DEBIT',
  },
  {
    no: 4,
    name: '林晓',
    bankType: 'ABC_DEBIT',
    note: '农业银行储蓄卡',
    balanceFen: 88_88,
    cardName: '农业银行储蓄卡1027',
    cardBankType: 'ABC_DEBIT',
  },
];

export function findUser(no: unknown): SimulatedUser | undefined {
  return users.find((one) => String(one.no) === String(no));
}

/** 28 characters, different for every app, as in reality. */
export function openidOf(appid: string, user: SimulatedUser): string {
  const hash = createHash('sha256').update(`${appid}/${user.no}`).digest('base64url');
  return `o${hash.slice(0, 27)}`;
}

export function userOfOpenid(appid: string, openid: string): SimulatedUser | undefined {
  return users.find((one) => openidOf(appid, one) === openid);
}
