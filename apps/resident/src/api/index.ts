export type { Answer, Body, Input, Item, ReadKey, RouteKey } from './contract.ts';
export { ApiFailure, isOffline, isSignedOut, problemOf } from './failure.ts';
export { addressOf, request, sendPhoto } from './request.ts';
