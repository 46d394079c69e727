import { defineTexts } from '../i18n/define.ts';
import { adjustmentEn, adjustmentZh } from './adjustment-texts.ts';
import { en } from './texts.en.ts';
import { zh } from './texts.zh.ts';

export const billingTexts = defineTexts({ ...zh, ...adjustmentZh }, { ...en, ...adjustmentEn });
