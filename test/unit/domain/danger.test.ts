import { describe, expect, test } from '@jest/globals';
import { dangersIn, type Danger } from '../../../src/domain/danger.js';

describe('dangers', () => {
  test.each<[string, Danger]>([
    ['I can smell gas in the kitchen', 'GAS'],
    ['GAS LEAK!!', 'GAS'],
    ['there is a Gas-smell by the cooker', 'GAS'],
    ['ｇａｓ leak', 'GAS'],
    ['British Gas leak outside', 'GAS'],
    ['gasleak in the hall', 'GAS'],
    ['smell of g\u00ada\u200bs', 'GAS'],
    ['it stinks of rotten eggs by the cooker', 'GAS'],
    ['My gas bill is fine but I smell gas', 'GAS'],
    ['The carbon monoxide alarm is going off', 'GAS'],
    ['CO alarm sounding', 'GAS'],
    ['The cooker is on fire', 'FIRE'],
    ['Smoke is coming out of the fuse box', 'FIRE'],
    ['There is a burning smell from the boiler', 'FIRE'],
    ['It smells of something burning', 'FIRE'],
    ['The socket sparks when I plug in the kettle', 'ELECTRICITY'],
    ['sparking switch', 'ELECTRICITY'],
    ['I got an electric shock off the shower', 'ELECTRICITY'],
    ['I had a small shock from the tap', 'ELECTRICITY'],
    ['exposed wires in the hall', 'ELECTRICITY'],
    ['water is dripping into the light fitting', 'ELECTRICITY'],
    ['The kitchen is flooding', 'WATER'],
    ['bathroom flooded', 'WATER'],
    ['Burst pipe under the sink', 'WATER'],
    ['a pipe has burst', 'WATER'],
    ['water is pouring through the ceiling', 'WATER'],
    ['There is no water at all', 'NO_WATER'],
    ['we have been without water since noon', 'NO_WATER'],
    ['No electricity in the flat', 'NO_POWER'],
    ['lost all power', 'NO_POWER'],
    ['No heating and I have a newborn baby', 'COLD_AND_VULNERABLE'],
    ['The boiler isn\u2019t working, my mother is elderly', 'COLD_AND_VULNERABLE'],
    ['no hot water. two children under 5', 'COLD_AND_VULNERABLE'],
    ['heating broken down; I am ill', 'COLD_AND_VULNERABLE'],
    ['Radiators stone cold, heating won\'t come on. My son is 3 months old', 'COLD_AND_VULNERABLE'],
    ['The ceiling is coming down in the bedroom', 'FALLING'],
    ['ceiling bulging over the stairs', 'FALLING'],
    ['Cannot lock my front door', 'INSECURE'],
    ['the front door won\'t lock', 'INSECURE'],
    ['We had a break-in and the window is smashed', 'INSECURE'],
    ['I was burgled last night', 'INSECURE'],
    ['raw sewage in the garden', 'SEWAGE'],
    ['my gran is stuck in the lift', 'TRAPPED'],
    ['the lift has stopped with somebody inside', 'TRAPPED'],
  ])('%s: %s', (words, danger) => {
    expect([...dangersIn(words)]).toContain(danger);
  });

  test.each([
    'Gutter leaks at rear of property',
    'I have a question about my gas bill',
    'The gas engineer left the cupboard door loose',
    'A British Gas van hit the fence',
    'The fire door closer is broken',
    'Tiles around the fireplace are loose',
    'smoke alarm needs a new battery',
    'The garden is flooded with light from next door; the blind is broken',
    'floodlight in the yard is too bright',
    'No water pressure in the shower',
    'No hot water in the bathroom tap',
    'The heating is not warm in the hall',
    'The bathroom door does not lock',
    'Front door handle squeaks when it is shut',
    'A new lock for the front door, please, in blue',
    'no power to the socket in the lounge',
    'Tap drips',
    'The bath sealant has gone mouldy and my children play in the next room',
    'Gasket of the fridge',
    'The sparkling tiles came off',
    '', '🔥',
  ])('no danger: %s', (words) => {
    expect([...dangersIn(words)]).toEqual([]);
  });

  test('what was chosen says what does not work, and only that', () => {
    expect([...dangersIn('I have a baby', 'Heating: Boiler: No heating')]).toEqual(['COLD_AND_VULNERABLE']);
    expect([...dangersIn('', 'Heating: Gas fire: No heating for a baby')]).toEqual([]);
  });
});
