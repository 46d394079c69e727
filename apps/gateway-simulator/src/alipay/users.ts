import { createHash } from 'node:crypto';

/** A way to pay that a simulated person has. */
export type FundSource = {
  id: string;
  name: string;
  fundChannel: string;
  bankCode: string | null;
  /** Fen that are there; a payment above it is refused. */
  balanceFen: number;
};

/** A person with a simulated wallet. */
export type SimulatedUser = {
  no: number;
  name: string;
  userId: string;
  /** The sign-in name as merchants see it. */
  logonId: string;
  /** The name as merchants see it. */
  maskedName: string;
  sources: readonly FundSource[];
};

const RICH_FEN = 10_000_000_000;

function source(id: string, name: string, fundChannel: string, bankCode: string | null = null) {
  return { id, name, fundChannel, bankCode, balanceFen: RICH_FEN };
}
const CHANGE = { ...source('change', '零用钱（余额 ¥0.00）', 'ALIPAYACCOUNT'), balanceFen: 0 };

export const users: readonly SimulatedUser[] = [
  {
    no: 1,
    name: '王小明',
    userId: '2088102146225135',
    logonId: '138****0001',
    maskedName: '*小明',
    sources: [source('balance', '账户余额', 'ALIPAYACCOUNT'), CHANGE],
  },
  {
    no: 2,
    name: '李芳',
    userId: '2088202146225242',
    logonId: '139****0002',
    maskedName: '*芳',
    sources: [source('card', '招商银行储蓄卡（8888）', 'BANKCARD', 'CMB'), CHANGE],
  },
  {
    no: 3,
    name: '陈伯伯',
    userId: '2088302146225353',
    logonId: 'che***@example.com',
    maskedName: '*伯伯',
    sources: [source('fund', '余额理财', 'MONEYFUND'), CHANGE],
  },
  {
    no: 4,
    name: '林晓',
    userId: '2088402146225464',
    logonId: '137****0004',
    maskedName: '*晓',
    sources: [source('card', '农业银行储蓄卡（1027）', 'BANKCARD', 'ABC'), CHANGE],
  },
];

export function findUser(no: unknown): SimulatedUser | undefined {
  return users.find((one) => String(one.no) === String(no));
}

export function userOfNo(no: number): SimulatedUser {
  const user = findUser(no);
  if (user === undefined) throw new RangeError(`no simulated user ${no}`);
  return user;
}

/** Different for every application, as in reality. */
export function openIdOf(appId: string, user: SimulatedUser): string {
  const hash = createHash('sha256').update(`${appId}/${user.no}`).digest('base64url');
  return `0${hash.replace(/[-_]/g, '').slice(0, 20)}${user.userId.slice(-6)}`;
}

export function userOfId(appId: string, id: string): SimulatedUser | undefined {
  return users.find((one) => one.userId === id || openIdOf(appId, one) === id);
}
