export { bankTasks } from './jobs.ts';
export { bankListeners } from './listeners.ts';
export { unitOfReference } from './queries/unit-of-reference.ts';
export { addBankRoutes } from './routes.ts';
export { orderApply, uploadStatement } from './use-cases/manage-import.ts';
export { runDueImports } from './use-cases/run-due-imports.ts';
export { addAccount } from './use-cases/save-account.ts';
export { showEntries } from './use-cases/show-entries.ts';
export { showImport } from './use-cases/show-imports.ts';
