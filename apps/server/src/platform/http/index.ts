export { languageOf } from './answer-error.ts';
export { type AppOptions, createApp } from './app.ts';
export { browserOf, ensureBrowser, privateCookie } from './browser.ts';
export { type CsvColumn, everyItem, sendCsv } from './csv.ts';
export { type EventStream, openEventStream } from './event-stream.ts';
export { type Permission, residentOf, staffOf } from './permission.ts';
export { addResidentRoute, addRoute, type RouteContract, type RouteInput } from './route.ts';
export { type SentFile, sendFile } from './send-file.ts';
export { deviceOf, userAgentOf, type Wallet, walletFor } from './user-agent.ts';
