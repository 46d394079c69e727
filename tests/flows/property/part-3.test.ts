import { definePart } from './suite.ts';

await definePart(3);
