export { remindersTasks } from './jobs.ts';
export { remindersListeners } from './listeners.ts';
export { addRemindersRoutes } from './routes.ts';
export { rebuildEffect } from './use-cases/count-effect.ts';
export { planReminders } from './use-cases/plan-reminders.ts';
export { reminderReleaser } from './use-cases/release-reminders.ts';
export { createPlan } from './use-cases/save-plan.ts';
export { printQueue } from './use-cases/show-reminders.ts';
export { activatePlan, pausePlan } from './use-cases/switch-plan.ts';
