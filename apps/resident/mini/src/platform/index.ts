import { companyCode } from './settings.ts';

export {
  callPhone,
  choosePhotos,
  copy,
  imageOf,
  newKey,
  now,
  openDocument,
  openOutside,
  saveImage,
} from './device.ts';
export {
  isOnline,
  keepSession,
  listen,
  onNetwork,
  send,
  sessionMark,
  upload,
} from './network.ts';
export { back, go, hereText, replace, returnTo, usePageParams } from './place.ts';
export { fontScale, language, setLanguage, setTitle, storage } from './reader.ts';
export { useKept, useShow } from './use-show.ts';
export {
  canScan,
  login,
  openAgreement,
  openServerPage,
  pay,
  requestMessages,
  scan,
  surface,
  wallet,
} from './wallet.ts';

export function company(): string {
  return companyCode;
}
