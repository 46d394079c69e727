export { auditBook, type SealedBook } from './book.ts';
export type { SealFinding } from './finding.ts';
export { type SealDeps } from './seal-rows.ts';
export { type SealOptions, sealBooks, sealTask } from './seal-task.ts';
export { type SealReport, verifySeals } from './verify-seals.ts';
