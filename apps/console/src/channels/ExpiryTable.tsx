import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { instantText } from '../ui/format.ts';
import { StateTag, type Tone } from '../ui/StateTag.tsx';
import type { Account } from './AccountTags.tsx';

type Expiry = Account['expiries'][number];

const tones: Record<Expiry['level'], Tone> = { good: 'success', soon: 'warning', over: 'error' };

/** Keys and certificates, the next to end first, and public keys, which never do. */
export function ExpiryTable({ account }: { readonly account: Account }) {
  const { t } = useTranslation(['channels', 'ui']);
  const [language] = useLanguage();
  const lasting = account.platformKeys.filter(({ validTo }) => validTo === null);
  if (account.expiries.length === 0 && lasting.length === 0) {
    return <p className="page-intro">{t('keysNone')}</p>;
  }
  return (
    <div className="stack">
      {account.expiries.length > 0 && (
        <DataTable<Expiry>
          label={t('expiries')}
          size="small"
          dataSource={account.expiries}
          rowKey={({ kind, label, serial }) => `${kind} ${label.zh} ${serial}`}
          columns={[
            { title: t('expiry.what'), render: (_value, { label }) => label[language] },
            {
              title: t('expiry.serial'),
              render: (_value, { serial }) => (
                <span className="mono nowrap">{serial ?? t('ui:none')}</span>
              ),
            },
            {
              title: t('expiry.until'),
              render: (_value, { at }) => (
                <span className="figure">{instantText(at, language)}</span>
              ),
            },
            {
              title: t('expiry.left'),
              render: (_value, { level, daysLeft }) => (
                <StateTag tone={tones[level]}>
                  {level === 'over' ? t('expiry.over') : t('expiry.days', { count: daysLeft })}
                </StateTag>
              ),
            },
          ]}
        />
      )}
      {lasting.map(({ serial }) => (
        <span key={serial}>
          {t('expiry.lasting')} <span className="mono">{serial}</span>
        </span>
      ))}
      {account.expiries.some(({ level }) => level !== 'good') && <span>{t('expiry.hint')}</span>}
    </div>
  );
}
