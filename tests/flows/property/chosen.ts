import { type World, wallets } from './world.ts';

export const billsOf = ({ company }: World, mask: number) =>
  company.bills.filter((_, index) => mask & (1 << index));

export function payerOf(
  { company }: World,
  step: { readonly who: number; readonly wallet: number },
) {
  const channel = wallets[step.wallet] ?? 'alipay';
  const payer = { channel, openId: `o-${step.who}`, key: `${channel}:${step.who}` };
  return { companyId: company.companyId, payer };
}

export function partOf(
  { amountFen }: { readonly amountFen: number },
  share: 'all' | 'half' | 'one-fen',
) {
  return { all: amountFen, half: Math.ceil(amountFen / 2), 'one-fen': 1 }[share];
}
