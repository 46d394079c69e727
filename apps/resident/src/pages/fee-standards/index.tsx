import { usePageParams } from '#platform';
import { Page } from '#ui';
import { useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Card, Empty, Facts, Hint, Loaded } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** 收费标准公示: worked out from the tariffs by which bills are made. */
export default function FeeStandardsPage() {
  const t = useTexts(texts);
  const { language } = useSettings();
  const params = usePageParams('fee-standards');
  const route = 'GET /api/resident/communities/:communityId/fee-standards';
  const standards = useRead(route, { params }, { keeps: true });
  return (
    <Page title={t('title')}>
      <Loaded read={standards}>
        {({ communityName, companyName, items }) => (
          <>
            <Hint>{`${communityName} · ${companyName}`}</Hint>
            {items.length === 0 && (
              <Empty icon="info" title={t('nothing')} hint={t('nothingHint')} />
            )}
            {items.map(({ feeItemName, tariffName, formula, dueDay, effectiveFrom }) => (
              <Card key={`${feeItemName} ${tariffName}`} title={feeItemName}>
                <Facts
                  items={[
                    { label: t('name'), value: tariffName },
                    { label: t('formula'), value: formula[language] },
                    { label: t('due'), value: t('dueDay', { day: dueDay }) },
                    { label: t('from'), value: effectiveFrom },
                  ]}
                />
              </Card>
            ))}
          </>
        )}
      </Loaded>
    </Page>
  );
}
