import { fen, yuanAmount } from '@wuye-pay/money';
import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import type { EntryDetail } from './EntryPage.tsx';
import { MatchForm } from './MatchForm.tsx';
import { UnitSearch } from './UnitSearch.tsx';
import './bank.css';

export type Suggestion = Answer<'GET /api/bank-entries/:entryId/units/:unitId'>;

/** Whose money it may be, the bills that it would settle, and the button that does it. */
export function EntryMatch({ one }: { readonly one: EntryDetail }) {
  const { t } = useTranslation('bank');
  const { suggestions } = one;
  const [unitId, setUnitId] = useState<string | undefined>(suggestions[0]?.unitId);
  const suggested = suggestions.find((each) => each.unitId === unitId);
  return (
    <Card title={<h2 className="card-title">{t('match.title')}</h2>}>
      <div className="stack">
        <h3 className="bank-heading">{t('match.suggestions')}</h3>
        {suggestions.length === 0 && (
          <EmptyNotice title={t('match.none')} hint={t('match.noneHint')} />
        )}
        <ul className="bank-suggestions">
          {suggestions.map((each) => (
            <li key={each.unitId} aria-current={each.unitId === unitId}>
              <SuggestedUnit
                one={each}
                isTaken={each.unitId === unitId}
                onTake={() => setUnitId(each.unitId)}
              />
            </li>
          ))}
        </ul>
        <UnitSearch onFound={setUnitId} />
        {suggested && <MatchForm key={suggested.unitId} entry={one} unit={suggested} />}
        {unitId !== undefined && !suggested && (
          <FoundUnit key={unitId} entry={one} unitId={unitId} />
        )}
      </div>
    </Card>
  );
}

/** A unit that somebody looked up is asked for when it is chosen. */
function FoundUnit({ entry, unitId }: { readonly entry: EntryDetail; readonly unitId: string }) {
  const query = useRead('GET /api/bank-entries/:entryId/units/:unitId', {
    params: { entryId: entry.id, unitId },
  });
  return <Loaded query={query}>{(unit) => <MatchForm entry={entry} unit={unit} />}</Loaded>;
}

interface SuggestedUnitProps {
  readonly one: Suggestion;
  readonly isTaken: boolean;
  readonly onTake: () => void;
}

function SuggestedUnit({ one, isTaken, onTake }: SuggestedUnitProps) {
  const { t } = useTranslation('bank');
  const [language] = useLanguage();
  return (
    <div className="bank-suggestion">
      <div className="stack-tight">
        <div className="row">
          <strong>
            {one.communityName} {one.unitLabel}
          </strong>
          <StateTag tone={one.score >= 60 ? 'success' : 'default'}>
            {t('match.score', { score: one.score })}
          </StateTag>
        </div>
        <span className="muted">
          {one.ownerMasked && `${t('match.owner', { owner: one.ownerMasked })} · `}
          {t('match.owes', { amount: yuanAmount(fen(one.openFen)) })}
        </span>
        <ul className="confirm-figures">
          {one.reasons.map((reason) => (
            <li key={reason.zh}>{reason[language]}</li>
          ))}
        </ul>
      </div>
      <Button
        onClick={onTake}
        type={isTaken ? 'primary' : 'default'}
        aria-pressed={isTaken}
        aria-label={`${t(isTaken ? 'match.taken' : 'match.take')} ${one.unitLabel}`}
      >
        {t(isTaken ? 'match.taken' : 'match.take')}
      </Button>
    </div>
  );
}
