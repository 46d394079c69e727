import type { AutopayMandate } from '@wuye-pay/contract';
import { Link, Page } from '#ui';
import { useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { Empty, List, ListItem, Loaded } from '../../ui/index.ts';
import { MandateCard } from './MandateCard.tsx';
import { texts } from './texts.ts';

/** 自动代扣: what is debited next, from where, how much at most, and how to stop it. */
export default function AutopayPage() {
  const t = useTexts(texts);
  const autopay = useRead('GET /api/resident/autopay', {}, { keeps: true });
  return (
    <Page title={t('title')}>
      <Loaded read={autopay}>
        {({ mandates, canSign }) => (
          <>
            {mandates.length === 0 && <Nothing canSign={canSign} />}
            {sorted(mandates).map((mandate) => (
              <MandateCard key={mandate.id} mandate={mandate} onChange={autopay.reload} />
            ))}
            <List>
              {mandates.length > 0 && canSign && (
                <ListItem title={t('sign')} hint={t('signMore')} to="autopay-sign" />
              )}
              <ListItem icon="help" title={t('help')} to="help-article" params={{ key: helpKey }} />
            </List>
          </>
        )}
      </Loaded>
    </Page>
  );
}

const helpKey = 'autopay';

function Nothing({ canSign }: { readonly canSign: boolean }) {
  const t = useTexts(texts);
  return canSign ? (
    <Empty icon="waiting" title={t('none')} hint={t('noneHint')}>
      <Link to="autopay-sign">{t('sign')}</Link>
    </Empty>
  ) : (
    <Empty icon="waiting" title={t('cannot')} hint={t('cannotHint')}>
      <Link to="bills">{t('toBills')}</Link>
    </Empty>
  );
}

const order = { active: 0, requested: 1, stopping: 2, ended: 3 } as const;

/** What runs first, the newest first among equals; a signature that is awaited only if it is last. */
function sorted(mandates: readonly AutopayMandate[]): AutopayMandate[] {
  return mandates
    .filter(({ state }, index) => state !== 'requested' || index === 0)
    .sort((a, b) => order[a.state] - order[b.state]);
}
