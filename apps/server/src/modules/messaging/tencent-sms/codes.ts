import type { RefusalClass } from '../outcome.ts';

export const classes: Readonly<Record<string, RefusalClass>> = {
  'FailedOperation.ContainSensitiveWord': 'content',
  'FailedOperation.FailResolvePacket': 'unknown',
  'FailedOperation.InsufficientBalanceInSmsPackage': 'account',
  'FailedOperation.JsonParseFail': 'content',
  'FailedOperation.MarketingSendTimeConstraint': 'later',
  'FailedOperation.PhoneNumberInBlacklist': 'recipient',
  'FailedOperation.SignatureIncorrectOrUnapproved': 'account',
  'FailedOperation.TemplateIncorrectOrUnapproved': 'content',
  'FailedOperation.ForbidAddMarketingTemplates': 'content',
  'FailedOperation.NotEnterpriseCertification': 'account',
  'InvalidParameterValue.IncorrectPhoneNumber': 'recipient',
  'LimitExceeded.PhoneNumber*': 'recipient',
  'LimitExceeded.AppDailyLimit': 'account',
  'LimitExceeded.DeliveryFrequencyLimit': 'later',
  'RequestLimitExceeded*': 'later',
  'MissingParameter.*': 'content',
  'AuthFailure.*': 'account',
  'UnauthorizedOperation.*': 'account',
  'UnsupportedOperation.*': 'recipient',
  // It may have happened after the message was taken.
  'InternalError*': 'unknown',
};

export const advice = {
  'FailedOperation.InsufficientBalanceInSmsPackage': {
    zh: '腾讯云短信套餐包余量不足，请购买套餐包',
    en: 'The SMS package is used up: buy another at Tencent Cloud',
  },
  'FailedOperation.PhoneNumberInBlacklist': {
    zh: '该号码在黑名单中（退订或被运营商拦截）',
    en: 'The number is on a black list (opted out, or barred by its operator)',
  },
  'FailedOperation.SignatureIncorrectOrUnapproved': {
    zh: '签名不存在或未审核通过，请核对签名',
    en: 'The signature does not exist or is not approved',
  },
  'FailedOperation.TemplateIncorrectOrUnapproved': {
    zh: '模板不存在、未审核通过，或变量个数与模板不符',
    en: 'The template does not exist, is not approved, or has another number of variables',
  },
  'InvalidParameterValue.IncorrectPhoneNumber': {
    zh: '手机号不正确，请核对',
    en: 'The number is not valid',
  },
  'LimitExceeded.PhoneNumber*': {
    zh: '该号码短时间内收到的短信过多',
    en: 'This number got too many messages lately',
  },
  'LimitExceeded.AppDailyLimit': {
    zh: '已到应用的每日发送上限，请在腾讯云控制台调整',
    en: 'The daily limit of the app is reached; change it at Tencent Cloud',
  },
  'AuthFailure.*': {
    zh: 'SecretId 或 SecretKey 不对，或服务器时间不准',
    en: 'Secret id or key is wrong, or the clock of the server is off',
  },
  'UnauthorizedOperation.ServiceSuspendDueToArrears': {
    zh: '腾讯云账号欠费停服，请充值',
    en: 'The account is suspended: top it up at Tencent Cloud',
  },
  'UnauthorizedOperation.*': {
    zh: '这个密钥没有权限，或服务器 IP 不在白名单',
    en: 'The key has no right, or the address of this server is not on the list',
  },
} as const;
