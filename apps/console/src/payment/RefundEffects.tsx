import { useLanguage } from '../i18n/index.ts';
import type { Refund } from './RefundPage.tsx';

/** What a refund does, thing by thing, in figures. */
export function RefundEffects({ effects }: { readonly effects: Refund['effects'] }) {
  const [language] = useLanguage();
  return (
    <ul className="confirm-figures">
      {effects.map(({ kind, billId, text }) => (
        <li key={`${kind} ${billId}`}>{text[language]}</li>
      ))}
    </ul>
  );
}
