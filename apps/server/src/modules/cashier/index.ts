export type { ChannelFacts } from './domain/ways.ts';
export type { CashierDoors } from './doors.ts';
export { cashierTasks } from './jobs.ts';
export { addCashierRoutes } from './routes.ts';
