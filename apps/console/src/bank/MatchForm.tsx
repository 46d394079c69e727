import { fen, yuanAmount } from '@wuye-pay/money';
import { Checkbox, Input } from 'antd';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { monthText } from '../ui/format.ts';
import { Money } from '../ui/Money.tsx';
import { newKey } from '../ui/new-key.ts';
import { useMessages } from '../ui/use-messages.ts';
import type { Suggestion } from './EntryMatch.tsx';
import type { EntryDetail } from './EntryPage.tsx';
import { linesOf } from './match-lines.ts';

interface MatchFormProps {
  readonly entry: EntryDetail;
  readonly unit: Suggestion;
}

/** The suggestion's bills are ticked; the button says what will happen, and to how much. */
export function MatchForm({ entry, unit }: MatchFormProps) {
  const { t } = useTranslation('bank');
  const [language] = useLanguage();
  const { done } = useMessages();
  const noteId = useId();
  const keys = useRef(new Map<string, string>());
  const match = useWrite('POST /api/bank-entries/:entryId/matches');
  const [note, setNote] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(unit.bills.filter(({ amountFen }) => amountFen > 0).map(({ billId }) => billId)),
  );
  const lines = linesOf(unit.bills, chosen, entry.suspenseFen);
  const totalFen = lines.reduce((all, { amountFen }) => all + amountFen, 0);
  const limit = entry.twoPeopleFromFen;
  const needsTwo = limit !== null && entry.amountFen >= limit;
  if (unit.bills.length === 0) {
    return <EmptyNotice title={t('match.nothingOwed')} hint={t('match.nothingOwedHint')} />;
  }
  const submit = async () => {
    const wish = { unitId: unit.unitId, lines, note: note.trim() };
    const content = JSON.stringify(wish);
    const idempotencyKey = keys.current.get(content) ?? newKey();
    keys.current.set(content, idempotencyKey);
    await match.mutateAsync({ params: { entryId: entry.id }, body: { ...wish, idempotencyKey } });
    done(t(needsTwo ? 'match.proposed' : 'match.done'));
  };
  const whyNot =
    entry.whyNot?.[language] ??
    (lines.length === 0
      ? t('match.choose')
      : note.trim() === ''
        ? t('match.noteMissing')
        : undefined);
  const toggle = (billId: string, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(billId);
    else next.delete(billId);
    setChosen(next);
  };
  const amount = yuanAmount(fen(totalFen));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        // What goes wrong is shown above the button.
        if (whyNot === undefined) submit().catch(() => undefined);
      }}
    >
      <fieldset className="bank-bills">
        <legend>{t('match.bills', { unit: `${unit.communityName} ${unit.unitLabel}` })}</legend>
        {unit.bills.map(({ billId, feeItemName, month, openFen }) => {
          const line = lines.find((each) => each.billId === billId);
          const isPart = line !== undefined && line.amountFen < openFen;
          return (
            <div className="bank-bill" key={billId}>
              <Checkbox
                checked={chosen.has(billId)}
                onChange={(event) => toggle(billId, event.target.checked)}
              >
                {t('match.bill', { item: feeItemName, month: monthText(month, language) })}
                {isPart && t('match.partly', { amount: yuanAmount(fen(line.amountFen)) })}
              </Checkbox>
              <Money fen={openFen} />
            </div>
          );
        })}
      </fieldset>
      <div className="bank-bill">
        <span>{t('match.total')}</span>
        <Money fen={totalFen} strong />
      </div>
      <div className="bank-bill">
        <span>{t('match.rest')}</span>
        <Money fen={entry.suspenseFen - totalFen} />
      </div>
      <div className="stack-tight">
        <label htmlFor={noteId}>{t('match.note')}</label>
        <Input
          id={noteId}
          value={note}
          maxLength={200}
          placeholder={t('match.noteHint')}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      {match.isError && <FailureNotice error={match.error} />}
      <div>
        <ActionButton type="primary" htmlType="submit" loading={match.isPending} whyNot={whyNot}>
          {t(needsTwo ? 'match.propose' : 'match.do', { amount })}
        </ActionButton>
      </div>
    </form>
  );
}
