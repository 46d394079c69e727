import { Fragment, type ReactNode, useState } from 'react';
import { Button } from '#ui';
import { useTexts } from '../i18n/index.ts';
import { useSettings } from '../settings/index.ts';
import { Buttons } from './layout.tsx';
import { Steps } from './Steps.tsx';
import { uiTexts } from './texts.ts';

export interface Question {
  readonly key: string;
  /** Whether the next question may come. */
  readonly isAnswered: boolean;
  readonly content: ReactNode;
}

interface QuestionsProps {
  readonly questions: readonly Question[];
  /** What comes after the last answer: what went wrong, and the button that sends. */
  readonly children: ReactNode;
}

/** A form: all of it at once, in elders' mode one question a screen. */
export function Questions({ questions, children }: QuestionsProps) {
  const t = useTexts(uiTexts);
  const { isElder } = useSettings();
  const [step, setStep] = useState(0);
  if (!isElder) {
    return (
      <>
        {questions.map(({ key, content }) => (
          <Fragment key={key}>{content}</Fragment>
        ))}
        {children}
      </>
    );
  }
  const at = Math.min(step, questions.length - 1);
  const question = questions[at];
  return (
    <>
      <Steps step={at + 1} count={questions.length} />
      <Fragment key={question?.key}>{question?.content}</Fragment>
      {at === questions.length - 1 && children}
      <Buttons>
        {at < questions.length - 1 && (
          <Button kind="main" disabled={!question?.isAnswered} onTap={() => setStep(at + 1)}>
            {t('next')}
          </Button>
        )}
        {at > 0 && <Button onTap={() => setStep(at - 1)}>{t('before')}</Button>}
      </Buttons>
    </>
  );
}
