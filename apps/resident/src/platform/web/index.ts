export {
  callPhone,
  choosePhotos,
  copy,
  fontScale,
  imageOf,
  language,
  newKey,
  now,
  openDocument,
  openOutside,
  saveImage,
  setLanguage,
  setTitle,
  storage,
} from './device.ts';
export { useKept } from './kept-state.ts';
export {
  isOnline,
  keepSession,
  listen,
  onNetwork,
  send,
  sessionMark,
  upload,
} from './network.ts';
export {
  back,
  companyCode as company,
  go,
  hereText,
  replace,
  returnTo,
  usePageParams,
} from './place.ts';
export { useShow } from './use-show.ts';
export {
  canScan,
  login,
  openAgreement,
  openServerPage,
  pay,
  requestMessages,
  scan,
  wallet,
} from './wallet.ts';

export const surface = 'h5';
