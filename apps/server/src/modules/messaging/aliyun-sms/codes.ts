import type { RefusalClass } from '../outcome.ts';

/** Codes of the interface and of its gateway, by what they say of the message. */
export const classes: Readonly<Record<string, RefusalClass>> = {
  'isv.BUSINESS_LIMIT_CONTROL': 'recipient',
  'isv.MOBILE_NUMBER_ILLEGAL': 'recipient',
  'isv.MOBILE_COUNT_OVER_LIMIT': 'recipient',
  'isv.DOMESTIC_NUMBER_NOT_SUPPORTED': 'recipient',
  'isv.BLACK_KEY_CONTROL_LIMIT': 'content',
  'isv.TEMPLATE_MISSING_PARAMETERS': 'content',
  'isv.TEMPLATE_PARAMS_ILLEGAL': 'content',
  'isv.INVALID_JSON_PARAM': 'content',
  'isv.PARAM_LENGTH_LIMIT': 'content',
  'isv.PARAM_NOT_SUPPORT_URL': 'content',
  'isv.SMS_TEMPLATE_ILLEGAL': 'content',
  'isv.SMS_CONTENT_ILLEGAL': 'content',
  'isv.SMS_SIGNATURE_ILLEGAL': 'account',
  'isv.SMS_SIGN_ILLEGAL': 'account',
  'isv.DAY_LIMIT_CONTROL': 'account',
  'isv.MONTH_LIMIT_CONTROL': 'account',
  'isv.AMOUNT_NOT_ENOUGH': 'account',
  'isv.OUT_OF_SERVICE': 'account',
  'isv.PRODUCT_UN_SUBSCRIPT': 'account',
  'isv.PRODUCT_UNSUBSCRIBE': 'account',
  'isv.ACCOUNT_NOT_EXISTS': 'account',
  'isv.ACCOUNT_ABNORMAL': 'account',
  'isv.DENY_IP_RANGE': 'account',
  'isv.EXTEND_CODE_ERROR': 'account',
  'isp.RAM_PERMISSION_DENY': 'account',
  // The vendor's own trouble: it may have happened after the message was taken.
  'isp.SYSTEM_ERROR': 'unknown',
  'isp.UNKNOWN_ERROR': 'unknown',
  SignatureDoesNotMatch: 'account',
  'InvalidTimeStamp.Expired': 'account',
  SignatureNonceUsed: 'later',
  'InvalidAccessKeyId.*': 'account',
  'Forbidden.*': 'account',
  'Throttling*': 'later',
  'InvalidVersion*': 'account',
  'InvalidAction*': 'account',
};

export const advice = {
  'isv.BUSINESS_LIMIT_CONTROL': {
    zh: '该号码短时间内收到的短信过多，被流量控制；稍后会改走下一条通道',
    en: 'This number got too many messages lately; the next route is tried',
  },
  'isv.MOBILE_NUMBER_ILLEGAL': { zh: '手机号不正确，请核对', en: 'The number is not valid' },
  'isv.AMOUNT_NOT_ENOUGH': {
    zh: '阿里云短信余额不足，请到控制台充值或购买套餐包',
    en: 'The balance is used up: top it up at Aliyun',
  },
  'isv.OUT_OF_SERVICE': {
    zh: '阿里云账号欠费停机，请充值',
    en: 'The account is suspended: top it up at Aliyun',
  },
  'isv.DAY_LIMIT_CONTROL': {
    zh: '已到阿里云设置的每日发送上限，请在“国内消息设置”调整',
    en: 'The daily limit set at Aliyun is reached',
  },
  'isv.MONTH_LIMIT_CONTROL': {
    zh: '已到阿里云设置的每月发送上限，请在“国内消息设置”调整',
    en: 'The monthly limit set at Aliyun is reached',
  },
  'isv.SMS_TEMPLATE_ILLEGAL': {
    zh: '模板编号不存在或未审核通过',
    en: 'The template does not exist or is not approved',
  },
  'isv.TEMPLATE_MISSING_PARAMETERS': {
    zh: '模板变量不全，请核对变量名与阿里云模板一致',
    en: 'Variables are missing; compare their names with the template at Aliyun',
  },
  'isv.PARAM_NOT_SUPPORT_URL': {
    zh: '变量里不能有链接：把链接的固定部分写进模板，变量只放末尾的编号',
    en: 'A variable may not hold a link: fixed part in the template, only its code as a variable',
  },
  'isv.SMS_SIGNATURE_ILLEGAL': {
    zh: '签名不存在或未审核通过，请核对签名名称',
    en: 'The signature does not exist or is not approved',
  },
  SignatureDoesNotMatch: {
    zh: 'AccessKey 密钥不对，请重新填写',
    en: 'The access key secret is wrong; please enter it again',
  },
  'InvalidAccessKeyId.*': {
    zh: 'AccessKey ID 不存在或已停用',
    en: 'The access key id does not exist or is disabled',
  },
  'isp.RAM_PERMISSION_DENY': {
    zh: '这个 AccessKey 没有短信权限，请授予 AliyunDysmsFullAccess',
    en: 'This key has no right to send; grant AliyunDysmsFullAccess',
  },
  'Throttling*': { zh: '调用过快，系统会自动重试', en: 'Too fast; it is tried again by itself' },
} as const;
