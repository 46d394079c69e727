export const zh = {
  title: '我的',
  settings: '设置',
  settingsHint: '长辈版、字号、语言',
};
