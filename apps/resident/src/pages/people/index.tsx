import type { HomePerson } from '@wuye-pay/contract';
import { useState } from 'react';
import { replace, usePageParams } from '#platform';
import { Button, Heading, Page, Text } from '#ui';
import { type Answer, request } from '../../api/index.ts';
import { forgetAnswers, useAction, useRead } from '../../data/index.ts';
import { instantDayText } from '../../format/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import {
  Confirm,
  Empty,
  Failure,
  Hint,
  List,
  ListItem,
  Loaded,
  Notice,
  Tag,
} from '../../ui/index.ts';
import { Invitations } from './Invitations.tsx';
import { texts } from './texts.ts';
import './people.css';

type Home = Answer<'GET /api/resident/homes'>['items'][number];

/** 住户与绑定: who has access to a home, letting somebody in, ending it, leaving. */
export default function PeoplePage() {
  const t = useTexts(texts);
  const { unitId } = usePageParams('people');
  const homes = useRead('GET /api/resident/homes', {});
  return (
    <Page title={t('title')}>
      <Loaded read={homes}>
        {({ items }) => {
          const home = items.find((one) => one.unitId === unitId);
          return home ? <OfHome home={home} /> : <NotYours />;
        }}
      </Loaded>
    </Page>
  );
}

/** A link to another's home, or one's own access has ended meanwhile. */
function NotYours() {
  const t = useTexts(texts);
  return (
    <Empty icon="home" title={t('notYours')} hint={t('notYoursHint')}>
      <Button kind="main" onTap={() => replace('bind')}>
        {t('bind')}
      </Button>
    </Empty>
  );
}

function OfHome({ home }: { readonly home: Home }) {
  const t = useTexts(texts);
  return (
    <>
      <Heading level={2}>{`${home.communityName} ${home.label}`}</Heading>
      <Text>{`${t('me')}：${t(`role.${home.role}`)}`}</Text>
      {home.role === 'payer' ? <Hint>{t('onlyMe')}</Hint> : <People home={home} />}
      <Leave home={home} />
    </>
  );
}

function People({ home }: { readonly home: Home }) {
  const t = useTexts(texts);
  const { unitId, label } = home;
  const people = useRead('GET /api/resident/homes/:unitId/people', { params: { unitId } });
  const [leaving, setLeaving] = useState<HomePerson>();
  const [gone, setGone] = useState<string>();
  const end = useAction(async (_once, { bindingId, name }: HomePerson) => {
    const params = { unitId, bindingId };
    await request('DELETE /api/resident/homes/:unitId/people/:bindingId', { params });
    setLeaving(undefined);
    setGone(name);
    people.reload();
  });
  const ask = (person: HomePerson) => {
    end.clear();
    setGone(undefined);
    setLeaving(person);
  };
  return (
    <Loaded read={people}>
      {({ items, invitations, mayInvite }) => (
        <>
          {gone !== undefined && <Notice kind="good" title={t('ended', { name: gone })} />}
          <List label={t('people')}>
            {items.map((person) => (
              <Person key={person.bindingId} person={person} onEnd={() => ask(person)} />
            ))}
          </List>
          {!mayInvite && <Hint>{t('onlyMe')}</Hint>}
          {mayInvite && items.some(({ isMe, mayEnd }) => !isMe && !mayEnd) && (
            <Hint>{t('otherOwner')}</Hint>
          )}
          {mayInvite && (
            <Invitations unitId={unitId} label={label} open={invitations} onDone={people.reload} />
          )}
          <Confirm
            isOpen={leaving !== undefined}
            title={t('endTitle', { name: leaving?.name ?? '' })}
            action={t('end')}
            isDangerous
            isBusy={end.isBusy}
            onConfirm={() => leaving && end.run(leaving)}
            onClose={() => setLeaving(undefined)}
          >
            <Failure error={end.failure} />
            <Text>{t('endWhat', { home: label })}</Text>
          </Confirm>
        </>
      )}
    </Loaded>
  );
}

interface PersonProps {
  readonly person: HomePerson;
  readonly onEnd: () => void;
}

function Person({ person, onEnd }: PersonProps) {
  const t = useTexts(texts);
  const { language } = useSettings();
  const { name, phoneMasked, role, boundBy, addedBy, isMe, mayEnd } = person;
  const day = instantDayText(person.boundAt, language);
  const how = addedBy
    ? t('sinceBy', { day, name: addedBy })
    : t('since', { day, how: t(`how.${boundBy}`) });
  const phone = phoneMasked !== null && phoneMasked !== name ? ` · ${phoneMasked}` : '';
  return (
    <ListItem
      icon="me"
      title={
        <>
          {name} <Tag kind={role === 'owner' ? 'good' : 'plain'}>{t(`role.${role}`)}</Tag>
        </>
      }
      hint={how + phone}
      aside={
        isMe ? (
          <Tag kind="plain">{t('me')}</Tag>
        ) : (
          mayEnd && (
            <Button ariaLabel={t('endOf', { name })} onTap={onEnd}>
              {t('end')}
            </Button>
          )
        )
      }
    />
  );
}

function Leave({ home }: { readonly home: Home }) {
  const t = useTexts(texts);
  const [isAsking, setAsking] = useState(false);
  const { unitId, bindingId, role } = home;
  const leave = useAction(async () => {
    const params = { unitId, bindingId };
    await request('DELETE /api/resident/homes/:unitId/people/:bindingId', { params });
    forgetAnswers();
    replace('me');
  });
  return (
    <>
      <Button onTap={() => setAsking(true)}>{t('leave')}</Button>
      <Confirm
        isOpen={isAsking}
        title={t('leaveTitle', { home: home.label })}
        action={t('leave')}
        isDangerous
        isBusy={leave.isBusy}
        onConfirm={leave.run}
        onClose={() => setAsking(false)}
      >
        <Failure error={leave.failure} />
        <Text>{t('leaveWhat')}</Text>
        {role === 'owner' && <Notice kind="warning">{t('leaveOwner')}</Notice>}
      </Confirm>
    </>
  );
}
