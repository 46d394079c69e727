export { type DeliveredEvent, type DispatchDeps, dispatchDue, type Listener } from './dispatch.ts';
export { type OutboxEvent, publish, publishAll } from './publish.ts';
