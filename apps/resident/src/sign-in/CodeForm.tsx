import { useEffect, useState } from 'react';
import { Button, Input } from '#ui';
import { useAction } from '../data/index.ts';
import { useTexts } from '../i18n/index.ts';
import { Buttons, Failure, FormField } from '../ui/index.ts';
import { texts } from './texts.ts';

interface CodeFormProps {
  readonly kind: 'phone' | 'email';
  /** Words of the last button. */
  readonly action: string;
  readonly onSend: (to: string) => Promise<Sent>;
  readonly onCode: (codeId: string, code: string) => Promise<unknown>;
}

interface Sent {
  readonly codeId: string;
  readonly againInSeconds: number;
}

const isWhole = {
  phone: (text: string) => /^1[3-9]\d{9}$/.test(text),
  email: (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text),
};
const lengths = { phone: 11, email: 120 } as const;

/** One question after the other: the phone or address, then the code that came to it. */
export function CodeForm({ kind, action, onSend, onCode }: CodeFormProps) {
  const t = useTexts(texts);
  const [to, setTo] = useState('');
  const [code, setCode] = useState('');
  const [sent, setSent] = useState<Sent>();
  const ask = useAction(async () => {
    setSent(await onSend(to.trim()));
    setCode('');
  });
  const type = useAction(() => onCode(sent?.codeId ?? '', code));
  if (sent === undefined) {
    const isReady = isWhole[kind](to.trim());
    return (
      <>
        <FormField label={t(kind)}>
          {(field) => (
            <Input {...field} kind={kind} value={to} maxLength={lengths[kind]} onChange={setTo} />
          )}
        </FormField>
        <Failure error={ask.failure} />
        <Button kind="second" onTap={ask.run} busy={ask.isBusy} disabled={!isReady}>
          {t('send')}
        </Button>
      </>
    );
  }
  const isReady = /^\d{6}$/.test(code);
  return (
    <>
      <FormField label={t('code', { to })} hint={t('codeHint')}>
        {(field) => <Input {...field} kind="code" value={code} maxLength={6} onChange={setCode} />}
      </FormField>
      <Failure error={type.failure ?? ask.failure} />
      <Buttons>
        <Button kind="main" onTap={type.run} busy={type.isBusy} disabled={!isReady}>
          {action}
        </Button>
        <Again
          key={sent.codeId}
          seconds={sent.againInSeconds}
          isBusy={ask.isBusy}
          onTap={ask.run}
        />
        <Button kind="plain" onTap={() => setSent(undefined)}>
          {t(`other.${kind}`)}
        </Button>
      </Buttons>
    </>
  );
}

interface AgainProps {
  /** Before that the server refuses another one. */
  readonly seconds: number;
  readonly isBusy: boolean;
  readonly onTap: () => void;
}

function Again({ seconds, isBusy, onTap }: AgainProps) {
  const t = useTexts(texts);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return (
    <Button kind="plain" onTap={onTap} busy={isBusy} disabled={left > 0}>
      {left > 0 ? t('againIn', { seconds: left }) : t('again')}
    </Button>
  );
}
