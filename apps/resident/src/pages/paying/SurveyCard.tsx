import { useEffect, useState } from 'react';
import { Button, Choice, Text, TextArea } from '#ui';
import { request } from '../../api/index.ts';
import { useAction } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Buttons, Card, Failure, FormField } from '../../ui/index.ts';
import { texts } from './texts.ts';

const scores = ['1', '2', '3', '4', '5'] as const;

/** How paying went: asked rarely, answered by one tap, and then there is room for words. */
export function SurveyCard({ paymentId }: { readonly paymentId: string }) {
  const id = useQuestion(paymentId);
  const t = useTexts(texts);
  const [score, setScore] = useState<string>();
  const [isOver, setOver] = useState(false);
  const [text, setText] = useState('');
  const answer = useAction(async (_once: string, value: number | null, words: string) => {
    await request('POST /api/resident/satisfaction/:satisfactionId/answer', {
      params: { satisfactionId: id ?? '' },
      body: { score: value, text: words },
    });
    if (value === null || words !== '') setOver(true);
    else setScore(String(value));
  });
  if (id === undefined) return null;
  if (isOver) return <Text>{t('surveyThanks')}</Text>;
  return (
    <Card title={t(score === undefined ? 'survey' : 'surveyThanks')}>
      {score === undefined ? (
        <Choice
          ariaLabel={t('survey')}
          value={undefined}
          options={scores.map((value) => ({ value, label: t(`score${value}`) }))}
          onChange={(value) => answer.run(Number(value), '')}
          disabled={answer.isBusy}
        />
      ) : (
        <FormField label={t('surveyWords')}>
          {(field) => <TextArea {...field} value={text} onChange={setText} maxLength={500} />}
        </FormField>
      )}
      <Failure error={answer.failure} />
      <Buttons>
        {score !== undefined && (
          <Button
            busy={answer.isBusy}
            disabled={text.trim() === ''}
            onTap={() => answer.run(Number(score), text.trim())}
          >
            {t('surveySend')}
          </Button>
        )}
        <Button
          kind="plain"
          onTap={() => (score === undefined ? answer.run(null, '') : setOver(true))}
        >
          {t(score === undefined ? 'surveyNo' : 'surveyClose')}
        </Button>
      </Buttons>
    </Card>
  );
}

/** Whether this payment is asked about; the server decides, and never asks twice. */
function useQuestion(paymentId: string): string | undefined {
  const { isElder } = useSettings();
  const [id, setId] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    request('POST /api/resident/satisfaction/question', { body: { paymentId, isElder } }).then(
      ({ satisfactionId }) => {
        if (isCurrent && satisfactionId !== null) setId(satisfactionId);
      },
      // Nobody misses a question that did not come.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [paymentId, isElder]);
  return id;
}
