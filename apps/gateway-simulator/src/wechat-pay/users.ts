import { createHash } from 'node:crypto';

/** A person with a simulated wallet. */
export type SimulatedUser = { no: number; name: string; bankType: string; note: string };

export const users: readonly SimulatedUser[] = [
  { no: 1, name: '王小明', bankType: 'OTHERS', note: '零钱支付' },
  { no: 2, name: '李芳', bankType: 'CMB_DEBIT', note: '招商银行储蓄卡' },
  { no: 3, name: '陈伯伯', bankType: 'PSBC_DEBIT', note: '邮储银行储蓄卡' },
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
