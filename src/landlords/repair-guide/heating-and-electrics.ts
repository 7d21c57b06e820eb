/** Heating and Electrics: where the guide has most to say about staying safe. */
import type { CategoryInput } from '../../domain/guide-check.js';

const GAS = 'Do not touch any switch, light anything or use a phone indoors. Open doors and windows, turn the gas off at the meter if you can reach it, go outside and phone 0800 111 999, free at any hour.';
const POWER_OFF = 'Switch off at the consumer unit (the box with the row of switches) if you can reach it with dry hands. Do not touch the part itself, and do not switch it on again.';
const FIRE = 'If anything is burning, get everybody out, shut the doors behind you and phone 999.';

export const heatingAndElectrics: CategoryInput = {
  id: 'heating-and-electrics',
  title: 'Heating and Electrics',
  advice: `Smell of gas? ${GAS} Sparks, smoke or a shock? ${POWER_OFF} Never try to mend gas or electrical things yourself.`,
  elements: [
    {
      id: 'gas-and-fumes',
      title: 'Gas and fumes',
      advice: GAS,
      components: [
        {
          id: 'gas', title: 'Gas',
          problems: [
            { id: 'gas-smell', title: 'Smell of gas', sorCode: '40GASLK1', priority: 'I', advice: GAS },
            { id: 'gas-appliance-fumes', title: 'Yellow flame, soot or fumes from a boiler or gas fire', sorCode: '40GASCO1', priority: 'I', advice: 'Turn it off, open the windows, go outside and phone 0800 111 999. A headache, dizziness or sickness that passes outdoors can be carbon monoxide: phone 999 if anybody is unwell.' },
            { id: 'gas-no-supply', title: 'No gas', sorCode: '40GASNON', priority: 'U', advice: 'On a prepayment meter, see that it has credit. If the neighbours have none either, phone 0800 111 999.' },
          ],
        },
        {
          id: 'alarms', title: 'Smoke and carbon monoxide alarms', advice: 'Press the test button once a week. An alarm that only chirps now and then wants a new battery.',
          problems: [
            { id: 'carbon-monoxide-alarm-sounds', title: 'Carbon monoxide alarm is sounding', sorCode: '40GASCO1', priority: 'I', advice: 'Turn off everything that burns, open the windows, get everybody out and phone 0800 111 999; 999 if anybody is unwell. Do not go back in.' },
            { id: 'carbon-monoxide-alarm-dead', title: 'Carbon monoxide alarm does not work', sorCode: '40ELCOAL', priority: 'E', advice: 'Do not use the boiler, gas fire or stove in that room without one that works.' },
            { id: 'smoke-alarm-dead', title: 'Smoke alarm does not work', sorCode: '40ELSMOK', priority: 'E', advice: 'Try a new battery if it takes one. Shut the doors inside the home at night until it is mended.' },
            { id: 'smoke-alarm-false', title: 'Smoke alarm goes off for no reason', sorCode: '40ELSMOK', priority: 'U', advice: 'Do not cover it or take it down. Dust it with the soft brush of a vacuum cleaner.' },
          ],
        },
      ],
    },
    {
      id: 'heating',
      title: 'Heating and hot water',
      advice: 'Before you report it: is the timer right, the thermostat turned up, the boiler\'s switch on, credit on the meter, and its pressure between 1 and 2 bar?',
      components: [
        {
          id: 'heating-whole', title: 'The whole heating', advice: 'Electric heaters of your own help for a night. Keep them a metre from anything that burns and off while you sleep.',
          problems: [
            { id: 'no-heating-vulnerable', title: 'No heating, and a baby, somebody over 70 or somebody ill lives here', sorCode: '40NOHEAT', priority: 'E', advice: 'Stay together in one warm room, with hot drinks and layers. If somebody is very cold and confused or drowsy, phone 999.' },
            { id: 'no-heating-and-hot-water', title: 'No heating and no hot water', sorCode: '40HTNOHW', priority: 'E' },
            { id: 'no-heating', title: 'No heating, but there is hot water', sorCode: '40NOHEAT', priority: 'U' },
            { id: 'no-hot-water', title: 'No hot water, but there is heating', sorCode: '40NOHTWT', priority: 'U', advice: 'If you have a cylinder with an immersion heater, switch that on meanwhile.' },
            { id: 'heating-cannot-be-turned-off', title: 'Heating cannot be turned off', sorCode: '40THMST1', priority: 'N', advice: 'Use the boiler\'s own switch meanwhile.' },
          ],
        },
        {
          id: 'boiler', title: 'Boiler',
          problems: [
            { id: 'boiler-leaks', title: 'Leaks water', sorCode: '40BLRLEK', priority: 'U', advice: 'Switch it off and put a bowl under it.' },
            { id: 'boiler-pressure-low', title: 'Pressure falls, or it shows a fault', sorCode: '40BLRPRS', priority: 'N', advice: 'Note the code on its display for us. You may top the pressure up to the green part of the dial if you have been shown how.' },
            { id: 'boiler-noisy', title: 'Bangs, whistles or gurgles', sorCode: '40BLRNSY', priority: 'N' },
            { id: 'boiler-pipe-frozen', title: 'Stopped in frost: outside plastic pipe frozen', sorCode: '40BLRPRS', priority: 'U', advice: 'Pour warm, not boiling, water over the white plastic pipe outside if you can reach it from the ground, then reset the boiler.' },
          ],
        },
        {
          id: 'radiators', title: 'Radiators',
          problems: [
            { id: 'radiator-leaks', title: 'Leaks', sorCode: '40RADLK1', priority: 'U', advice: 'Shut the valve at each end clockwise, put a bowl under it and roll the carpet back.' },
            { id: 'radiator-cold-on-top', title: 'Hot below and cold on top', sorCode: '40RADCLD', priority: 'N', advice: 'It holds air. With the heating off, open the small valve at the top with a radiator key until water comes, then shut it.' },
            { id: 'radiator-cold', title: 'One radiator stays cold', sorCode: '40RADCLD', priority: 'N' },
            { id: 'radiator-valve-broken', title: 'Valve stuck or broken', sorCode: '40RADTRV', priority: 'N' },
            { id: 'radiator-loose', title: 'Coming off the wall', sorCode: '40RADLOS', priority: 'U', advice: 'Keep children away and hang nothing on it: a full radiator is heavy.' },
          ],
        },
        {
          id: 'heating-controls', title: 'Controls and electric heating',
          problems: [
            { id: 'heating-timer-broken', title: 'Timer does not work', sorCode: '40TIMER1', priority: 'N', advice: 'After a power cut it may only want its clock set.' },
            { id: 'thermostat-broken', title: 'Room thermostat does not work', sorCode: '40THMST1', priority: 'N', advice: 'If it has a battery, change that first.' },
            { id: 'storage-heater-cold', title: 'Storage heater stays cold', sorCode: '40STRHTR', priority: 'N', advice: 'Storage heaters charge at night: give one that was off until the next morning.' },
            { id: 'immersion-heater-broken', title: 'Immersion heater does not heat', sorCode: '40IMMHTR', priority: 'U' },
          ],
        },
      ],
    },
    {
      id: 'electrics',
      title: 'Electrics',
      advice: `${POWER_OFF} ${FIRE}`,
      components: [
        {
          id: 'power', title: 'Power', advice: 'If a switch in the consumer unit has dropped, unplug everything, push it up, and plug things in one at a time: the one that drops it again is at fault.',
          problems: [
            { id: 'no-power', title: 'No power in the whole home', sorCode: '40ELPOWR', priority: 'E', advice: 'If the street is dark too, it is a power cut: phone 105, free. On a prepayment meter, see that it has credit.' },
            { id: 'power-partly-lost', title: 'No power in part of the home', sorCode: '40ELPART', priority: 'U' },
            { id: 'power-keeps-tripping', title: 'Switch in the consumer unit keeps dropping', sorCode: '40ELPART', priority: 'U', advice: 'Do not tape or wedge it up: it drops because something is wrong.' },
            { id: 'water-in-electrics', title: 'Water running into lights, sockets or the consumer unit', sorCode: '40ELWATR', priority: 'I', advice: 'Keep away and touch nothing wet. If you can reach the consumer unit dry, switch everything off. Turn off the stop tap if the water is yours.' },
          ],
        },
        {
          id: 'sockets-and-switches', title: 'Sockets and switches',
          problems: [
            { id: 'electric-sparks', title: 'Sparks, smoke or a burning smell', sorCode: '40ELSPRK', priority: 'I', advice: `${POWER_OFF} ${FIRE}` },
            { id: 'electric-shock', title: 'Gives a shock when touched', sorCode: '40ELSPRK', priority: 'I', advice: POWER_OFF },
            { id: 'exposed-wires', title: 'Bare or exposed wires', sorCode: '40ELWIRE', priority: 'I', advice: `${POWER_OFF} Keep children and pets out of the room.` },
            { id: 'socket-dead', title: 'Socket does not work', sorCode: '40ELSCKT', priority: 'N', advice: 'Try another thing in it, and that thing in another socket.' },
            { id: 'socket-loose', title: 'Socket or switch cracked or loose, no wires showing', sorCode: '40ELSCKT', priority: 'U', advice: 'Do not use it.' },
            { id: 'light-switch-broken', title: 'Light switch does not work', sorCode: '40ELSWCH', priority: 'N' },
          ],
        },
        {
          id: 'lights-and-fans', title: 'Lights and fans', advice: 'Bulbs are for you to change, except in sealed fittings.',
          problems: [
            { id: 'light-fitting-broken', title: 'Light does not work with a new bulb', sorCode: '40ELPEND', priority: 'N' },
            { id: 'light-flickers', title: 'Light flickers', sorCode: '40ELPEND', priority: 'N', advice: 'If it also buzzes or smells, choose sparks instead.' },
            { id: 'bathroom-light-dead', title: 'Bathroom light or cord does not work', sorCode: '40ELPEND', priority: 'N' },
            { id: 'bathroom-fan-dead', title: 'Bathroom fan does not work', sorCode: '40ELFAN1', priority: 'N', advice: 'Open the window after each bath and keep the door shut.' },
          ],
        },
      ],
    },
  ],
};
