export const zh = {
  title: '收费标准公示',
  nothing: '还没有公示的收费标准',
  nothingHint: '有疑问请联系物业。',
  name: '标准名称',
  formula: '计算方法',
  due: '到期日',
  dueDay: '账期首月 {{day}} 日',
  from: '执行日期',
};
