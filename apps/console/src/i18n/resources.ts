import { autopayTexts } from '../autopay/texts.ts';
import { bankTexts } from '../bank/texts.ts';
import { billingTexts } from '../billing/texts.ts';
import { channelsTexts } from '../channels/texts.ts';
import { chargingTexts } from '../charging/texts.ts';
import { choicesTexts } from '../choices/texts.ts';
import { contentTexts } from '../content/texts.ts';
import { estateTexts } from '../estate/texts.ts';
import { feedbackTexts } from '../feedback/texts.ts';
import { identityTexts } from '../identity/texts.ts';
import { messagingTexts } from '../messaging/texts.ts';
import { deskTexts } from '../payment/desk-texts.ts';
import { refundTexts } from '../payment/refund-texts.ts';
import { paymentTexts } from '../payment/texts.ts';
import { prepaymentTexts } from '../prepayment/texts.ts';
import { remindersTexts } from '../reminders/texts.ts';
import { residentTexts } from '../resident/texts.ts';
import { shellTexts } from '../shell/texts.ts';
import { uiTexts } from '../ui/texts.ts';

const texts = {
  ui: uiTexts,
  shell: shellTexts,
  choices: choicesTexts,
  identity: identityTexts,
  estate: estateTexts,
  charging: chargingTexts,
  autopay: autopayTexts,
  bank: bankTexts,
  content: contentTexts,
  feedback: feedbackTexts,
  billing: billingTexts,
  channels: channelsTexts,
  messaging: messagingTexts,
  payment: paymentTexts,
  desk: deskTexts,
  refund: refundTexts,
  prepayment: prepaymentTexts,
  reminders: remindersTexts,
  resident: residentTexts,
};

type Texts = typeof texts;
/** The keys that `t` knows, by namespace. */
export type TextResources = { [Name in keyof Texts]: Texts[Name]['zh'] };

export const namespaces = Object.keys(texts);

export const allTexts = {
  zh: Object.fromEntries(Object.entries(texts).map(([name, { zh }]) => [name, zh])),
  en: Object.fromEntries(Object.entries(texts).map(([name, { en }]) => [name, en])),
};
