/** A person with a simulated 云闪付 and the bank card behind it. */
export type SimulatedUser = {
  no: number;
  name: string;
  bank: string;
  /** 01 debit, 02 credit. */
  cardType: '01' | '02';
  /** As messages show it: the middle is masked. */
  maskedCardNo: string;
};

export const users: readonly SimulatedUser[] = [
  { no: 1, name: '王小明', bank: '模拟工商银行', cardType: '01', maskedCardNo: masked('0018') },
  { no: 2, name: '李芳', bank: '模拟招商银行', cardType: '02', maskedCardNo: masked('3327') },
  { no: 3, name: '陈伯伯', bank: '模拟邮储银行', cardType: '01', maskedCardNo: masked('5504') },
];

export const firstUser = users[0] as SimulatedUser;

export function findUser(no: unknown): SimulatedUser | undefined {
  return users.find((one) => String(one.no) === String(no));
}

function masked(last: string): string {
  return `6216***********${last}`;
}
