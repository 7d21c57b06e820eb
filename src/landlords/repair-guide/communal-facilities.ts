/** Communal Facilities: what the flats of a block share. */
import type { CategoryInput } from '../../domain/guide-check.js';

export const communalFacilities: CategoryInput = {
  id: 'communal-facilities',
  title: 'Communal Facilities',
  advice: 'Look first at the repairs already held for your block: a neighbour may have reported it. Otherwise tell us the block, the entrance and the floor. In a fire use the stairs, never the lift, and phone 999.',
  elements: [
    {
      id: 'communal-entrance',
      title: 'Entrance',
      components: [
        {
          id: 'communal-door', title: 'Main door', advice: 'Please do not prop it open or let in people whom you do not know.',
          problems: [
            { id: 'communal-door-will-not-lock', title: 'Does not close or lock', sorCode: '70DOORCL', priority: 'U' },
            { id: 'communal-door-will-not-open', title: 'Does not open: people cannot get in or out', sorCode: '70DOORCL', priority: 'I', advice: 'Use another way out if there is one. If somebody is in danger inside, phone 999.' },
            { id: 'communal-door-glass-broken', title: 'Its glass, or another shared window, is smashed', sorCode: '70WINBRK', priority: 'E', advice: 'Keep children and pets away from the pieces.' },
            { id: 'communal-door-slams', title: 'Slams or is very heavy', sorCode: '70DOORCL', priority: 'N' },
          ],
        },
        {
          id: 'door-entry', title: 'Door entry',
          problems: [
            { id: 'door-entry-dead', title: 'Nobody in the block can let visitors in', sorCode: '70DOORNT', priority: 'U' },
            { id: 'door-entry-handset', title: 'Handset in my flat does not ring or open the door', sorCode: '70DOORHS', priority: 'N' },
            { id: 'door-entry-fob', title: 'Fob or key does not work', sorCode: '70DOORFB', priority: 'N', advice: 'If a neighbour\'s works, yours may want setting up anew. A lost one has to be paid for.' },
            { id: 'letter-boxes-broken', title: 'Shared letter boxes broken', sorCode: '70LETTBX', priority: 'N' },
          ],
        },
      ],
    },
    {
      id: 'communal-stairs-and-landings',
      title: 'Stairs and landings',
      advice: 'Keep stairs and landings clear: they are everybody\'s way out.',
      components: [
        {
          id: 'communal-lights', title: 'Lights', advice: 'Give us the number on the fitting if it has one.',
          problems: [
            { id: 'stair-lights-all-out', title: 'All lights on the stairs are out', sorCode: '70LGHTST', priority: 'E', advice: 'Use a torch, hold the rail and ask whether a neighbour needs a hand.' },
            { id: 'stair-light-out', title: 'One light on the stairs or landing is out', sorCode: '70LGHTST', priority: 'N' },
            { id: 'stair-light-hanging', title: 'Fitting hanging or wires showing', sorCode: '70LGHTWR', priority: 'I', advice: 'Do not touch it, and keep others away.' },
            { id: 'communal-outside-light-out', title: 'Light outside the block is out', sorCode: '70LGHTEX', priority: 'N' },
            { id: 'communal-light-always-on', title: 'Lights stay on all day', sorCode: '70LGHTST', priority: 'N' },
          ],
        },
        {
          id: 'communal-floor-and-rail', title: 'Floor, stairs and rail',
          problems: [
            { id: 'communal-floor-trip', title: 'Flooring loose or step broken: somebody may trip', sorCode: '70FLRTRP', priority: 'U' },
            { id: 'communal-rail-loose', title: 'Handrail or balcony rail loose', sorCode: '70HNDRAL', priority: 'U' },
            { id: 'communal-rail-missing', title: 'Rail missing where somebody could fall', sorCode: '70HNDRAL', priority: 'I', advice: 'Keep everybody away from the edge, children above all.' },
            { id: 'communal-walls-damaged', title: 'Wall, ceiling or paint damaged', sorCode: '70DECOR1', priority: 'N' },
            { id: 'communal-leak', title: 'Water leaking on the stairs or landing', sorCode: '70LEAK01', priority: 'E', advice: 'Keep away from lights and switches that are wet.' },
          ],
        },
        {
          id: 'communal-fire-safety', title: 'Fire safety', advice: 'In a fire phone 999 and follow the notice in your entrance.',
          problems: [
            { id: 'communal-fire-alarm-fault', title: 'Fire alarm panel shows a fault or bleeps', sorCode: '70FIREAL', priority: 'I' },
            { id: 'communal-fire-door', title: 'Fire door does not close by itself', sorCode: '70FIREDR', priority: 'U', advice: 'Close it by hand when you pass. Never wedge it.' },
            { id: 'communal-escape-blocked', title: 'Way out blocked by rubbish or furniture', sorCode: '70CLEAR1', priority: 'U' },
          ],
        },
      ],
    },
    {
      id: 'lift',
      title: 'Lift',
      components: [
        {
          id: 'lift-car', title: 'Lift', advice: 'Do not force the doors, and never try to climb out.',
          problems: [
            { id: 'lift-somebody-stuck', title: 'Somebody is stuck in it', sorCode: '70LIFT01', priority: 'I', advice: 'Press the bell button in the lift until somebody answers and stay calm: there is air enough. If anybody is ill, phone 999.' },
            { id: 'lift-not-working', title: 'Does not run', sorCode: '70LIFT01', priority: 'E', advice: 'If you cannot manage the stairs, say so when you phone.' },
            { id: 'lift-stops-uneven', title: 'Stops above or below the floor', sorCode: '70LIFTLV', priority: 'U', advice: 'Use the stairs if you can, and mind the step if you cannot.' },
            { id: 'lift-light-or-button', title: 'Light, button or display does not work', sorCode: '70LIFTBT', priority: 'N' },
          ],
        },
      ],
    },
    {
      id: 'communal-outside',
      title: 'Bins, laundry, aerial and grounds',
      components: [
        {
          id: 'bin-store', title: 'Bin store', advice: 'A missed collection is for the waste service, not for us.',
          problems: [
            { id: 'bin-store-door-broken', title: 'Door or lock broken', sorCode: '70BINSTR', priority: 'N' },
            { id: 'bin-chute-blocked', title: 'Rubbish chute blocked', sorCode: '70BINCHT', priority: 'N', advice: 'Do not push it through with a stick or hand.' },
            { id: 'bin-store-pests', title: 'Rats or other pests', sorCode: '70PESTS1', priority: 'N' },
          ],
        },
        {
          id: 'laundry-and-aerial', title: 'Laundry and television',
          problems: [
            { id: 'laundry-machine-broken', title: 'Laundry machine does not work', sorCode: '70LAUNDR', priority: 'N' },
            { id: 'laundry-machine-leaks', title: 'Laundry is flooding', sorCode: '70LEAK01', priority: 'E', advice: 'Switch the machine off at the wall if the floor there is dry.' },
            { id: 'aerial-no-signal', title: 'No television picture from the shared aerial', sorCode: '70AERIAL', priority: 'N', advice: 'Ask a neighbour. If theirs is clear, the fault is in your own set or lead.' },
          ],
        },
        {
          id: 'communal-grounds', title: 'Shared paths, gates and garages',
          problems: [
            { id: 'communal-path-trip', title: 'Path or car park uneven: somebody may trip', sorCode: '70PATHTR', priority: 'U' },
            { id: 'communal-gate-broken', title: 'Shared gate or barrier broken', sorCode: '70GATE01', priority: 'N' },
            { id: 'communal-drying-area', title: 'Washing line or drying area broken', sorCode: '50CLOTHP', priority: 'N' },
          ],
        },
      ],
    },
  ],
};
