import { useState } from 'react';
import { Button, Text } from '#ui';
import { type Item, request } from '../../api/index.ts';
import { useAction } from '../../data/index.ts';
import { instantDayText } from '../../format/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Card, Confirm, Failure, List, ListItem, Tag } from '../../ui/index.ts';
import { texts } from './texts.ts';

type Application = Item<'GET /api/resident/applications'>;

const kinds = { open: 'warning', approved: 'good', rejected: 'bad', withdrawn: 'plain' } as const;

interface MyApplicationsProps {
  readonly items: readonly Application[];
  readonly onChanged: () => void;
}

/** What was asked of the office, and what it said. */
export function MyApplications({ items, onChanged }: MyApplicationsProps) {
  const t = useTexts(texts);
  const { language } = useSettings();
  const [chosen, setChosen] = useState<Application>();
  const withdraw = useAction(async (_once, { applicationId }: Application) => {
    await request('DELETE /api/resident/applications/:applicationId', {
      params: { applicationId },
    });
    setChosen(undefined);
    onChanged();
  });
  if (items.length === 0) return null;
  return (
    <Card title={t('mine')}>
      <List label={t('mine')}>
        {items.map((application) => {
          const { applicationId, label, communityName, role, state, createdAt } = application;
          const about = `${communityName} · ${t(`role.${role}`)} · `;
          const said = application.decisionReason ?? t(`said.${state}`);
          return (
            <ListItem
              key={applicationId}
              icon="home"
              title={
                <>
                  {label} <Tag kind={kinds[state]}>{t(`state.${state}`)}</Tag>
                </>
              }
              hint={`${about}${instantDayText(createdAt, language)} · ${said}`}
              aside={
                state === 'open' && (
                  <Button
                    ariaLabel={t('withdrawOf', { home: label })}
                    onTap={() => setChosen(application)}
                  >
                    {t('withdraw')}
                  </Button>
                )
              }
            />
          );
        })}
      </List>
      <Confirm
        isOpen={chosen !== undefined}
        title={t('withdrawTitle')}
        action={t('withdraw')}
        isBusy={withdraw.isBusy}
        onConfirm={() => chosen && withdraw.run(chosen)}
        onClose={() => setChosen(undefined)}
      >
        <Failure error={withdraw.failure} />
        <Text>{t('withdrawWhat')}</Text>
      </Confirm>
    </Card>
  );
}
