import { defineErrors } from '../../platform/errors.ts';

export const reminderErrors = defineErrors({
  REMINDER_PLAN_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该催缴计划，请刷新列表',
    en: 'There is no such reminder plan; please reload the list',
  },
  REMINDER_PLAN_INVALID: {
    status: 400,
    retry: false,
    zh: '催缴计划有误，请按提示修改',
    en: 'The reminder plan is not valid; please correct the fields named',
  },
  REMINDER_PLAN_EXISTS: {
    status: 409,
    retry: false,
    zh: '已有同名的催缴计划，请换一个名称',
    en: 'There is a reminder plan of this name already; please choose another name',
  },
  REMINDER_PLAN_ACTIVE: {
    status: 409,
    retry: false,
    zh: '计划正在执行，请先暂停再修改',
    en: 'The plan is active; please pause it before you change it',
  },
  REMINDER_PLAN_USED: {
    status: 409,
    retry: false,
    zh: '该计划已发过提醒，不能删除；可以暂停它',
    en: 'The plan has reminded people already and cannot be deleted; pause it instead',
  },
  REMINDER_PLAN_OVERLAPS: {
    status: 409,
    retry: false,
    zh: '与执行中的计划“{name}”的小区和收费项目重叠，住户会被重复催缴；请先暂停它或缩小范围',
    en: 'It covers bills that the active plan “{name}” covers: pause that one or narrow this one',
  },
  REMINDER_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到这条提醒，请刷新列表',
    en: 'There is no such reminder; please reload the list',
  },
  REMINDER_UNIT_NOT_FOUND: {
    status: 404,
    retry: false,
    zh: '没有找到该房屋，请刷新后再试',
    en: 'There is no such unit; please reload and try again',
  },
  REMINDER_CHOICE_INVALID: {
    status: 400,
    retry: false,
    zh: '请选择要提醒的房屋和发送方式，并按提示修改',
    en: 'Please choose the homes and the ways to reach them; correct the fields named',
  },
  REMINDER_NOTHING_TO_PRINT: {
    status: 409,
    retry: false,
    zh: '所选通知单的住户都已缴清或有争议，没有需要打印的内容，请刷新列表',
    en: 'All of the chosen homes have paid or dispute their bills: nothing to print; please reload',
  },
  REMINDER_LINK_UNKNOWN: {
    status: 404,
    retry: false,
    zh: '链接不完整或有误，请从原消息重新打开，或扫描门上的缴费码',
    en: 'The link is not complete: open it again from the message, or scan the code of your home',
  },
  REMINDER_LINK_OVER: {
    status: 410,
    retry: false,
    zh: '链接已失效，请扫描房屋缴费码，或在住户端查看账单',
    en: 'This link has expired: please scan the code of your home, or open the resident app',
  },
});
