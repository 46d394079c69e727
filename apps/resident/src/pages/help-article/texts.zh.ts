export const zh = { title: '帮助' };
