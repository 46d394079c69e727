export { CodeForm } from './CodeForm.tsx';
export { ProvePhone } from './ProvePhone.tsx';
export { startSession } from './start-session.ts';
