import { Collapse } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../choices/use-channels.ts';
import { useLanguage } from '../i18n/index.ts';
import { Registrations } from './Registrations.tsx';

interface ChannelGuideProps {
  readonly channel: Channel;
  readonly isOpen: boolean;
}

/** What to fetch and do in the provider's console, in order, and which addresses to enter there. */
export function ChannelGuide({ channel, isOpen }: ChannelGuideProps) {
  const { t } = useTranslation('channels');
  const [language] = useLanguage();
  if (channel.guide.length === 0 && channel.registrations.length === 0) return null;
  const label = t('guide', { channel: channel.label[language] });
  return (
    <Collapse
      key={channel.name}
      defaultActiveKey={isOpen ? ['guide'] : []}
      style={{ marginBlockEnd: 16 }}
      items={[
        {
          key: 'guide',
          label,
          children: (
            <div className="stack">
              <ol className="steps">
                {channel.guide.map((step) => (
                  <li key={step.zh}>{step[language]}</li>
                ))}
              </ol>
              <Registrations registrations={channel.registrations} />
            </div>
          ),
        },
      ]}
    />
  );
}
