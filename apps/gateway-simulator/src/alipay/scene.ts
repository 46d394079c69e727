import type { AnswerFault, Taken } from '../faults.ts';

export type Scene = {
  fault: Taken<AnswerFault> | undefined;
  /** Where the caller reached us, such as `http://127.0.0.1:1234`. */
  origin: string;
};
