export { type AccountCode, account } from './domain/account.ts';
export type { NewPosting, NewTransfer } from './domain/posting.ts';
export { ledgerTasks } from './jobs.ts';
export { balanceOn } from './queries/balances.ts';
export { ledgerBook } from './queries/sealable.ts';
export { addLedgerRoutes } from './routes.ts';
export { postTransfers } from './use-cases/post-transfers.ts';
