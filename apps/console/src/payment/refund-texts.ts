import { defineTexts } from '../i18n/define.ts';
import { en } from './refund-texts.en.ts';
import { zh } from './refund-texts.zh.ts';

export const refundTexts = defineTexts(zh, en);
