export const zh = {
  scan: '扫码缴费',
  strange: '这不是本物业的缴费码',
  strangeHint: '请扫描门上或缴费通知单上的二维码。',
};
