import { GlobalOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { refreshAll } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';

/** Changes the language of the screens, and of what the server says. */
export function LanguageSwitch() {
  const { t } = useTranslation('shell');
  const [language, change] = useLanguage();
  const queryClient = useQueryClient();
  const next = language === 'zh' ? 'en' : 'zh';
  return (
    <Button
      type="text"
      icon={<GlobalOutlined aria-hidden />}
      lang={next === 'zh' ? 'zh-CN' : 'en'}
      aria-label={t('languageLabel')}
      className="shell-language"
      onClick={() => {
        change(next);
        void refreshAll(queryClient);
      }}
    >
      <span>{t('language')}</span>
    </Button>
  );
}
