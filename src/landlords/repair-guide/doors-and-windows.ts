/** Doors and Windows: getting in, keeping others out, and keeping the weather out. */
import type { CategoryInput } from '../../domain/guide-check.js';

export const doorsAndWindows: CategoryInput = {
  id: 'doors-and-windows',
  title: 'Doors and Windows',
  advice: 'If somebody has broken in or tried to, tell the police first and keep the crime number that they give you: we shall ask for it. Keys that are lost and glass that somebody in your home broke are usually yours to pay for.',
  elements: [
    {
      id: 'outside-doors',
      title: 'Outside doors',
      components: [
        {
          id: 'front-door', title: 'Front or back door: lock and security', advice: 'Somebody should stay at home until a door that does not lock has been made safe.',
          problems: [
            { id: 'front-door-not-secure', title: 'Will not lock or shut: anybody could get in', sorCode: '20DRFRNT', priority: 'E' },
            { id: 'front-door-locked-in', title: 'Will not open: somebody cannot get out', sorCode: '20DRFRNT', priority: 'I', advice: 'If there is a fire or somebody is ill inside, phone 999.' },
            { id: 'front-door-broken-in', title: 'Kicked in or forced', sorCode: '20DRFRNT', priority: 'E', advice: 'Tell the police before you touch anything, and ask for a crime number.' },
            { id: 'front-door-locked-out', title: 'Lock has failed and you are locked out', sorCode: '20DRLOCK', priority: 'E', advice: 'This is for a lock that no longer works. For lost keys, ask a locksmith or whoever holds a spare set.' },
            { id: 'front-door-lock-stiff', title: 'Lock stiff or key sticks', sorCode: '20DRLOCK', priority: 'N', advice: 'A little graphite or dry lubricant helps; oil gathers dirt and makes it worse.' },
            { id: 'front-door-spare-lock', title: 'One of two locks does not work', sorCode: '20DRLOCK', priority: 'N' },
          ],
        },
        {
          id: 'front-door-parts', title: 'Front or back door: other parts',
          problems: [
            { id: 'front-door-sticks', title: 'Sticks or scrapes', sorCode: '20DREASE', priority: 'N', advice: 'Wood swells in wet weather. If it frees itself after a dry week, it needs no repair.' },
            { id: 'front-door-draughty', title: 'Draught or rain comes in underneath', sorCode: '20DRTHRS', priority: 'N' },
            { id: 'front-door-letter-box', title: 'Letter box broken', sorCode: '20DRLTRP', priority: 'N' },
            { id: 'front-door-bell', title: 'Doorbell does not ring', sorCode: '20DRBELL', priority: 'N', advice: 'If it has a battery, a new one is for you to fit.' },
            { id: 'front-door-rotten', title: 'Door or frame rotten', sorCode: '20DRFRAM', priority: 'N' },
            { id: 'front-door-closer', title: 'Flat\'s fire door does not close by itself', sorCode: '20DRFIRE', priority: 'U', advice: 'Shut it by hand each time, at night above all. Never prop it open: it holds back smoke long enough for you to get out.' },
          ],
        },
      ],
    },
    {
      id: 'inside-doors',
      title: 'Inside doors',
      components: [
        {
          id: 'inside-door', title: 'Door inside the home', advice: 'A door that no longer clears a carpet of your own is yours to have trimmed.',
          problems: [
            { id: 'inside-door-sticks', title: 'Sticks or will not close', sorCode: '20DRINT1', priority: 'N' },
            { id: 'inside-door-off-hinges', title: 'Off its hinges', sorCode: '20DRINT1', priority: 'N', advice: 'Lean it flat against a wall where no child can pull it over.' },
            { id: 'inside-door-handle', title: 'Handle or catch broken', sorCode: '20DRHNDL', priority: 'N' },
            { id: 'inside-door-shut-in', title: 'Jammed with somebody shut in', sorCode: '20DRINT1', priority: 'I', advice: 'If a child is alone inside, or somebody is ill or in danger, phone 999.' },
          ],
        },
      ],
    },
    {
      id: 'windows',
      title: 'Windows',
      components: [
        {
          id: 'window-glass', title: 'Glass', advice: 'Keep children and pets away from broken glass, and do not pull out pieces that are stuck in the frame.',
          problems: [
            { id: 'window-smashed', title: 'Smashed or has a hole', sorCode: '20WNGLSB', priority: 'E', advice: 'Tape a sheet of cardboard over the inside until somebody comes to board it up.' },
            { id: 'window-cracked', title: 'Cracked but holding', sorCode: '20WNGLS1', priority: 'N', advice: 'A strip of clear tape along the crack keeps it from running.' },
            { id: 'window-misted', title: 'Misted up between the two panes', sorCode: '20WNGLS1', priority: 'N', advice: 'Only mist between the panes is a fault. Drops on the room side are condensation: see Dr Damp.' },
          ],
        },
        {
          id: 'window-frame', title: 'Frame and fittings',
          problems: [
            { id: 'window-will-not-shut', title: 'Will not shut, on the ground floor or within reach from outside', sorCode: '20WNHNDL', priority: 'U' },
            { id: 'window-will-not-shut-upstairs', title: 'Will not shut, out of reach from outside', sorCode: '20WNHNGE', priority: 'N' },
            { id: 'window-about-to-fall', title: 'Hanging loose and may fall', sorCode: '20WNHNGE', priority: 'E', advice: 'Do not try to pull it in. Keep everybody away from below it.' },
            { id: 'window-stiff', title: 'Stiff or will not open', sorCode: '20WNEASE', priority: 'N' },
            { id: 'window-handle-broken', title: 'Handle or catch broken', sorCode: '20WNHNDL', priority: 'N' },
            { id: 'window-restrictor-broken', title: 'Child safety catch broken', sorCode: '20WNRSTR', priority: 'U', advice: 'Keep the window shut, and nothing that a child can climb on beneath it.' },
            { id: 'window-draughty', title: 'Draughty', sorCode: '20WNSEAL', priority: 'N' },
            { id: 'window-rain-comes-in', title: 'Rain comes in round the frame', sorCode: '20WNSEAL', priority: 'N' },
            { id: 'window-sill-damaged', title: 'Sill rotten or broken', sorCode: '20WNSILL', priority: 'N' },
          ],
        },
      ],
    },
  ],
};
