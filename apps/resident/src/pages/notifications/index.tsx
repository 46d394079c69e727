import { Page, Switch } from '#ui';
import { request } from '../../api/index.ts';
import { useAction, useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { Card, Failure, List, ListItem, Loaded } from '../../ui/index.ts';
import { texts } from './texts.ts';

const purposes = ['reminder', 'autopay', 'feedback', 'receipt'] as const;
const vias = ['wechat-subscription', 'alipay-message', 'push', 'sms', 'email'] as const;

type Purpose = (typeof purposes)[number];
type Via = (typeof vias)[number];

/** 消息通知: what the reader wants to hear of, and by which ways. */
export default function NotificationsPage() {
  const t = useTexts(texts);
  const read = useRead('GET /api/resident/notifications', {});
  const change = useAction(async (_once, purpose: Purpose, via: Via, isOn: boolean) => {
    const body = { items: [{ purpose, via, isOn }] };
    await request('PUT /api/resident/notifications', { body });
    read.reload();
  });
  return (
    <Page title={t('title')}>
      <Failure error={change.failure} />
      <Loaded read={read}>
        {({ items }) => {
          const isOn = (purpose: Purpose, via: Via) =>
            items.find((item) => item.purpose === purpose && item.via === via)?.isOn ?? true;
          return (
            <>
              {purposes.map((purpose) => (
                <Card key={purpose} title={t(`purpose.${purpose}`)}>
                  <List label={t(`purpose.${purpose}`)}>
                    {vias.map((via) => (
                      <ListItem
                        key={via}
                        title={t(`via.${via}`)}
                        aside={
                          <Switch
                            checked={isOn(purpose, via)}
                            disabled={change.isBusy}
                            ariaLabel={`${t(`purpose.${purpose}`)} ${t(`via.${via}`)}`}
                            onChange={(next) => change.run(purpose, via, next)}
                          />
                        }
                      />
                    ))}
                  </List>
                </Card>
              ))}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
