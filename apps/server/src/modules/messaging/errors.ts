import { defineErrors } from '../../platform/errors.ts';

export const messagingErrors = defineErrors({
  MESSAGE_ACCOUNT_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该消息通道，请刷新列表',
    en: 'There is no such message account; please reload the list',
  },
  MESSAGE_ACCOUNT_INVALID: {
    status: 400,
    retry: false,
    zh: '消息通道的资料有误，请按提示修改',
    en: 'The message account is not valid; please correct the fields named',
  },
  MESSAGE_ACCOUNT_EXISTS: {
    status: 409,
    retry: false,
    zh: '已有同名的消息通道，请换一个名称',
    en: 'There is a message account of this name already; please choose another name',
  },
  MESSAGE_TEMPLATE_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该消息模板，请刷新列表',
    en: 'There is no such message template; please reload the list',
  },
  MESSAGE_TEMPLATE_INVALID: {
    status: 400,
    retry: false,
    zh: '消息模板有误，请按提示修改',
    en: 'The message template is not valid; please correct the fields named',
  },
  MESSAGE_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这条消息，请刷新列表',
    en: 'There is no such message; please reload the list',
  },
  MESSAGE_NOT_DEAD: {
    status: 409,
    retry: false,
    zh: '只有发送失败的消息可以重新发送，请刷新后查看它的状态',
    en: 'Only a message that failed can be sent again; please reload to see its state',
  },
  MESSAGE_MAY_HAVE_ARRIVED: {
    status: 409,
    retry: false,
    zh: '服务商没有明确答复，对方可能已经收到；确认对方没有收到后，请勾选“仍要重发”',
    en: 'The provider gave no clear answer, so it may have arrived; confirm to send it once more',
  },
  MESSAGE_SETTING_INVALID: {
    status: 400,
    retry: false,
    zh: '消息设置有误，请按提示修改',
    en: 'The message settings are not valid; please correct the fields named',
  },
});
