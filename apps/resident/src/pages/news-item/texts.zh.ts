export const zh = { title: '公告' };
