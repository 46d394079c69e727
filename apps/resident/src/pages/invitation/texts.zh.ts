export const zh = {
  title: '绑定邀请',
  home: '房屋',
  from: '邀请人',
  as: '身份',
  accept: '接受并绑定',
  'role.tenant': '租户',
  'role.family': '家属',
  'role.payer': '代缴人（只缴费）',
};
