/** The same names in the running mini-program: both sides count them through. */
import { mergeInternalComponents } from '@tarojs/shared';
import attributes from './aria-names.js';

mergeInternalComponents(attributes);
