export const zh = {
  title: '我要报事',
  disputeTitle: '对账单有异议',
  disputeHint: '该账单会暂停催缴和代扣，直到物业答复；其他账单照常，您仍可随时缴纳。',
  comesAlong: '支付单号和出错信息会一并提交，不用另外填写。',
  home: '房屋',
  category: '类别',
  text: '情况说明',
  textHint: '写清地点和情况，物业处理更快',
  photos: '照片（最多 6 张）',
  send: '提交',
};
