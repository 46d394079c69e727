export const zh = {
  title: '登录',
  hint: '登录后可以查看和缴纳您家的账单。',
  wallet: '用{{wallet}}登录',
  walletHere: '一键登录',
  byPhone: '用手机号登录',
  signIn: '登录',
  refused: '没有取得您的微信或支付宝身份',
  refusedHint: '请再试一次，或用手机号登录。',
  privacy: '手机号只用于登录、绑定房屋和账单通知。',
};
