import { defineErrors } from '../../platform/errors.ts';

export const contentErrors = defineErrors({
  ARTICLE_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这篇帮助，可能已被修改，请返回帮助中心',
    en: 'No such help article; it may have changed, please go back to the help',
  },
  ANNOUNCEMENT_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这条公告，可能已撤下',
    en: 'No such announcement; it may have been withdrawn',
  },
  ANNOUNCEMENT_PUBLISHED: {
    status: 409,
    retry: false,
    zh: '公告发布后不能修改，请撤下后重新发布一条',
    en: 'A published announcement cannot be changed; withdraw it and publish a new one',
  },
  ANNOUNCEMENT_NOT_SHOWN: {
    status: 409,
    retry: false,
    zh: '只有已发布的公告可以撤下',
    en: 'Only a published announcement can be withdrawn',
  },
  PICTURE_NOT_FOUND: { status: 404, retry: false, zh: '没有这张图片', en: 'No such picture' },
});
