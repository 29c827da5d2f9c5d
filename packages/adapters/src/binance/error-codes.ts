import { codeTable, type CodeRow, refusal } from '../transport/code-table.js'

/** Codes of Binance USD-M futures (docs: error codes, 2026-09-18), by what they mean for an order. */
export const BINANCE_CODE_ROWS: readonly CodeRow[] = [
  { codes: [-1000, -1006, -1007], reason: 'other', isPermanent: false, outcome: 'unknown' },
  { codes: [-1001], reason: 'overloaded', isPermanent: false, isDoubtful: true },
  refusal('rate-limit', [-1003, -1015], 'transient'),
  refusal('overloaded', [-1008, -4531], 'transient'),
  refusal('maintenance', [-1016], 'transient'),
  refusal('clock', [-1021, -5028], 'transient'),
  refusal('credentials', [-1002, -1022, -2014, -2015, -2017, -4088, -4109, -4402], 'permanent'),
  refusal('filter', [-1013, -4001, -4002, -4003, -4004, -4006, -4007, -4013, -4014, -4023, -4164, -5029], 'permanent'),
  refusal('max-quantity', [-4005], 'permanent'),
  refusal('price-band', [-4016, -4024, -4131, -4183, -4184, -4210, -4211], 'transient'),
  refusal(
    'invalid',
    [-1100, -1101, -1102, -1103, -1104, -1105, -1106, -1108, -1111, -1112, -1114, -1115, -1116],
    'permanent',
  ),
  refusal('invalid', [-1117, -1118, -1119, -1120, -1121, -1125, -1126, -1127, -1128, -1130, -1136], 'permanent'),
  refusal('invalid', [-2026, -4015, -4028, -4062, -4082, -4120, -4135, -4137, -4138, -4139], 'permanent'),
  refusal('invalid', [-5025, -5026, -5037, -5038, -5039, -5040, -5047], 'permanent'),
  refusal('other', [-2010, -4083, -5041], 'transient'),
  refusal('unknown-order', [-2011, -2013], 'transient'),
  refusal('margin', [-2018, -2019], 'transient'),
  refusal('not-filled', [-2020, -5021, -5022], 'transient'),
  refusal('would-trigger', [-2021, -4142], 'permanent'),
  refusal('reduce-only', [-2022, -2024, -4118], 'transient'),
  refusal('risk-limit', [-2023, -2027, -2028], 'transient'),
  refusal('too-many-orders', [-2025, -4045], 'transient'),
  refusal('no-change', [-4046, -4059, -4171, -5027], 'permanent'),
  refusal('conflicting-order', [-4047, -4048, -4067, -4068, -4117, -4130, -5043], 'transient'),
  refusal('position-mode', [-4060, -4061], 'permanent'),
  refusal('reducing-only', [-4087, -4192, -4400, -4401], 'transient'),
  refusal('duplicate-id', [-4116], 'permanent'),
  refusal('symbol-closed', [-4140, -4141, -5024], 'permanent'),
  refusal('risk-limit', [-4161, -4167, -4168, -4169, -4170, -4172], 'permanent'),
  refusal('risk-limit', [-4202, -4203, -4204, -4205, -4206, -4207, -4208, -4209, -4403], 'permanent'),
]

/** What a code of Binance means, by number. The simulated venue speaks in the same codes. */
export const BINANCE_CODES = codeTable(BINANCE_CODE_ROWS)
