import { defineTexts } from '../i18n/define.ts';

export const choicesTexts = defineTexts(
  {
    community: '小区',
    building: '楼栋',
    feeItem: '收费项目',
    month: '月份',
    'kind.home': '住宅',
    'kind.shop': '商铺',
    'kind.parking': '车位',
    'kind.storage': '储藏室',
    kind: '类型',
    'channel.wechat-pay': '微信支付',
    'channel.cash': '现金',
    'channel.desk': '柜台',
  },
  {
    community: 'Community',
    building: 'Building',
    feeItem: 'Fee item',
    month: 'Month',
    'kind.home': 'Home',
    'kind.shop': 'Shop',
    'kind.parking': 'Parking',
    'kind.storage': 'Storage',
    kind: 'Kind',
    'channel.wechat-pay': 'WeChat Pay',
    'channel.cash': 'Cash',
    'channel.desk': 'Desk',
  },
);
