export { type AccountCode, account } from './domain/account.ts';
export type { NewPosting, NewTransfer } from './domain/posting.ts';
export { balanceOn } from './queries/balances.ts';
export { postTransfers } from './use-cases/post-transfers.ts';
