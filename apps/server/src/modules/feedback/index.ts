/** The door of feedback: tickets and disputes, for compose.ts, the demo and the scan page. */
export { defaultSettings } from './domain/settings.ts';
export { feedbackListeners, feedbackTasks } from './jobs.ts';
export { builtInId } from './queries/categories.ts';
export { addFeedbackRoutes } from './routes.ts';
export { answerDispute } from './use-cases/answer-dispute.ts';
export { replyToTicket } from './use-cases/answer-ticket.ts';
export { changeRouting, changeSettings, saveCanned } from './use-cases/edit-settings.ts';
export { keepPhoto } from './use-cases/keep-photo.ts';
export { makeDigests } from './use-cases/make-digests.ts';
export { openTicket } from './use-cases/open-ticket.ts';
export { questionAfter } from './use-cases/question-after.ts';
export { rateTicket, withdrawTicket } from './use-cases/rate-ticket.ts';
