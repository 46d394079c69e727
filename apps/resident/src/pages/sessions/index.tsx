import type { ResidentSessionView } from '@wuye-pay/contract';
import { useState } from 'react';
import { now } from '#platform';
import { Button, Page, Text } from '#ui';
import { request } from '../../api/index.ts';
import { useAction, useRead } from '../../data/index.ts';
import { ageText, instantDayText } from '../../format/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Confirm, Failure, Hint, List, ListItem, Loaded, Tag } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** 登录的设备: every session of the account, each to be ended. */
export default function SessionsPage() {
  const t = useTexts(texts);
  const sessions = useRead('GET /api/resident/sessions', {});
  const [chosen, setChosen] = useState<ResidentSessionView>();
  const end = useAction(async (_once, { sessionId }: ResidentSessionView) => {
    await request('DELETE /api/resident/sessions/:sessionId', { params: { sessionId } });
    setChosen(undefined);
    sessions.reload();
  });
  return (
    <Page title={t('title')}>
      <Text>{t('intro')}</Text>
      <Loaded read={sessions}>
        {({ items }) => (
          <>
            <List label={t('title')}>
              {items.map((session) => (
                <Session
                  key={session.sessionId}
                  session={session}
                  onEnd={() => {
                    end.clear();
                    setChosen(session);
                  }}
                />
              ))}
            </List>
            {items.length > 1 ? (
              <EndOthers count={items.length - 1} onEnded={sessions.reload} />
            ) : (
              <Hint>{t('only')}</Hint>
            )}
          </>
        )}
      </Loaded>
      <Confirm
        isOpen={chosen !== undefined}
        title={t('endTitle')}
        action={t('end')}
        isDangerous
        isBusy={end.isBusy}
        onConfirm={() => chosen && end.run(chosen)}
        onClose={() => setChosen(undefined)}
      >
        <Failure error={end.failure} />
        <Text>{t('endWhat')}</Text>
      </Confirm>
    </Page>
  );
}

interface SessionProps {
  readonly session: ResidentSessionView;
  readonly onEnd: () => void;
}

function Session({ session, onEnd }: SessionProps) {
  const t = useTexts(texts);
  const { language } = useSettings();
  const surface = t(`surface.${session.surface}`);
  const name = session.device === null ? surface : t('on', { surface, device: session.device });
  const seen = ageText(Date.parse(session.lastSeenAt), now(), language);
  const begun = instantDayText(session.createdAt, language);
  return (
    <ListItem
      icon="phone"
      title={name}
      hint={t('since', { seen, begun })}
      aside={
        session.isThis ? (
          <Tag kind="good">{t('here')}</Tag>
        ) : (
          <Button ariaLabel={t('endOf', { device: name })} onTap={onEnd}>
            {t('end')}
          </Button>
        )
      }
    />
  );
}

function EndOthers({ count, onEnded }: { readonly count: number; readonly onEnded: () => void }) {
  const t = useTexts(texts);
  const [isAsking, setAsking] = useState(false);
  const end = useAction(async () => {
    await request('POST /api/resident/sessions/end-others', { body: {} });
    setAsking(false);
    onEnded();
  });
  return (
    <>
      <Button onTap={() => setAsking(true)}>{t('endOthers')}</Button>
      <Confirm
        isOpen={isAsking}
        title={t('endOthersTitle', { count })}
        action={t('endOthers')}
        isDangerous
        isBusy={end.isBusy}
        onConfirm={end.run}
        onClose={() => setAsking(false)}
      >
        <Failure error={end.failure} />
        <Text>{t('endOthersWhat')}</Text>
      </Confirm>
    </>
  );
}
