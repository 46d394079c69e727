import { defineErrors } from '../../platform/errors.ts';

export const invoicingErrors = defineErrors({
  RECEIPT_NOT_YET: {
    status: 409,
    retry: true,
    zh: '这笔支付还没有完成，完成后即可开具收据',
    en: 'This payment is not complete yet; the receipt is available once it is',
  },
  RECEIPT_OF_NOTHING: {
    status: 409,
    retry: false,
    zh: '这笔款项没有结清任何账单，物业会退还或转为预存，因此没有收据',
    en: 'This money settled no bill and will be returned or kept as credit, so it has no receipt',
  },
  RECEIPT_UNKNOWN: {
    status: 404,
    retry: false,
    zh: '没有找到这张收据，请核对校验码；若确认无误，请联系物业公司',
    en: 'No such receipt; please check the code, and ask the property company if it is right',
  },
});
