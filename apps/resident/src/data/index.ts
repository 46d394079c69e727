export { forgetAnswers } from './kept-answers.ts';
export { type Action, useAction } from './use-action.ts';
export { type List, useList } from './use-list.ts';
export { type Read, useRead } from './use-read.ts';
