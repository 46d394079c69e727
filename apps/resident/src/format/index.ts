export { ageText, dayText, fullDayText, instantText, monthText, periodText } from './dates.ts';
export { spokenAmount } from './spoken.ts';
