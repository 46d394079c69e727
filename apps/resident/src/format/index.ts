export {
  ageText,
  dayText,
  fullDayText,
  instantDayText,
  instantText,
  monthText,
  periodText,
} from './dates.ts';
export { spokenAmount } from './spoken.ts';
