import type { ThemeConfig } from 'antd';

/** Colours that reach a contrast of 4.5 : 1 on white and on the page's grey. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0b57d0',
    colorPrimaryHover: '#0a49b0',
    colorLink: '#0b57d0',
    colorLinkHover: '#0a49b0',
    colorInfo: '#0b57d0',
    colorTextDescription: '#595959',
    colorTextTertiary: '#595959',
    colorTextSecondary: '#4a4a4a',
    colorTextPlaceholder: '#6b6b6b',
    colorTextQuaternary: '#6b6b6b',
    colorTextDisabled: '#6b6b6b',
    colorSuccess: '#237804',
    colorWarning: '#ad4e00',
    colorError: '#b3261e',
    colorSuccessBg: '#f6ffed',
    colorWarningBg: '#fff7e6',
    colorErrorBg: '#fff2f0',
    colorBgLayout: '#f5f6f8',
    borderRadius: 8,
    fontSize: 14,
    fontFamily:
      '-apple-system, BlinkMacSystemFont, "PingFang SC", "HarmonyOS Sans SC", "MiSans", ' +
      '"Noto Sans CJK SC", "Microsoft YaHei", sans-serif',
    controlHeight: 36,
    wireframe: false,
  },
  components: {
    Layout: { headerBg: '#ffffff', siderBg: '#ffffff', bodyBg: '#f5f6f8', headerHeight: 56 },
    Menu: { itemSelectedBg: '#e8f0fe', itemSelectedColor: '#0b57d0', itemHeight: 40 },
    Table: { headerBg: '#fafbfc', headerColor: '#4a4a4a', cellPaddingBlock: 12 },
    Card: { headerFontSize: 16 },
  },
};
