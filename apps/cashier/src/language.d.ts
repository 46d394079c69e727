/** Of the page: the build makes one script for each. */
declare const LANGUAGE: 'zh' | 'en';
