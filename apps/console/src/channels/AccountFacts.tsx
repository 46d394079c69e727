import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useChannels } from '../choices/use-channels.ts';
import { useLanguage } from '../i18n/index.ts';
import { Facts } from '../ui/Facts.tsx';
import { instantText } from '../ui/format.ts';
import type { Account } from './AccountTags.tsx';

export function AccountFacts({ account }: { readonly account: Account }) {
  const { t } = useTranslation(['channels', 'choices', 'ui']);
  const [language] = useLanguage();
  const { label, find } = useChannels();
  const channel = find(account.channel);
  const mode = channel?.modes.find((one) => one.mode === account.mode);
  const { mchId, appId, subMchId, subAppId } = account;
  const idOf: Record<string, string | null> = { mchId, appId, subMchId, subAppId };
  const ids = (channel?.ids ?? []).flatMap((field) => {
    const value = idOf[field.name];
    if (!value) return [];
    return [{ label: field.label[language], value: <span className="mono">{value}</span> }];
  });
  return (
    <Facts
      columns={2}
      facts={[
        { label: t('choices:channel'), value: label(account.channel) },
        ...ids,
        { label: t('mode'), value: mode?.label[language] ?? account.mode },
        {
          label: t('notifyUrl'),
          value: (
            <Typography.Text copyable className="mono">
              {account.notifyUrl}
            </Typography.Text>
          ),
        },
        {
          label: t('refused'),
          value: (
            <div>
              <div className="figure">{t('refusedCount', { count: account.refusedNotices })}</div>
              {account.refusedNotices > 0 && <div className="muted">{t('refusedHint')}</div>}
            </div>
          ),
        },
        ...(account.previousUntil
          ? [{ label: t('previousUntil'), value: instantText(account.previousUntil, language) }]
          : []),
        { label: t('createdAt'), value: instantText(account.createdAt, language) },
      ]}
    />
  );
}
