export type { CashierDoors } from './doors.ts';
export { cashierTasks } from './jobs.ts';
export { addCashierRoutes } from './routes.ts';
