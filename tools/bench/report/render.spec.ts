import { renderMarkdown, renderText } from './render';

const table = {
  title: 'Cost',
  columns: ['what', 'units'],
  rows: [
    ['new event', '2.3'],
    ['duplicate', '0'],
  ],
  notes: ['exact'],
};

it('aligns a table for a terminal, numbers to the right', () => {
  expect(renderText(table).split('\n')).toEqual([
    'Cost',
    '  what       units',
    '  ---------  -----',
    '  new event    2.3',
    '  duplicate      0',
    '  * exact',
  ]);
});

it('writes the same table for a page', () => {
  expect(renderMarkdown(table).split('\n')).toEqual([
    '## Cost',
    '',
    '| what      | units |',
    '| --------- | ----: |',
    '| new event |   2.3 |',
    '| duplicate |     0 |',
    '',
    '- exact',
    '',
  ]);
});
