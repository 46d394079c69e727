export const endpoints = {
  /** Takes every request of the server. */
  gateway: 'https://qra.95516.com/pay/gateway',
  /** The wallet's browser is sent here to say who pays. */
  authorize: 'https://qr.95516.com/qrcGtwWeb-web/api/userAuth',
} as const;
