/** Kitchens and Sinks: the sink, the fitted units and what cooking needs. */
import type { CategoryInput } from '../../domain/guide-check.js';

export const kitchensAndSinks: CategoryInput = {
  id: 'kitchens-and-sinks',
  title: 'Kitchens and Sinks',
  advice: 'We mend the kitchen that came with the home. A cooker, washing machine, fridge or unit that you brought with you is yours to have mended.',
  elements: [
    {
      id: 'kitchen-sink',
      title: 'Sink',
      components: [
        {
          id: 'sink', title: 'Sink and waste', advice: 'Fat sets hard in the pipe. Let it cool in a tin and put it in the bin.',
          problems: [
            { id: 'sink-blocked', title: 'Blocked or slow to drain', sorCode: '30SNKBLK', priority: 'N', advice: 'Scoop the water out, pour in a kettle of hot water with washing soda, wait ten minutes and use a plunger.' },
            { id: 'sink-backs-up', title: 'Dirty water comes up into it', sorCode: '30SNKBLK', priority: 'U', advice: 'Stop using water in the home and ask the neighbours upstairs to do so too. Waste water carries germs: wear gloves.' },
            { id: 'sink-leaks-underneath', title: 'Leaks underneath', sorCode: '30SNKLK1', priority: 'U', advice: 'Put a bowl under it and clear the cupboard, medicines and cleaning things first.' },
            { id: 'sink-damaged', title: 'Cracked, rusted through or loose', sorCode: '30SNKRNW', priority: 'N' },
            { id: 'sink-plug-missing', title: 'Plug hole or overflow fitting broken', sorCode: '30SNKWST', priority: 'N', advice: 'A new plug or chain is for you to buy.' },
          ],
        },
        {
          id: 'sink-taps', title: 'Sink taps',
          problems: [
            { id: 'sink-tap-drips', title: 'Drips', sorCode: '30SNKTP1', priority: 'N', advice: 'Turn it off gently: force wears the washer out.' },
            { id: 'sink-tap-runs', title: 'Cannot be turned off', sorCode: '30SNKTP1', priority: 'U', advice: 'Leave the plug out. Shut the small valve under the sink, or else the stop tap.' },
            { id: 'sink-tap-stiff', title: 'Stiff, loose or comes off', sorCode: '30SNKTP1', priority: 'N' },
            { id: 'sink-tap-no-water', title: 'No water, though other taps run', sorCode: '10LOWPRS', priority: 'U' },
          ],
        },
      ],
    },
    {
      id: 'kitchen-units',
      title: 'Cupboards, worktops and tiles',
      components: [
        {
          id: 'kitchen-cupboards', title: 'Cupboards and drawers',
          problems: [
            { id: 'wall-cupboard-loose', title: 'Wall cupboard coming away from the wall', sorCode: '30UNTWAL', priority: 'U', advice: 'Empty it if that is safe, from the top shelf down, and keep out from under it.' },
            { id: 'cupboard-door-off', title: 'Cupboard door off or hanging', sorCode: '30UNTDR1', priority: 'N', advice: 'A hinge that has only worked loose needs one turn of a screwdriver.' },
            { id: 'drawer-broken', title: 'Drawer broken or off its runners', sorCode: '30UNTDRW', priority: 'N' },
            { id: 'cupboard-rotten', title: 'Floor cupboard swollen or rotten', sorCode: '30UNTBAS', priority: 'N', advice: 'Look for a leak above it and report that as well.' },
          ],
        },
        {
          id: 'worktop-and-tiles', title: 'Worktop and tiles',
          problems: [
            { id: 'worktop-damaged', title: 'Worktop burnt, swollen or split', sorCode: '30WRKTOP', priority: 'N' },
            { id: 'worktop-seal-gone', title: 'Gap between worktop and wall or sink', sorCode: '30WRKSEA', priority: 'N' },
            { id: 'kitchen-tiles-loose', title: 'Wall tiles loose, cracked or off', sorCode: '30TILESP', priority: 'N', advice: 'Keep the tiles that have come off whole: we may be able to put them back.' },
          ],
        },
      ],
    },
    {
      id: 'kitchen-services',
      title: 'Cooking, washing machine and fan',
      components: [
        {
          id: 'cooker-connections', title: 'Cooker connection',
          advice: 'A gas cooker may be connected by a Gas Safe registered engineer only. If you smell gas, do not touch any switch, open the windows, go outside and phone 0800 111 999.',
          problems: [
            { id: 'cooker-smells-of-gas', title: 'Smell of gas near the cooker', sorCode: '40GASLK1', priority: 'I', advice: 'Turn the gas off at the meter if you can reach it. Do not touch switches, light anything or use a phone indoors. Go outside and phone 0800 111 999.' },
            { id: 'cooker-point-dead', title: 'Electric cooker point has no power', sorCode: '30CKRPNT', priority: 'U', advice: 'See that the cooker\'s own switch in the consumer unit is up, and that it is not the cooker: a socket on the same panel tells.' },
            { id: 'cooker-point-scorched', title: 'Cooker point hot, scorched or sparking', sorCode: '30CKRPNT', priority: 'I', advice: 'Do not touch it. Switch off at the consumer unit and leave it off. If anything burns, get out and phone 999.' },
          ],
        },
        {
          id: 'washing-machine-connections', title: 'Washing machine pipes',
          problems: [
            { id: 'washing-machine-tap-leaks', title: 'Tap or supply pipe leaks', sorCode: '30WMCPLB', priority: 'N', advice: 'Turn the small tap behind the machine off. The hose itself is part of your machine.' },
            { id: 'washing-machine-waste-blocked', title: 'Waste pipe blocked', sorCode: '30WMCPLB', priority: 'N', advice: 'Clean the machine\'s own filter first.' },
          ],
        },
        {
          id: 'kitchen-fan', title: 'Extractor fan',
          problems: [
            { id: 'kitchen-fan-dead', title: 'Does not work', sorCode: '30EXTFAN', priority: 'N', advice: 'Look for a switch above the worktop or high on the wall. Until it is mended, cook with lids on and a window open.' },
            { id: 'kitchen-fan-noisy', title: 'Noisy or weak', sorCode: '30EXTFAN', priority: 'N' },
          ],
        },
      ],
    },
  ],
};
