import type { English } from '../../i18n/define.ts';
import type { zh } from './texts.zh.ts';

export const en: English<typeof zh> = {
  title: 'Set up autopay',
  cannot: 'Not possible at the moment',
  cannotHint:
    'You have no home yet, or the management offers no autopay. Please pay bills on the Pay page.',
  bindHome: 'Bind a home',
  what: 'Bills are paid from your wallet by themselves when they are due. You are told at least a day before each debit, and can skip or stop at any time.',
  wallet: 'Debited from',
  notHere: 'To be signed elsewhere',
  how: 'How to sign',
  items: 'Which charges',
  newest: 'Latest bill {{amount}}',
  noBill: 'No bill yet',
  mine: 'On autopay already; from this signature on it is debited by the new agreement',
  taken: 'Somebody of the home already pays it by autopay',
  limits: 'How much at most',
  suggested: 'Suggested from the latest bills; change them as you like.',
  first: 'The first debit is not before {{day}}.',
  nothing: 'Choose at least one charge',
  read: 'Read the agreement',
  terms: 'Agreement on autopay',
  agree: 'Agree and sign',
  agreeHint: 'Next {{wallet}} opens; it holds only once you confirm there.',
  stuck: 'The page of {{wallet}} did not open. Try again later, or update {{wallet}} first.',
  help: 'How debits work, and how to stop them',
};
