export { autopayCheckpoints } from './checkpoints.ts';
export type { AutopayInputDeps, MandatesDoor } from './deps.ts';
export { autopayTasks } from './jobs.ts';
export { autopayListeners } from './listeners.ts';
export { addAutopayRoutes } from './routes.ts';
