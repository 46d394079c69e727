export const zh = {
  title: '公告',
  nothing: '还没有公告',
  nothingHint: '停水停电、活动和公示会发在这里。',
  news: '公告',
  disclosure: '公示',
  pinned: '置顶',
  unread: '未读',
  standards: '收费标准公示',
  standardsHint: '收什么费、怎么算、哪天到期',
};
