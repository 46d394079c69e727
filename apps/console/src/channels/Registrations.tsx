import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../choices/use-channels.ts';
import { useLanguage } from '../i18n/index.ts';
import './channels.css';

/** The exact addresses to enter in the provider's console, each with a button that copies it. */
export function Registrations({
  registrations,
}: {
  readonly registrations: Channel['registrations'];
}) {
  const { t } = useTranslation('channels');
  const [language] = useLanguage();
  if (registrations.length === 0) return null;
  return (
    <dl className="registrations" aria-label={t('registrations')}>
      {registrations.map(({ label, where, value }) => (
        <div key={label.zh}>
          <dt>{label[language]}</dt>
          <dd>
            {value === null ? (
              <span className="muted">{t('afterSaving')}</span>
            ) : (
              <Typography.Text copyable className="mono">
                {value}
              </Typography.Text>
            )}
          </dd>
          <dd className="muted">{where[language]}</dd>
        </div>
      ))}
    </dl>
  );
}
