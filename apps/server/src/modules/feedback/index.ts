/** The door of feedback: tickets and disputes, for compose.ts, the demo and the scan page. */
export { feedbackListeners, feedbackTasks } from './jobs.ts';
export { addFeedbackRoutes } from './routes.ts';
export { changeRouting, saveCanned } from './use-cases/edit-settings.ts';
export { keepPhoto } from './use-cases/keep-photo.ts';
export { openTicket } from './use-cases/open-ticket.ts';
export { questionAfter } from './use-cases/question-after.ts';
