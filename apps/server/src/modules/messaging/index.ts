export type {
  DueMessage,
  MessageContent,
  MessageTo,
  NewMessage,
  Release,
  Releaser,
  Route,
  SendAnswer,
  Via,
} from './message.ts';
export { enqueueMessages } from './use-cases/enqueue-messages.ts';
